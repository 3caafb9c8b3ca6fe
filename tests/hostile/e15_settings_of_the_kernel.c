// E15: writes the kernel's settings: /proc/sys, sysrq, core_pattern, a cgroup's release_agent, by every road to them.
// right: EXITED 0
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *names[] = {"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/kernel/hotplug", "/proc/sys/kernel/ns_last_pid", "/proc/sys/kernel/hostname",
                         "/proc/sys/kernel/sysrq", "/proc/sys/kernel/randomize_va_space", "/proc/sys/vm/drop_caches", "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/binfmt_misc/register",
                         "/proc/sys/user/max_user_namespaces", "/proc/sys/net/ipv4/ip_forward", "/proc/sys/kernel/yama/ptrace_scope", "/proc/sysrq-trigger", "/proc/self/uid_map",
                         "/proc/self/setgroups", "/proc/self/attr/apparmor/current", "/sys/kernel/uevent_helper", "/sys/kernel/mm/transparent_hugepage/enabled", "/sys/power/state",
                         "/sys/fs/cgroup/release_agent", "/sys/fs/cgroup/memory/release_agent", "/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/devices/devices.allow",
                         "/proc/self/root/sys/fs/cgroup/cgroup.procs", "/proc/1/root/proc/sys/kernel/core_pattern", "/dev/cgroup", "/dev/kmsg", "/proc/mtrr", "/proc/acpi/wakeup"};
  const int modes[] = {O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC, O_WRONLY | O_CREAT};
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    for (int mode = 0; mode < 4; ++mode) refused(names[i], open(names[i], modes[mode], 0600));
    refused(names[i], truncate(names[i], 0));
    refused(names[i], chmod(names[i], 0666));
    refused(names[i], unlink(names[i]));
    refused(names[i], rename(names[i], "/w/taken"));
  }
  // What stands above the three folders cannot be changed either.
  const char *made[] = {"/x", "/usr/x", "/etc/x", "/dev/x", "/proc/x", "/usr/bin/x", "/lib/x", "/dev/fd/x"};
  for (unsigned i = 0; i < sizeof(made) / sizeof(*made); ++i) {
    refused(made[i], open(made[i], O_WRONLY | O_CREAT, 0600));
    refused(made[i], mkdir(made[i], 0700));
    refused(made[i], symlink("/w", made[i]));
    refused(made[i], mknod(made[i], S_IFIFO | 0600, 0));
  }
  const char *kept[] = {"/w", "/tmp", "/dev/shm", "/dev/null", "/dev/fd", "/etc/passwd", "/etc/hosts", "/bin", "/proc", "/usr"};
  for (unsigned i = 0; i < sizeof(kept) / sizeof(*kept); ++i) {
    refused(kept[i], unlink(kept[i]));
    refused(kept[i], rmdir(kept[i]));
    refused(kept[i], rename(kept[i], "/w/taken"));
    refused(kept[i], rename(kept[i], "/taken"));
  }
  const char *tables[] = {"/etc/passwd", "/etc/nsswitch.conf", "/etc/ld.so.cache", "/usr/bin/env", "/usr/lib/os-release"};
  for (int i = 0; i < 5; ++i) {
    refused(tables[i], open(tables[i], O_WRONLY));
    refused(tables[i], chmod(tables[i], 0777));
    refused(tables[i], chown(tables[i], getuid(), -1));
    refused(tables[i], utimensat(AT_FDCWD, tables[i], 0, 0));
  }
  const char *folders[] = {"/", "/usr", "/etc", "/dev", "/usr/bin"};
  for (int i = 0; i < 5; ++i) refused(folders[i], open(folders[i], O_TMPFILE | O_RDWR, 0600));
  return verdict();
}
