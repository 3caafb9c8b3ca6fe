#include "checkers/program/limits.h"

#include "model/units.h"

namespace otmetka::checkers::program {
namespace {

constexpr std::uint64_t kLeastMemory = 1u << 20;  // less is meant in another unit
constexpr std::uint64_t kMostMemory = std::uint64_t{16} << 30;
constexpr std::uint64_t kMostOutput = 64u << 20;

}  // namespace

std::vector<Problem> read_limits(const GivenLimits& given, sandbox::Limits& limits) {
  std::vector<Problem> problems;
  const auto refuse = [&](const char* code, const char* key, const std::string& text) {
    problems.push_back({{code, {text}}, std::string("limits.") + key, 0, 0});
  };
  const auto time = [&](const std::string& text, const char* key, std::chrono::nanoseconds& place) {
    if (text.empty()) return;
    const auto value = parse_time_limit(text);
    if (!value || *value > std::chrono::minutes(10)) return refuse("OT602", key, text);
    place = *value;
  };
  const auto size = [&](const std::string& text, const char* key, std::uint64_t least, std::uint64_t most, std::uint64_t& place) {
    if (text.empty()) return;
    const auto value = parse_bytes(text);
    if (!value || *value < least || *value > most) return refuse("OT603", key, text);
    place = *value;
  };
  time(given.cpu, "cpu", limits.cpu);
  limits.wall = 3 * limits.cpu;
  time(given.wall, "wall", limits.wall);
  limits.output_bytes = 1u << 20;
  size(given.memory, "memory", kLeastMemory, kMostMemory, limits.memory_bytes);
  size(given.output, "output", 0, kMostOutput, limits.output_bytes);
  if (given.processes > 0) limits.processes = static_cast<std::uint64_t>(given.processes);
  return problems;
}

}  // namespace otmetka::checkers::program
