// A10: puts itself, pid 1 and its memory elsewhere.
// right: EXITED 0
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  unsigned long all = ~0ul;
  for (unsigned cpu = 0; cpu < 64; ++cpu) {
    unsigned long one = 1ul << cpu;
    refused("sched_setaffinity", syscall(SYS_sched_setaffinity, 0, sizeof(one), &one));
    refused("sched_setaffinity of pid 1", syscall(SYS_sched_setaffinity, 1, sizeof(one), &one));
  }
  refused("sched_setaffinity to all", syscall(SYS_sched_setaffinity, 0, sizeof(all), &all));
  refused("set_mempolicy", syscall(SYS_set_mempolicy, 2, &all, 1));
  refused("mbind", syscall(SYS_mbind, (long)main & ~4095l, 4096, 2, &all, 1, 0));
  refused("migrate_pages", syscall(SYS_migrate_pages, 0, 1, &all, &all));
  refused("move_pages", syscall(SYS_move_pages, 0, 0, NULL, NULL, NULL, 0));
  return verdict();
}
