// B10: looks into the memory, descriptors, names and limits of pid 1, its parent and a child, and takes descriptors from them.
// right: EXITED 0
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "try.inc"

static void look_into(int pid, int own) {
  static const char *const names[] = {"mem", "maps", "smaps", "fd", "fdinfo", "environ", "auxv", "cwd", "root", "exe",
                                      "ns/user", "ns/mnt", "ns/net", "ns/pid", "stack", "syscall", "personality",
                                      "map_files", "task", "pagemap", "timers", "io"};
  char path[64], word[8];
  struct iovec here = {word, sizeof(word)}, there = {(void *)0x400000, sizeof(word)};
  const struct rlimit none = {0, 0};
  const int opened = (int)syscall(SYS_pidfd_open, pid, 0);
  refused("process_vm_readv", syscall(SYS_process_vm_readv, pid, &here, 1, &there, 1, 0));
  refused("process_vm_writev", syscall(SYS_process_vm_writev, pid, &here, 1, &there, 1, 0));
  refused("process_madvise", syscall(SYS_process_madvise, opened, &there, 1, 20, 0));
  refused("process_mrelease", syscall(SYS_process_mrelease, opened, 0));
  refused("kcmp", syscall(SYS_kcmp, pid, getpid(), 0, 0, 0));
  for (int fd = 0; fd < 16; ++fd) refused("pidfd_getfd", syscall(SYS_pidfd_getfd, opened, fd, 0));
  if (own) return;
  refused("prlimit", syscall(SYS_prlimit64, pid, RLIMIT_NOFILE, &none, NULL));
  refused("get_robust_list", syscall(SYS_get_robust_list, pid, word, word));
  refused("setns by pidfd", syscall(SYS_setns, opened, 0x40000000));
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    snprintf(path, sizeof(path), "/proc/%d/%s", pid, names[i]);
    refused(names[i], open(path, O_RDONLY));
    snprintf(path, sizeof(path), "/proc/self/../%d/task/%d/%s", pid, pid, names[i]);
    refused(names[i], open(path, O_RDWR));
  }
}

int main(void) {
  const int child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  look_into(1, 0);
  look_into(getppid(), 0);
  look_into(child, 1);
  return verdict();
}
