// E04: joins namespaces: the init's by /proc, its own, its own descriptors and a pidfd of whomever it can name.
// right: EXITED 0
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *kinds[] = {"user", "mnt", "net", "pid", "pid_for_children", "ipc", "uts", "cgroup", "time", "time_for_children"};
  const char *owners[] = {"1", "self", "2", "thread-self", "0"};
  for (int owner = 0; owner < 5; ++owner) {
    for (int kind = 0; kind < 10; ++kind) {
      char path[64];
      snprintf(path, sizeof(path), "/proc/%s/ns/%s", owners[owner], kinds[kind]);
      const int name = open(path, O_RDONLY);
      if (name >= 0 && owner == 0) went_through("ns_of_init");
      refused("setns", syscall(SYS_setns, name, 0L));
      refused("setns_high", syscall(SYS_setns, name, 1L << 32));
      refused("ns_parent", ioctl(name, 0xb702));
      refused("ns_user", ioctl(name, 0xb701));
      if (name >= 0) close(name);
    }
  }
  for (int pid = 1; pid < 4; ++pid) {
    const int process = (int)syscall(SYS_pidfd_open, pid, 0);
    if (process < 0) continue;
    refused("setns_pidfd", syscall(SYS_setns, process, 0x7e020000L));
    refused("setns_pidfd_user", syscall(SYS_setns, process, 0x10000000L));
    for (int command = 0xff01; command < 0xff10; ++command) refused("pidfd_namespace", ioctl(process, (unsigned long)command));
    for (int fd = 0; fd < 16; ++fd) refused("pidfd_getfd", syscall(438, process, fd, 0));
  }
  return verdict();
}
