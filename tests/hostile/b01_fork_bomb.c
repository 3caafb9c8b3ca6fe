// B01: forks for ever. Each process gives up after ten seconds, which no run has.
// right: TIME_LIMIT
// limits: cpu=500ms wall=3s processes=64 memory=256MiB
#include <time.h>
#include <unistd.h>

int main(void) {
  struct timespec began, at;
  clock_gettime(CLOCK_MONOTONIC, &began);
  do {
    fork();
    clock_gettime(CLOCK_MONOTONIC, &at);
  } while (at.tv_sec - began.tv_sec < 10);
}
