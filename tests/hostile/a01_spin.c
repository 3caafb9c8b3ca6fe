// A01: spins for ever.
// right: TIME_LIMIT
// limits: cpu=200ms wall=3s
int main(void) {
  for (;;) __asm__ volatile("" ::: "memory");
}
