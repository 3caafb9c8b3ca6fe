// B07: kills everybody, its parent and pid 1, with every signal and in every way.
// right: EXITED 0
// prints: alive
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  const int init = (int)syscall(SYS_pidfd_open, 1, 0);
  for (int number = 1; number < 65; ++number) {
    siginfo_t info;
    memset(&info, 0, sizeof(info));
    info.si_code = SI_QUEUE;
    signal(number, SIG_IGN);
    kill(1, number);
    kill(getppid(), number);
    syscall(SYS_tkill, 1, number);
    syscall(SYS_tgkill, 1, 1, number);
    syscall(SYS_pidfd_send_signal, init, number, NULL, 0);
    syscall(SYS_rt_sigqueueinfo, 1, number, &info);
    syscall(SYS_rt_tgsigqueueinfo, 1, 1, number, &info);
  }
  kill(-1, SIGKILL);
  kill(-1, SIGSTOP);
  usleep(20000);
  kill(getppid(), SIGKILL);
  kill(1, SIGKILL);
  return write(1, "alive\n", 6) != 6;
}
