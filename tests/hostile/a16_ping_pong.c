// A16: plays ping-pong with its interactor for ever. The test must connect it with one that answers each line for ever, and see that
// both are gone afterwards; alone it finds the end of its input and exits with 3.
// right: TIME_LIMIT / IDLE_LIMIT
#include <unistd.h>

int main(void) {
  char line[256];
  for (;;) {
    if (write(1, "ping\n", 5) != 5) return 2;
    if (read(0, line, sizeof(line)) <= 0) return 3;
  }
}
