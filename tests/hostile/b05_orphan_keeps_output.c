// B05: an orphan keeps standard output and error open and sleeps.
// right: EXITED 0
// limits: wall=1s
// prints: done
#include <unistd.h>

int main(void) {
  if (fork() == 0) {
    setsid();
    if (fork() == 0) sleep(1000);
    _exit(0);
  }
  usleep(20000);
  return write(1, "done\n", 5) != 5;
}
