// E25: measures what else runs on the machine: load, counters, free memory, in /proc and by sysinfo.
// right: EXITED 0
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *names[] = {"/proc/loadavg", "/proc/stat", "/proc/meminfo", "/proc/vmstat", "/proc/uptime", "/proc/zoneinfo", "/proc/buddyinfo", "/proc/interrupts", "/proc/softirqs",
                         "/proc/schedstat", "/proc/diskstats", "/proc/net/dev", "/proc/pressure/cpu", "/proc/pressure/memory", "/proc/swaps", "/sys/devices/system/cpu/online",
                         "/sys/class/thermal", "/sys/class/powercap", "/sys/fs/cgroup/cpu.stat", "/dev/cpu/0/msr"};
  char text[64];
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    const int file = open(names[i], O_RDONLY);
    if (file >= 0 && read(file, text, sizeof(text)) > 0) went_through(names[i]);
  }
  struct sysinfo info = {0};
  if (sysinfo(&info) == 0) {
    if (info.loads[0] != 0 || info.loads[1] != 0) went_through("sysinfo_loads");
    if (info.procs > 64) went_through("sysinfo_processes");
    struct sysinfo again = {0};
    if (info.freeram != 0 && sysinfo(&again) == 0) went_through("sysinfo_free_memory");
  }
  refused("perf", syscall(SYS_perf_event_open, (unsigned[32]){0, 128}, 0, -1, -1, 0L));
  refused("cachestat", syscall(451, 0, (unsigned long[2]){0, 4096}, (unsigned long[8]){0}, 0));
  return verdict();
}
