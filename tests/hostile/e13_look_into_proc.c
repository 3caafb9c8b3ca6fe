// E13: reads of /proc and /sys what is not its own: other processes, their environment, maps, memory, root and descriptors; kernel files.
// right: EXITED 0
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *parts[] = {"environ", "maps", "mem", "root", "root/etc/shadow", "cwd", "exe", "fd", "fd/3", "fdinfo", "fdinfo/3", "smaps", "stack", "syscall", "auxv",
                         "mountinfo", "map_files", "task", "status", "cmdline", "stat", "io", "timers", "personality", "wchan", "cgroup", "ns/user", "net/unix",
                         "task/1/mem", "oom_score", "pagemap", "comm"};
  char path[128];
  for (int pid = 1; pid < 400; ++pid) {
    if (pid == getpid()) continue;
    snprintf(path, sizeof(path), "/proc/%d", pid);
    if (access(path, F_OK) == 0) went_through("process");
    for (unsigned i = 0; i < sizeof(parts) / sizeof(*parts); ++i) {
      snprintf(path, sizeof(path), "/proc/%d/%s", pid, parts[i]);
      refused(parts[i], open(path, O_RDONLY | O_NONBLOCK));
    }
  }
  const char *kernel[] = {"/proc/kcore", "/proc/kallsyms", "/proc/keys", "/proc/key-users", "/proc/sched_debug", "/proc/timer_list", "/proc/kmsg", "/proc/iomem",
                          "/proc/modules", "/proc/config.gz", "/proc/interrupts", "/proc/slabinfo", "/proc/vmallocinfo", "/proc/cmdline", "/proc/sys", "/proc/sysrq-trigger",
                          "/proc/bus", "/proc/fs", "/proc/irq", "/proc/acpi", "/proc/scsi", "/proc/kpageflags", "/proc/diskstats", "/proc/partitions", "/proc/locks",
                          "/proc/cgroups", "/proc/mounts", "/proc/version", "/proc/cpuinfo", "/sys", "/sys/kernel/security", "/sys/kernel/debug", "/sys/fs/cgroup", "/sys/class/net"};
  for (unsigned i = 0; i < sizeof(kernel) / sizeof(*kernel); ++i) {
    // Where a new /proc cannot have a subset, some of these are covered: by what reads as empty.
    const int file = open(kernel[i], O_RDONLY | O_NONBLOCK);
    char byte;
    struct stat info;
    if (file >= 0 && fstat(file, &info) == 0 && (S_ISDIR(info.st_mode) || read(file, &byte, 1) > 0)) went_through(kernel[i]);
    if (file >= 0) close(file);
  }
  DIR *list = opendir("/proc");
  for (struct dirent *one; list != 0 && (one = readdir(list)) != 0;) {
    const int pid = atoi(one->d_name);
    if (pid > 0 && pid != getpid()) went_through("listed_process");
  }
  // Its own: memory can be written by oneself only, and nothing of the kernel's is told.
  const char *own[] = {"/proc/self/stack", "/proc/self/syscall"};
  for (int i = 0; i < 2; ++i) {
    char text[256] = "";
    const int file = open(own[i], O_RDONLY);
    if (file >= 0 && read(file, text, sizeof(text) - 1) > 0 && strstr(text, "ffffffff") != 0) went_through(own[i]);
  }
  const char *writable[] = {"/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/self/gid_map", "/proc/self/setgroups", "/proc/self/loginuid", "/proc/self/timerslack_ns",
                            "/proc/self/clear_refs", "/proc/self/coredump_filter", "/proc/self/comm", "/proc/self/autogroup", "/proc/self/sched", "/proc/self/attr/current",
                            "/proc/self/attr/exec", "/proc/self/make-it-fail", "/proc/self/projid_map"};
  for (unsigned i = 0; i < sizeof(writable) / sizeof(*writable); ++i) refused(writable[i], open(writable[i], O_WRONLY));
  // Paths of the host in the list of mounts.
  FILE *mounts = fopen("/proc/self/mountinfo", "r");
  char line[4096];
  while (mounts != 0 && fgets(line, sizeof(line), mounts) != 0) {
    if (strstr(line, "lowerdir=/") != 0 || strstr(line, "upperdir=/") != 0 || strstr(line, "/home") != 0 || strstr(line, "/var/") != 0) went_through("host_path_in_mountinfo");
  }
  FILE *cgroups = fopen("/proc/self/cgroup", "r");
  while (cgroups != 0 && fgets(line, sizeof(line), cgroups) != 0) {
    if (strstr(line, ":/\n") == 0) went_through("host_path_in_cgroup");
  }
  return verdict();
}
