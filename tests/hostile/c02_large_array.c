// C02: has an array of 1 GiB that it never touches. What is not touched is not charged; where only the address space is bounded it
// does not come to life.
// right: EXITED 0
// bare: weak SIGNALLED *
// repeat: 10
static volatile char array[1 << 30];

int main(int argc, char **argv) {
  (void)argv;
  return argc > 1000 ? array[argc] : 0;
}
