// B15: ends by itself within a millisecond of the wall limit, before or after.
// right: EXITED 0 / IDLE_LIMIT
// limits: cpu=500ms wall=20ms
// at once: 2
// repeat: 500
#include <time.h>
#include <unistd.h>

int main(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  usleep((unsigned)(18500 + at.tv_nsec % 2000));
  return 0;
}
