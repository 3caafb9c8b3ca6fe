// A06: orphans burn 150 ms each, one after another; the first process ends with 0 when the third is gone.
// right: TIME_LIMIT
// limits: cpu=250ms wall=5s
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
  for (int i = 0; i < 3; ++i) {
    int ends[2];
    char byte;
    if (pipe(ends) != 0) return 2;
    if (fork() == 0) {
      if (fork() != 0) _exit(0);
      burn(150);
      _exit(0);
    }
    wait(NULL);
    close(ends[1]);
    if (read(ends[0], &byte, 1) != 0) return 2;  // the orphan has ended
    close(ends[0]);
  }
  return 0;
}
