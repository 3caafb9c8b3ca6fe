// C13: a child takes too much memory and dies of it; its parent prints the right answer and ends with 0.
// right: MEMORY_LIMIT
// bare: weak EXITED 0
// prints: right
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  if (fork() == 0) {
    for (int i = 0; i < 1024; ++i) {
      char *piece = malloc(1 << 20);
      if (piece == NULL) _exit(1);
      memset(piece, 1, 1 << 20);
    }
    _exit(2);
  }
  wait(NULL);
  return write(1, "right\n", 6) != 6;
}
