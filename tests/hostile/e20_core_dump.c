// E20: lets itself be dumped: as it is, with a limit of 0 (which does not stop a core_pattern that is a pipe), dumpable, with all of its memory.
// right: EXITED 0
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

static void crash(const char *name, long soft, long hard, int signal_number) {
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    const struct rlimit limit = {(rlim_t)soft, (rlim_t)hard};
    if (soft >= -1) syscall(SYS_setrlimit, RLIMIT_CORE, &limit);
    kill(getpid(), signal_number);
    pause();
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status)) went_through("no_signal");
  if (WCOREDUMP(status)) went_through(name);
}

int main(void) {
  struct rlimit limit = {0, 0};
  if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur > 1 || limit.rlim_max > 1) went_through("core_limit");
  // 1 is what stops a pipe. Whoever can make it 0, which is less, is dumped.
  const struct rlimit none = {0, 1}, all = {RLIM_INFINITY, RLIM_INFINITY}, one = {1, 1};
  refused("core_limit_raised", syscall(SYS_setrlimit, RLIMIT_CORE, &all));
  refused("core_limit_0_by_prlimit", syscall(SYS_prlimit64, 0, RLIMIT_CORE, &none, 0L));
  refused("core_limit_0_by_pid", syscall(SYS_prlimit64, getpid(), RLIMIT_CORE, &none, 0L));
  refused("core_limit_0", syscall(SYS_setrlimit, RLIMIT_CORE, &none));
  refused("core_limit_0_high", syscall(SYS_setrlimit, RLIMIT_CORE | (1L << 32), &none));
  syscall(SYS_setrlimit, RLIMIT_CORE, &one);
  const int signals[] = {SIGSEGV, SIGABRT, SIGQUIT, SIGSYS, SIGXFSZ, SIGTRAP};
  for (int i = 0; i < 6; ++i) {
    crash("dumped", -2, 0, signals[i]);
    crash("dumped_with_0", 0, 1, signals[i]);
    crash("dumped_with_0_0", 0, 0, signals[i]);
  }
  return verdict();
}
