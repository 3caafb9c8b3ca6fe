#include "checkers/program/compile_limit.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace otmetka::checkers::program {
namespace {

using sandbox::Ending;

// By a compiler whose part ran into a limit that only that part was told of.
constexpr auto kNoMemory =
    std::to_array<std::string_view>({"out of memory", "memory exhausted", "OutOfMemoryError", "Cannot allocate memory"});
constexpr auto kLargeFile = std::to_array<std::string_view>({"File too large", "file too large", "File size limit exceeded"});

template <std::size_t n>
bool says(const std::string& log, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return log.find(one) != std::string::npos; });
}

std::int64_t seconds(std::chrono::nanoseconds time) { return std::chrono::ceil<std::chrono::seconds>(time).count(); }
std::int64_t mib(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes >> 20); }

}  // namespace

std::optional<Message> compile_limit(const sandbox::Compiled& compiled, const sandbox::Language& language) {
  const sandbox::Limits& limits = language.compile_limits;
  switch (compiled.run.ending) {
    case Ending::kTimeLimit: return Message{"program.compile_time", {seconds(limits.cpu)}};
    case Ending::kIdleLimit: return Message{"program.compile_wall", {seconds(limits.wall)}};
    case Ending::kMemoryLimit: return Message{"program.compile_memory", {mib(limits.memory_bytes)}};
    case Ending::kOutputLimit: return Message{"program.compile_output", {static_cast<std::int64_t>(limits.output_bytes >> 10)}};
    default: break;
  }
  if (says(compiled.log, kLargeFile)) return Message{"program.compile_file", {mib(limits.file_bytes)}};
  if (says(compiled.log, kNoMemory)) return Message{"program.compile_memory", {mib(limits.memory_bytes)}};
  return std::nullopt;
}

}  // namespace otmetka::checkers::program
