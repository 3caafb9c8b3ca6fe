// B03: runs away: at each step a fork, a session of its own and a second fork; nobody stays. The first process ends after a moment.
// right: EXITED 0
// limits: cpu=2s wall=4s
#include <time.h>
#include <unistd.h>

static void run_away(void) {
  struct timespec began, at;
  clock_gettime(CLOCK_MONOTONIC, &began);
  do {
    const int pid = fork();
    if (pid > 0) _exit(0);
    if (pid == 0) {
      setsid();
      if (fork() > 0) _exit(0);
    }
    clock_gettime(CLOCK_MONOTONIC, &at);
  } while (at.tv_sec - began.tv_sec < 10);
  _exit(0);
}

int main(void) {
  if (fork() == 0) run_away();
  usleep(100000);
  return 0;
}
