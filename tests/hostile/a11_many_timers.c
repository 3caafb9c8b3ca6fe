// A11: a million timers of a nanosecond, then a million queued signals. They must end at a few thousand.
// right: EXITED 0
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "try.inc"

enum { kMany = 1000000, kCap = 4096 };

int main(void) {
  int count = 0;
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  for (; count < kMany; ++count) {
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    const struct itimerspec often = {{0, 1}, {0, 1}};
    int timer;
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) != 0) break;
    syscall(SYS_timer_settime, timer, 0, &often, NULL);
    if (count < 100) syscall(SYS_timer_delete, timer);
  }
  if (count > kCap) went_through("timers without end");
  for (count = 0; count < kMany; ++count) {
    siginfo_t info;
    memset(&info, 0, sizeof(info));
    info.si_code = SI_QUEUE;
    if (syscall(SYS_rt_sigqueueinfo, getpid(), SIGRTMIN + 1, &info) != 0) break;
  }
  if (count > kCap) went_through("queued signals without end");
  return verdict();
}
