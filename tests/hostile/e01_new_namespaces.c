// E01: makes namespaces, of users first and of all kinds, by unshare, clone and clone3, and would mount and open netlink in them.
// right: EXITED 0
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

static void by_clone(const char *name, long flags) {
  const long child = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  refused(name, child);
  if (child > 0) waitpid((pid_t)child, 0, __WALL);
}

static void by_clone3(const char *name, unsigned long long flags, unsigned long long signal, size_t size) {
  struct clone_args how = {.flags = flags, .exit_signal = signal, .cgroup = 3};
  const long child = syscall(SYS_clone3, &how, size);
  if (child == 0) _exit(0);
  refused(name, child);
  if (child > 0) waitpid((pid_t)child, 0, __WALL);
}

int main(void) {
  const long kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_NEWTIME};
  for (int i = 0; i < 8; ++i) {
    refused("unshare", syscall(SYS_unshare, kinds[i]));
    refused("unshare_with_user", syscall(SYS_unshare, kinds[i] | CLONE_NEWUSER));
    refused("unshare_high", syscall(SYS_unshare, kinds[i] | (1L << 32)));
    if (kinds[i] != CLONE_NEWTIME) {  // in clone(2) its bit is part of the signal's number
      by_clone("clone", kinds[i]);
      by_clone("clone_with_user", kinds[i] | CLONE_NEWUSER);
      by_clone("clone_high", kinds[i] | (1L << 32));
      by_clone("clone_negative", kinds[i] | ~0xffffffffL);
      by_clone("clone_vfork", kinds[i] | CLONE_PARENT);
    }
    by_clone3("clone3", (unsigned long long)kinds[i], SIGCHLD, sizeof(struct clone_args));
    by_clone3("clone3_short", (unsigned long long)kinds[i], SIGCHLD, 64);
    by_clone3("clone3_with_user", (unsigned long long)kinds[i] | CLONE_NEWUSER, SIGCHLD, sizeof(struct clone_args));
  }
  by_clone3("clone3_into_cgroup", 0x200000000ULL, SIGCHLD, sizeof(struct clone_args));
  by_clone3("clone3_plain", 0, SIGCHLD, sizeof(struct clone_args));
  refused("unshare_files", syscall(SYS_unshare, CLONE_FS | CLONE_FILES));
  // What would be done with them.
  refused("mount", syscall(SYS_mount, "none", "/w", "tmpfs", 0L, 0L));
  refused("netlink", socket(AF_NETLINK, SOCK_RAW, 12));
  return verdict();
}
