// A11: queues signals for pid 1, which keeps what it blocks: they would use up what the next run may queue.
// right: EXITED 0
// runs: leave find
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static long queue(pid_t pid, int number) {
  siginfo_t info;
  memset(&info, 0, sizeof(info));
  info.si_code = SI_QUEUE;
  return syscall(SYS_rt_sigqueueinfo, pid, number, &info);
}

int main(int argc, char **argv) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  if (argc > 1 && strcmp(argv[1], "leave") == 0) {
    for (int i = 0; i < 200000 && queue(1, SIGRTMIN + i % 8) == 0; ++i) {
    }
    return 0;
  }
  int count = 0;
  while (count < 500 && queue(getpid(), SIGRTMIN) == 0) ++count;
  if (count < 500) went_through("signals left by an earlier run");
  return verdict();
}
