// A15: the child of a vfork spins and never executes anything, its parent stands still for it.
// right: TIME_LIMIT
// limits: cpu=300ms wall=3s
#include <unistd.h>

int main(void) {
  if (vfork() == 0) {
    for (;;) __asm__ volatile("" ::: "memory");
  }
  return 0;
}
