// B11: makes itself the reaper of its orphans, ends, and leaves processes that are to get harmless signals at their parents' death.
// right: EXITED 0
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

static void stay(void) {
  for (int number = 1; number < 65; ++number) signal(number, SIG_IGN);
  sleep(1000);
  _exit(0);
}

int main(void) {
  static const int at_death[] = {SIGCHLD, SIGSTOP, SIGCONT};
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  for (unsigned i = 0; i < sizeof(at_death) / sizeof(*at_death); ++i) {
    if (fork() != 0) continue;
    prctl(PR_SET_PDEATHSIG, at_death[i], 0, 0, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, at_death[i], 0, 0, 0);
      stay();
    }
    if (i == 0) stay();
    _exit(0);
  }
  usleep(50000);
  return 0;
}
