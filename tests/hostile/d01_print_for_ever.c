// D01: prints for ever; from a child too, whose own end by SIGXFSZ must not hide it. The engine's memory stays flat.
// right: OUTPUT_LIMIT
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void flood(void) {
  char text[4096];
  memset(text, 'x', sizeof(text));
  while (write(1, text, sizeof(text)) > 0) {
  }
}

int main(void) {
  const pid_t child = fork();
  if (child == 0) {
    flood();
    _exit(0);
  }
  waitpid(child, 0, 0);
  flood();
  return 0;
}
