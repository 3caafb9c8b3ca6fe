// B08: signals and opens every pid that the host may have. Its own and pid 1 of the cell are the only ones there.
// right: EXITED 0
// limits: cpu=2s wall=4s
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const int own = getpid();
  for (int pid = 2; pid < 300000; ++pid) {
    if (pid == own) continue;
    const long answers[] = {syscall(SYS_tgkill, pid, pid, 0), syscall(SYS_tkill, pid, 0), syscall(SYS_kill, pid, 0),
                            syscall(SYS_kill, -pid, 0), pid < 70000 ? syscall(SYS_pidfd_open, pid, 0) : -1};
    for (unsigned i = 0; i < sizeof(answers) / sizeof(*answers); ++i) {
      if (answers[i] >= 0) went_through("a pid that is not its own");
    }
    if (open_count != 0) break;
  }
  return verdict();
}
