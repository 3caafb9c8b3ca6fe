// D02: floods standard output and standard error from four processes at once, which go on whatever the kernel answers.
// right: OUTPUT_LIMIT
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void flood(int where) {
  char text[1000];
  memset(text, 'x', sizeof(text));
  for (int fails = 0; fails < 1000;) {
    if (write(where, text, sizeof(text)) <= 0) ++fails;
  }
}

int main(void) {
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 3; ++i) {
    if (fork() != 0) continue;
    flood(1 + i % 2);
    _exit(0);
  }
  flood(2);
  while (wait(0) > 0) {
  }
  return 0;
}
