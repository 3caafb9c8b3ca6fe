// A12: uses 98 % of the CPU limit. Two at once, so that two cores are busy; each must be in time.
// right: EXITED 0
// at once: 2
// limits: cpu=500ms wall=5s
// repeat: 10
#include <time.h>

int main(void) {
  struct timespec used;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  } while (used.tv_sec == 0 && used.tv_nsec < 490000000);
  return 0;
}
