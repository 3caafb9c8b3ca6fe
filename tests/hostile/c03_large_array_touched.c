// C03: has an array of 1 GiB and touches it.
// right: MEMORY_LIMIT
// bare: weak SIGNALLED *
// repeat: 10
static volatile char array[1 << 30];

int main(void) {
  for (long i = 0; i < 1 << 30; i += 4096) array[i] = 1;
  return 2;
}
