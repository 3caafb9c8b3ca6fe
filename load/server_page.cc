#include "load/server_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace otmetka::load {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::array<const char*, 4> kStages{"otmetka_queue_wait_seconds", "otmetka_grading_seconds", "otmetka_commit_wait_seconds",
                                             "otmetka_end_to_end_seconds"};

std::optional<double> bound_of(std::string_view labels) {
  static constexpr std::string_view kKey = "le=\"";
  const std::size_t at = labels.find(kKey);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string text(labels.substr(at + kKey.size(), labels.find('"', at + kKey.size()) - at - kKey.size()));
  if (text == "+Inf") return std::numeric_limits<double>::infinity();
  char* end = nullptr;
  const double bound = std::strtod(text.c_str(), &end);
  return end != text.c_str() && !std::isnan(bound) ? std::optional(bound) : std::nullopt;
}

void read_line(std::string_view line, ServerPage& out) {
  if (line.empty() || line.front() == '#') return;
  const std::size_t space = line.rfind(' ');
  if (space == std::string_view::npos) return;
  const std::string number(line.substr(space + 1));
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || !std::isfinite(value)) return;
  std::string_view name = line.substr(0, std::min(line.find('{'), space));
  const std::string_view labels = line.substr(name.size(), space - name.size());
  const auto ends = [&](std::string_view with) {
    if (!name.ends_with(with)) return false;
    name.remove_suffix(with.size());
    return true;
  };
  if (ends("_bucket")) {
    if (const auto bound = bound_of(labels)) out[std::string(name)].up_to[*bound] += value;
  } else if (ends("_sum")) {
    out[std::string(name)].sum += value;
  } else if (ends("_count")) {
    out[std::string(name)].count += value;
  }
}

double at_share(const ServerHistogram& before, const ServerHistogram& after, double count, double share) {
  for (const auto& [bound, up_to] : after.up_to) {
    const auto had = before.up_to.find(bound);
    if (up_to - (had == before.up_to.end() ? 0 : had->second) >= count * share) return bound;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace

ServerPage read_server_page(std::string_view text) {
  ServerPage out;
  text = text.substr(0, kMostBytes);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    read_line(text.substr(0, end), out);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::vector<ServerStage> stages_between(const ServerPage& before, const ServerPage& after) {
  std::vector<ServerStage> out;
  for (const char* const name : kStages) {
    const auto later = after.find(name);
    if (later == after.end()) continue;
    const auto earlier = before.find(name);
    const ServerHistogram none;
    const ServerHistogram& from = earlier == before.end() ? none : earlier->second;
    const double count = later->second.count - from.count;
    if (count <= 0) continue;
    out.push_back({name, count, (later->second.sum - from.sum) / count, at_share(from, later->second, count, 0.5),
                   at_share(from, later->second, count, 0.99)});
  }
  return out;
}

}  // namespace otmetka::load
