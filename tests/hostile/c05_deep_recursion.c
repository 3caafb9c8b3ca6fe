// C05: calls itself without end. The test sees that all runs end alike.
// right: SIGNALLED 11 / MEMORY_LIMIT
// repeat: 20
__attribute__((noinline)) static int deeper(volatile int *above) {
  volatile int here[256];
  here[0] = *above;
  return (here[0] == 0 ? deeper(here) : 1) + here[0];
}

int main(void) {
  volatile int zero = 0;
  return deeper(&zero);
}
