// A02: sleeps, pauses, selects and waits for a futex for ever, a thread each.
// right: IDLE_LIMIT
// limits: cpu=100ms wall=1s
#include <linux/futex.h>
#include <pthread.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *sleeps(void *unused) {
  for (;;) sleep(1u << 30);
  return unused;
}

static void *selects(void *unused) {
  for (;;) select(0, NULL, NULL, NULL, NULL);
  return unused;
}

static void *waits(void *unused) {
  static int word;
  for (;;) syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 1 << 16);
  pthread_create(&thread, &small, sleeps, NULL);
  pthread_create(&thread, &small, selects, NULL);
  pthread_create(&thread, &small, waits, NULL);
  for (;;) pause();
}
