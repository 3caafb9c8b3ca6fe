#include "sandbox/cell/usage.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace otmetka::sandbox::cell {
namespace {

std::uint64_t nanoseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_usec) * 1'000;
}

// First number of /proc/PID/schedstat: time on a CPU, of the leading thread only; the others are under task/.
std::uint64_t of_process(const char* pid) {
  std::uint64_t sum = 0;
  char path[64];
  std::snprintf(path, sizeof(path), "/proc/%.20s/task", pid);
  DIR* tasks = opendir(path);
  if (tasks == nullptr) return 0;
  while (const dirent* task = readdir(tasks)) {
    if (task->d_name[0] == '.') continue;
    std::snprintf(path, sizeof(path), "/proc/%.20s/task/%.20s/schedstat", pid, task->d_name);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    char text[64] = {};
    if (read(fd, text, sizeof(text) - 1) > 0) sum += std::strtoull(text, nullptr, 10);
    close(fd);
  }
  closedir(tasks);
  return sum;
}

// Without a cgroup: what the init has reaped and what is alive. A process whose parent lives and has reaped it counts with
// the parent only when that one ends, so this runs behind for a while; once all are dead it is whole, except for children
// of a program that ignores SIGCHLD.
std::uint64_t of_this_namespace() {
  rusage reaped{};
  getrusage(RUSAGE_CHILDREN, &reaped);
  std::uint64_t sum = nanoseconds(reaped.ru_utime) + nanoseconds(reaped.ru_stime);
  DIR* processes = opendir("/proc");
  if (processes == nullptr) return sum;
  while (const dirent* process = readdir(processes)) {
    if (process->d_name[0] < '1' || process->d_name[0] > '9' || std::strcmp(process->d_name, "1") == 0) continue;
    sum += of_process(process->d_name);
  }
  closedir(processes);
  return sum;
}

}  // namespace

std::uint64_t wait_for_cpu_ns(int proc, int pid) {
  char text[64];
  std::snprintf(text, sizeof(text), "%d/schedstat", pid);
  const int fd = openat(proc, text, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const ssize_t length = read(fd, text, sizeof(text) - 1);
  close(fd);
  if (length <= 0) return 0;
  text[length] = '\0';
  char* rest = nullptr;
  static_cast<void>(std::strtoull(text, &rest, 10));
  return std::strtoull(rest, nullptr, 10);
}

std::uint64_t Usage::cpu_ns() const {
  if (source_ == CpuSource::kNone) return of_this_namespace();
  char text[512];
  const ssize_t length = pread(fd_, text, sizeof(text) - 1, 0);
  if (length <= 0) return 0;
  text[length] = '\0';
  if (source_ == CpuSource::kNanoseconds) return std::strtoull(text, nullptr, 10);
  const char* usage = std::strstr(text, "usage_usec ");
  return usage == nullptr ? 0 : std::strtoull(usage + 11, nullptr, 10) * 1'000;
}

}  // namespace otmetka::sandbox::cell
