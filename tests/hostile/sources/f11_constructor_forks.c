// F11: processes that are born before main and stay behind it.
// right: EXITED 0
#include <unistd.h>
__attribute__((constructor)) static void first(void) {
  for (int i = 0; i < 3; ++i) {
    if (fork() != 0) continue;
    setsid();
    for (;;) pause();
  }
}
int main(void) { return 0; }
