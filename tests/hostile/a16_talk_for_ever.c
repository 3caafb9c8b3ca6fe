// A16: a program and its interactor answer each other for ever; one whose other side is gone spins.
// right: TIME_LIMIT / IDLE_LIMIT
// limits: cpu=300ms wall=2s
// pair: asks answers
#include <signal.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  const int asks = argc > 1 && strcmp(argv[1], "asks") == 0;
  char c = '?';
  if (asks && write(1, &c, 1) != 1) return 1;
  while (read(0, &c, 1) == 1 && write(1, &c, 1) == 1) {
  }
  for (;;) {
  }
}
