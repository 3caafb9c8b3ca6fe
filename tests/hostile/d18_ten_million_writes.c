// D18: prints ten million bytes, each by its own call, in turn on standard output and standard error. The engine uses no CPU time for it.
// right: OUTPUT_LIMIT
// limits: cpu=15s wall=25s
#include <unistd.h>

int main(void) {
  for (int i = 0; i < 10000000; ++i) {
    if (write(1, "x", 1) != 1) return 2;
    if (i % 8 == 0 && write(2, "x", 1) != 1) continue;
  }
  return 0;
}
