// A13: uses 105 % of the CPU limit. The test runs it while every core is busy; it must never be in time.
// right: TIME_LIMIT
// limits: cpu=200ms wall=5s
// repeat: 100
#include <time.h>

int main(void) {
  struct timespec used;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (used.tv_sec == 0 && used.tv_nsec < 210000000);
  return 0;
}
