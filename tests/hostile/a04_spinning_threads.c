// A04: 64 threads spin; the limit is of all together.
// right: TIME_LIMIT
// limits: cpu=1s wall=3s processes=65
#include <pthread.h>

static void *spin(void *unused) {
  for (;;) __asm__ volatile("" ::: "memory");
  return unused;
}

int main(void) {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 1 << 16);
  for (int i = 0; i < 63; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &small, spin, NULL) != 0) return 2;
  }
  spin(NULL);
}
