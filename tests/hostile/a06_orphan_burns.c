// A06: the first process ends at once with 0, a grandchild of its own session burns on.
// right: EXITED 0
// limits: cpu=300ms wall=3s
#include <unistd.h>

int main(void) {
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    for (;;) __asm__ volatile("" ::: "memory");
  }
  return 0;
}
