// E27: reaches for the cell's control socket and the init: /proc/1, tracing, its signals, its descriptors by pidfd, its memory, its limits.
// right: EXITED 0
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sched.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  char path[64], byte;
  for (int fd = 0; fd < 128; ++fd) {
    snprintf(path, sizeof(path), "/proc/1/fd/%d", fd);
    refused("init_fd", open(path, O_RDWR));
    refused("init_fd_path", open(path, O_PATH));
    snprintf(path, sizeof(path), "/proc/1/fdinfo/%d", fd);
    refused("init_fdinfo", open(path, O_RDONLY));
  }
  const char *names[] = {"/proc/1", "/proc/1/fd", "/proc/1/mem", "/proc/1/maps", "/proc/1/environ", "/proc/1/cwd", "/proc/1/root", "/proc/1/task", "/proc/1/task/1/mem", "/proc/1/exe",
                         "/proc/1/status", "/proc/1/stat", "/proc/self/task/1/mem", "/proc/1/task/1/children"};
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) refused(names[i], open(names[i], O_RDONLY | O_NONBLOCK));
  refused("attach", syscall(SYS_ptrace, (long)PTRACE_ATTACH, 1L, 0L, 0L));
  refused("seize", syscall(SYS_ptrace, (long)PTRACE_SEIZE, 1L, 0L, 0L));
  refused("traceme", syscall(SYS_ptrace, (long)PTRACE_TRACEME, 0L, 0L, 0L));
  struct iovec part = {&byte, 1}, there = {(void *)0x400000, 1};
  refused("process_vm_readv", syscall(SYS_process_vm_readv, 1, &part, 1L, &there, 1L, 0L));
  refused("process_vm_writev", syscall(SYS_process_vm_writev, 1, &part, 1L, &there, 1L, 0L));
  const struct rlimit none = {0, 0};
  struct rlimit old;
  for (int which = 0; which < 16; ++which) {
    refused("prlimit", syscall(SYS_prlimit64, 1, which, &none, 0L));
    refused("prlimit_read", syscall(SYS_prlimit64, 1, which, 0L, &old));
    refused("prlimit_high", syscall(SYS_prlimit64, (1L << 32) | 1, which, &none, 0L));
  }
  refused("setpriority", setpriority(PRIO_PROCESS, 1, 19));
  refused("setpriority_group", setpriority(PRIO_PGRP, 1, 19));
  refused("setpriority_user", setpriority(PRIO_USER, 0, 19));
  refused("scheduler", syscall(SYS_sched_setscheduler, 1, 0, &(struct sched_param){0}));
  refused("kcmp", syscall(SYS_kcmp, 1, getpid(), 2, 0L, 0L));
  refused("setpgid", setpgid(1, 0));
  // In its group, which is allowed in one session: what is sent to the group does not reach it either.
  if (fork() == 0) {
    setpgid(0, 1);
    for (int number = 1; number < 65; ++number) {
      if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_IGN);
      if (number != SIGKILL && number != SIGSTOP) kill(0, number);
    }
    kill(0, SIGKILL);
  }
  // Signals for it have no effect, and none of them may stay.
  const int process = (int)syscall(SYS_pidfd_open, 1, 0);
  for (int number = 1; number < 65; ++number) {
    kill(1, number);
    syscall(SYS_tkill, 1, number);
    if (process >= 0) syscall(SYS_pidfd_send_signal, process, number, 0L, 0);
    siginfo_t info = {.si_signo = number, .si_code = SI_QUEUE};
    syscall(SYS_rt_sigqueueinfo, 1, number, &info);
  }
  for (int fd = 0; fd < 64; ++fd) refused("pidfd_getfd", syscall(438, process, fd, 0));
  refused("process_madvise", syscall(440, process, &there, 1L, 4L, 0L));
  refused("process_mrelease", syscall(448, process, 0));
  refused("wait_for_it", syscall(SYS_wait4, 1, 0L, WNOHANG, 0L) == 0 ? -1 : syscall(SYS_wait4, 1, 0L, WNOHANG, 0L));
  // Siblings instead of children: what is left by them dies with the run.
  for (int i = 0; i < 3; ++i) {
    const long sibling = syscall(SYS_clone, 0x8000L | SIGCHLD, 0L, 0L, 0L, 0L);  // CLONE_PARENT
    if (sibling == 0) {
      signal(SIGTERM, SIG_IGN);
      for (;;) pause();
    }
  }
  if (getppid() != 0 && getppid() != 1) went_through("parent");
  return verdict();
}
