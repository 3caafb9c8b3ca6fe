// A17: changes clocks in every way it knows and puts a false clock before itself. What cannot work is followed by spinning.
// right: TIME_LIMIT
// limits: cpu=300ms wall=3s
#include <fcntl.h>
#include <linux/sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "try.inc"

int main(int argc, char **argv) {
  const struct timespec past = {0, 0};
  const struct timeval before = {0, 0};
  const struct timezone zone = {60, 0};
  struct timex step = {.modes = ADJ_SETOFFSET, .time = {-100, 0}};
  struct timex tick = {.modes = ADJ_TICK, .tick = 9000};
  refused("clock_settime", syscall(SYS_clock_settime, CLOCK_REALTIME, &past));
  refused("clock_settime monotonic", syscall(SYS_clock_settime, CLOCK_MONOTONIC, &past));
  refused("clock_settime of own CPU time", syscall(SYS_clock_settime, CLOCK_PROCESS_CPUTIME_ID, &past));
  refused("settimeofday", syscall(SYS_settimeofday, &before, NULL));
  refused("settimeofday zone", syscall(SYS_settimeofday, NULL, &zone));
  refused("adjtimex", syscall(SYS_adjtimex, &step));
  refused("clock_adjtime", syscall(SYS_clock_adjtime, CLOCK_REALTIME, &step));
  refused("clock_adjtime tick", syscall(SYS_clock_adjtime, CLOCK_REALTIME, &tick));
  refused("unshare time", syscall(SYS_unshare, CLONE_NEWTIME));
  refused("setns time", syscall(SYS_setns, open("/proc/self/ns/time", O_RDONLY), CLONE_NEWTIME));
  refused("timens_offsets", open("/proc/self/timens_offsets", O_WRONLY));
  refused("/dev/rtc", open("/dev/rtc", O_RDWR));
  refused("/dev/ptp0", open("/dev/ptp0", O_RDWR));
  if (open_count != 0) return verdict();
  if (argc > 1) {
    for (;;) __asm__ volatile("" ::: "memory");
  }
  char *const again[] = {argv[0], "spin", NULL};
  char *const false_clock[] = {"LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "FAKETIME=-1d x0.01", NULL};
  execve("/proc/self/exe", again, false_clock);
  return 2;
}
