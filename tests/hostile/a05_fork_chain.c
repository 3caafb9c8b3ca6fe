// A05: a chain of processes, each of which burns less than any limit of one process, forks the next and ends. The first waits aside.
// right: TIME_LIMIT
// limits: cpu=500ms wall=5s
#include <time.h>
#include <unistd.h>

static void burn(long milliseconds) {
  struct timespec used;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (used.tv_sec * 1000 + used.tv_nsec / 1000000 < milliseconds);
}

int main(void) {
  if (fork() != 0) {
    for (;;) pause();
  }
  for (int link = 0; link < 60; ++link) {
    burn(90);
    if (fork() != 0) _exit(0);
  }
}
