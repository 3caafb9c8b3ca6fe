// A18: thrashes caches from all CPUs. The test runs a clean program beside it, which must keep its verdict and nearly its time.
// right: TIME_LIMIT
// limits: cpu=2s wall=30s
#include <pthread.h>
#include <stdint.h>

enum { kWords = 4 << 20 };  // 32 MiB
static volatile uint64_t words[kWords];

static void *thrash(void *seed) {
  uint64_t at = (uint64_t)(uintptr_t)seed * 7919 + 1;
  for (;;) {
    at = at * 6364136223846793005u + 1442695040888963407u;
    words[(at >> 33) % kWords] += at;
    __sync_fetch_and_add((uint64_t *)&words[(at >> 40) % 64], 1);
  }
  return seed;
}

int main(void) {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 1 << 16);
  for (intptr_t i = 1; i < 7; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &small, thrash, (void *)i) != 0) return 2;
  }
  thrash(NULL);
}
