// B04: a daemon writes to standard output and to a file one second after the first process has ended.
// right: EXITED 0
// prints: early
#include <fcntl.h>
#include <unistd.h>

int main(void) {
  if (write(1, "early\n", 6) != 6) return 2;
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    const int file = open("/w/output.txt", O_CREAT | O_WRONLY, 0600);
    for (int i = 0; i < 10; ++i) {
      usleep(i == 0 ? 1000000 : 100000);
      if (write(1, "late\n", 5) != 5 || write(file, "late\n", 5) != 5) break;
    }
    _exit(0);
  }
  return 0;
}
