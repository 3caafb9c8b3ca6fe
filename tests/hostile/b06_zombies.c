// B06: makes zombies until it may not, 100 000 at most.
// right: EXITED 0
// limits: cpu=2s wall=5s
#include <unistd.h>

#include "try.inc"

enum { kMany = 100000 };

int main(void) {
  int count = 0;
  for (; count < kMany; ++count) {
    const int pid = fork();
    if (pid == 0) _exit(0);
    if (pid < 0) break;
  }
  if (count > 8) went_through("more zombies than the limit of processes");
  return verdict();
}
