// E22: loads filters of system calls of its own, with a listener that never answers, so that whoever waits for it stands still; then
// waits for ever.
// right: IDLE_LIMIT
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  struct sock_filter notify[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, 0}, {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_getppid}, {BPF_RET | BPF_K, 0, 0, 0x7fc00000}, {BPF_RET | BPF_K, 0, 0, 0x7fff0000}};
  struct sock_fprog program = {4, notify};
  const long flags[] = {0, 1, 2, 4, 8, 16, 32, 8 | 16, 1L << 32, (1L << 32) | 8};
  for (int i = 0; i < 10; ++i) {
    refused("filter", syscall(SYS_seccomp, 1L, flags[i], &program));
    refused("strict", syscall(SYS_seccomp, 0L, flags[i], 0L));
    refused("high", syscall(SYS_seccomp, (1L << 32) | 1, flags[i], &program));
    refused("sizes", syscall(SYS_seccomp, 3L, flags[i], (char[16]){0}));
    refused("available", syscall(SYS_seccomp, 2L, flags[i], (unsigned[1]){0x7fc00000}));
  }
  refused("prctl", syscall(SYS_prctl, 22L, 2L, &program));
  refused("prctl_strict", syscall(SYS_prctl, 22L, 1L, 0L));
  refused("prctl_high", syscall(SYS_prctl, (1L << 32) | 22, 2L, &program));
  refused("dispatch", syscall(SYS_prctl, 59L, 1L, 0L, 0L, (char[1]){0}));
  if (open_count > 0) return verdict();
  for (;;) pause();
}
