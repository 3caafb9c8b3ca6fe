// A07: stops itself, its group, everybody, its parent and pid 1.
// right: IDLE_LIMIT
// limits: cpu=300ms wall=1s
#include <signal.h>
#include <unistd.h>

int main(void) {
  if (fork() == 0) {
    for (;;) raise(SIGSTOP);
  }
  if (fork() == 0) {
    setpgid(0, 0);
    for (;;) kill(0, SIGSTOP);
  }
  usleep(20000);
  kill(1, SIGSTOP);
  kill(getppid(), SIGSTOP);
  kill(getppid(), SIGTSTP);
  kill(-1, SIGSTOP);
  for (;;) kill(0, SIGSTOP);
}
