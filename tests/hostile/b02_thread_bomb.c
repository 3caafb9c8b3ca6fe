// B02: every thread makes threads for ever.
// right: TIME_LIMIT
// limits: cpu=500ms wall=3s processes=64
#include <pthread.h>

static pthread_attr_t small;

static void *bomb(void *unused) {
  for (;;) {
    pthread_t thread;
    pthread_create(&thread, &small, bomb, NULL);
  }
  return unused;
}

int main(void) {
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 1 << 16);
  bomb(NULL);
}
