// C04: takes memory until malloc fails, as if it had caught bad_alloc, and prints the right answer.
// right: MEMORY_LIMIT
// bare: weak EXITED 0
// repeat: 10
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  for (int i = 0; i < 1024; ++i) {
    char *piece = malloc(1 << 20);
    if (piece == NULL) return write(1, "ok\n", 3) != 3;
    memset(piece, 1, 1 << 20);
  }
  return 2;
}
