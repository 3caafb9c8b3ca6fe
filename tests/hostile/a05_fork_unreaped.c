// A05: children that burn a little each, one after another, whose time the kernel forgets because SIGCHLD is ignored.
// right: TIME_LIMIT
// bare: weak TIME_LIMIT / IDLE_LIMIT
// limits: cpu=300ms wall=2s
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void burn(long milliseconds) {
  struct timespec used;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (used.tv_sec * 1000 + used.tv_nsec / 1000000 < milliseconds);
}

int main(void) {
  signal(SIGCHLD, SIG_IGN);
  for (int i = 0; i < 200; ++i) {
    if (fork() == 0) {
      burn(50);
      _exit(0);
    }
    wait(NULL);  // until there is no child
  }
  return 0;
}
