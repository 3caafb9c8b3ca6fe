// A13: uses 105 % of the CPU limit. Two at once, so that two cores are busy; neither must be in time.
// right: TIME_LIMIT
// at once: 2
// limits: cpu=200ms wall=5s
// repeat: 25
#include <time.h>

int main(void) {
  struct timespec used;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (used.tv_sec == 0 && used.tv_nsec < 210000000);
  return 0;
}
