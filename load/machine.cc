#include <fstream>
#include <thread>

#include "load/report.h"

namespace otmetka::load {
namespace {

std::string line_of(const char* file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

Machine this_machine() {
  Machine out{.cores = std::thread::hardware_concurrency(), .processor = {}, .kernel = {}};
  out.kernel = line_of("/proc/sys/kernel/ostype") + " " + line_of("/proc/sys/kernel/osrelease");
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.starts_with("model name") || colon == std::string::npos) continue;
    out.processor = line.substr(colon + 2);
    break;
  }
  return out;
}

}  // namespace otmetka::load
