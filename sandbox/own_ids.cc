#include "sandbox/own_ids.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace otmetka::sandbox {
namespace {

constexpr std::uint64_t kFirst = 900'000'000;
constexpr std::uint64_t kPairs = 500'000'000;  // to below 2³¹: some programs take an id for a signed number
constexpr std::uint64_t kLeastPairs = 1'000;
constexpr std::uint64_t kLastOfSmall = 65'533;  // 65,534 is nobody

struct Range {
  std::uint64_t begin = 0, end = 0;
};

std::vector<Range> mapped(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::vector<Range> out;
  std::uint64_t inside = 0, outside = 0, count = 0;
  while (lines >> inside >> outside >> count) out.push_back({inside, inside + count});
  return out;
}

bool holds(const std::vector<Range>& ranges, const Range& wanted) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& one) { return one.begin <= wanted.begin && wanted.end <= one.end; });
}

std::string text_of(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::uint32_t OwnIds::pair(pid_t process, unsigned cell) const {
  const std::uint64_t number = static_cast<std::uint64_t>(process) * 1'000 + cell % 1'000;
  return first + static_cast<std::uint32_t>(number % pairs * 2);
}

OwnIds own_ids_in(std::string_view uid_map, std::string_view gid_map) {
  const auto users = mapped(uid_map);
  const auto groups = mapped(gid_map);
  const auto both = [&](const Range& range) { return holds(users, range) && holds(groups, range); };
  if (both({kFirst, kFirst + 2 * kPairs})) return {kFirst, kPairs};
  for (const Range& one : users) {
    const std::uint64_t end = std::min(one.end, kLastOfSmall);
    const std::uint64_t begin = one.begin + (std::max(end, one.begin) - one.begin) / 2;
    const std::uint64_t pairs = (std::max(end, begin) - begin) / 2;
    if (pairs < kLeastPairs || !both({begin, begin + 2 * pairs})) continue;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(pairs)};
  }
  return {};
}

const OwnIds& own_ids() {
  static const OwnIds ids = geteuid() == 0 ? own_ids_in(text_of("/proc/self/uid_map"), text_of("/proc/self/gid_map")) : OwnIds{};
  return ids;
}

}  // namespace otmetka::sandbox
