// B14: makes as many processes as it may and holds them for a second. Six at once over two cells: each has its
// own limit, and the host can still make processes.
// right: EXITED 0
// at once: 6
// limits: wall=5s
#include <unistd.h>

#include "try.inc"

int main(void) {
  int count = 1;
  for (; count < 1000; ++count) {
    const int pid = fork();
    if (pid == 0) {
      sleep(5);
      _exit(0);
    }
    if (pid < 0) break;
  }
  if (count > 8) went_through("more processes than the limit");
  sleep(1);
  return verdict();
}
