// B15: ends by itself within a millisecond of the CPU limit, before or after.
// right: EXITED 0 / TIME_LIMIT
// limits: cpu=20ms wall=2s
// at once: 2
// repeat: 500
#include <time.h>

int main(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  const long until = 19000000 + at.tv_nsec % 2000 * 1000;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  } while (at.tv_sec == 0 && at.tv_nsec < until);
  return 0;
}
