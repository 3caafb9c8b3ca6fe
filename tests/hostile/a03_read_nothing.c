// A03: reads what nobody writes, from standard input and, where that ends at once, from a pipe of its own whose other end stays open.
// right: IDLE_LIMIT
// limits: cpu=100ms wall=1s
#include <unistd.h>

int main(void) {
  char byte;
  int ends[2];
  while (read(0, &byte, 1) > 0) {
  }
  if (pipe(ends) != 0) return 2;
  return read(ends[0], &byte, 1) == 1;
}
