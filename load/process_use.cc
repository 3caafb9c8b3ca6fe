#include "load/process_use.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

namespace otmetka::load {
namespace {

namespace fs = std::filesystem;

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

// The fields of /proc/PID/stat behind the program's name, which may hold spaces and brackets: 0 is the state.
std::vector<std::string> fields_of(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::vector<std::string> out;
  if (!std::getline(in, line) || line.rfind(')') == std::string::npos) return out;
  std::istringstream words(line.substr(line.rfind(')') + 1));
  for (std::string word; words >> word;) out.push_back(word);
  return out;
}

double ticks(const std::vector<std::string>& fields, std::size_t first, std::size_t second) {
  const auto per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  return (std::strtod(fields[first].c_str(), nullptr) + std::strtod(fields[second].c_str(), nullptr)) / per_second;
}

// The number behind `name` in /proc/PID/status; 0: it is not there.
struct StatusLines {
  std::uint64_t voluntary = 0, involuntary = 0, resident_kib = 0, peak_kib = 0;
};
StatusLines status_of(const fs::path& file) {
  StatusLines out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::string_view name = std::string_view(line).substr(0, colon);
    const std::uint64_t value = std::strtoull(line.c_str() + colon + 1, nullptr, 10);
    if (name == "voluntary_ctxt_switches") out.voluntary = value;
    if (name == "nonvoluntary_ctxt_switches") out.involuntary = value;
    if (name == "VmRSS") out.resident_kib = value;
    if (name == "VmHWM") out.peak_kib = value;
  }
  return out;
}

constexpr std::size_t kUserTicks = 11, kSystemTicks = 12, kBegan = 19;

}  // namespace

std::optional<ProcessUse> use_of(pid_t pid, const std::string& folder) {
  const fs::path process = fs::path(folder) / std::to_string(pid);
  const auto fields = fields_of(process / "stat");
  if (fields.size() <= kBegan || fields.front() == "Z" || fields.front() == "X") return std::nullopt;
  ProcessUse out;
  out.cpu_seconds = ticks(fields, kUserTicks, kSystemTicks);
  const StatusLines whole = status_of(process / "status");
  out.resident_bytes = static_cast<std::int64_t>(whole.resident_kib * 1024);
  out.peak_bytes = static_cast<std::int64_t>(whole.peak_kib * 1024);
  std::error_code gone;
  for (fs::directory_iterator thread(process / "task", gone), end; !gone && thread != end; thread.increment(gone)) {
    const StatusLines one = status_of(thread->path() / "status");
    out.voluntary_switches += one.voluntary;
    out.involuntary_switches += one.involuntary;
  }
  return out;
}

std::uint64_t beginning_of(pid_t pid, const std::string& folder) {
  const auto fields = fields_of(fs::path(folder) / std::to_string(pid) / "stat");
  if (fields.size() <= kBegan || fields.front() == "Z" || fields.front() == "X") return 0;
  return std::strtoull(fields[kBegan].c_str(), nullptr, 10);
}

ProcessUse own_use() {
  ProcessUse out;
  rusage self{};
  getrusage(RUSAGE_SELF, &self);
  out.cpu_seconds = seconds(self.ru_utime) + seconds(self.ru_stime);
  out.voluntary_switches = static_cast<std::uint64_t>(self.ru_nvcsw);
  out.involuntary_switches = static_cast<std::uint64_t>(self.ru_nivcsw);
  const StatusLines whole = status_of("/proc/self/status");
  out.resident_bytes = static_cast<std::int64_t>(whole.resident_kib * 1024);
  out.peak_bytes = static_cast<std::int64_t>(whole.peak_kib * 1024);
  return out;
}

}  // namespace otmetka::load
