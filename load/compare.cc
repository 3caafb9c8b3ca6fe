#include "load/compare.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>

#include "load/schedule.h"
#include "queue/json_reader.h"

namespace otmetka::load {
namespace {

using queue::JsonNode;

constexpr double kLeastChange = 0.10;
constexpr double kLeastChangeOfRamp = 0.15;
constexpr double kOutside = 0.001;  // of the drawn ratios, on each side of the interval
constexpr int kDraws = 4'000;
constexpr std::size_t kLeastBlocks = 5;
constexpr std::size_t kMostBlocks = 1'000;

const JsonNode* member(const JsonNode& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  for (const JsonNode& one : object) {
    if (one.key == key) return &one;
  }
  return nullptr;
}

// Reads fields of one object; the first that is not as it must be is remembered.
class Fields {
 public:
  explicit Fields(const JsonNode* object) : object_(object) {}

  std::string text(std::string_view key) {
    const JsonNode* const node = find(key);
    if (node == nullptr || node->type != JsonNode::Type::kString) return miss(key), std::string();
    return std::string(node->text);
  }
  double number(std::string_view key) {
    const JsonNode* const node = find(key);
    if (node == nullptr || node->type != JsonNode::Type::kNumber) return miss(key), 0;
    const double value = std::strtod(std::string(node->text).c_str(), nullptr);
    if (!std::isfinite(value) || value < 0) return miss(key), 0;
    return value;
  }
  bool flag(std::string_view key) {
    const JsonNode* const node = find(key);
    if (node == nullptr || !node->is_bool()) return miss(key), false;
    return node->text == "true";
  }
  const std::string& missed() const { return missed_; }

 private:
  const JsonNode* find(std::string_view key) const { return object_ == nullptr ? nullptr : member(*object_, key); }
  void miss(std::string_view key) {
    if (missed_.empty()) missed_ = key;
  }

  const JsonNode* object_;
  std::string missed_;
};

// The name of what is wrong; empty: nothing.
std::string read_blocks(const JsonNode& root, std::vector<Baseline::Block>& out) {
  const JsonNode* const blocks = member(root, "blocks");
  if (blocks == nullptr || !blocks->is_array()) return "blocks";
  for (const JsonNode& block : *blocks) {
    if (out.size() == kMostBlocks) return "blocks";
    Fields fields(&block);
    out.push_back({fields.number("seconds"), fields.number("results"), fields.number("p50_ms"), fields.number("p99_ms"),
                   fields.number("cpu_ms")});
    if (!fields.missed().empty()) return "blocks." + fields.missed();
  }
  return {};
}

std::string read_root(const JsonNode& root, Baseline& out) {
  Fields top(&root), mix(member(root, "mix")), load(member(root, "load"));
  if (top.text("schema") != "otmetka.bench.v1") return "schema";
  out.target = top.text("target");
  out.partial = top.flag("partial");
  out.mix = mix.text("text");
  const double seed = mix.number("seed");
  out.seed = static_cast<std::uint64_t>(std::min(seed, 9e15));
  out.loop = load.text("loop");
  out.arrivals = load.text("arrivals");
  out.rate = load.number("rate");
  if (const JsonNode* const ramp = member(root, "ramp")) {
    Fields fields(ramp);
    out.ramp = true;
    out.highest_rate = fields.number("highest_rate");
    out.p99_limit_ms = fields.number("p99_limit_ms");
    if (!fields.missed().empty()) return "ramp." + fields.missed();
  }
  for (const Fields* fields : {&top, &mix, &load}) {
    if (!fields->missed().empty()) return fields->missed();
  }
  return read_blocks(root, out.blocks);
}

using Figure = std::function<std::optional<double>(const Baseline::Block&)>;

std::vector<double> values(const Baseline& of, const Figure& figure) {
  std::vector<double> out;
  for (const Baseline::Block& block : of.blocks) {
    if (const auto value = figure(block)) out.push_back(*value);
  }
  return out;
}

double mean(const std::vector<double>& of) {
  double sum = 0;
  for (const double one : of) sum += one;
  return of.empty() ? 0 : sum / static_cast<double>(of.size());
}

double drawn_mean(Random& random, const std::vector<double>& of) {
  double sum = 0;
  for (std::size_t i = 0; i < of.size(); ++i) sum += of[random.below(of.size())];
  return sum / static_cast<double>(of.size());
}

std::optional<Change> change_of(const std::string& name, const std::vector<double>& before, const std::vector<double>& after,
                                bool more_is_worse) {
  if (before.size() < kLeastBlocks || after.size() < kLeastBlocks || mean(before) <= 0) return std::nullopt;
  Change out{.figure = name, .before = mean(before), .after = mean(after)};
  out.ratio = out.after / out.before;
  Random random(1);
  std::vector<double> ratios;
  for (int i = 0; i < kDraws; ++i) {
    const double first = drawn_mean(random, before);
    ratios.push_back(first > 0 ? drawn_mean(random, after) / first : out.ratio);
  }
  std::sort(ratios.begin(), ratios.end());
  const auto outside = static_cast<std::size_t>(kDraws * kOutside);
  out.low = ratios[outside];
  out.high = ratios[ratios.size() - 1 - outside];
  const bool more = out.ratio >= 1 + kLeastChange && out.low > 1;
  const bool less = out.ratio <= 1 / (1 + kLeastChange) && out.high < 1;
  out.worse = more_is_worse ? more : less;
  out.better = more_is_worse ? less : more;
  return out;
}

// What keeps two reports from being compared; empty: nothing.
std::string difference(const Baseline& before, const Baseline& after) {
  if (before.target != after.target) return "target: " + before.target + " ≠ " + after.target;
  if (before.mix != after.mix || before.seed != after.seed) return "mix: " + before.mix + " ≠ " + after.mix;
  if (before.ramp != after.ramp) return "ramp";
  if (before.ramp && std::abs(before.p99_limit_ms - after.p99_limit_ms) > 0.001 * before.p99_limit_ms) {
    const auto limit = [](const Baseline& of) { return std::to_string(std::llround(of.p99_limit_ms)) + " ms"; };
    return "p99: " + limit(before) + " ≠ " + limit(after);
  }
  if (before.loop != after.loop) return "loop: " + before.loop + " ≠ " + after.loop;
  if (before.arrivals != after.arrivals) return "arrivals: " + before.arrivals + " ≠ " + after.arrivals;
  if (!before.ramp && std::abs(before.rate - after.rate) > 0.001 * before.rate) {
    return "rate: " + std::to_string(std::llround(before.rate)) + " ≠ " + std::to_string(std::llround(after.rate));
  }
  return {};
}

}  // namespace

Result<Baseline> read_baseline(std::string_view json, const std::string& name) {
  if (json.size() > kMostBaselineBytes) return error("OT486", {name, std::string("> 4 MiB")});
  queue::JsonReader reader;
  const auto root = reader.read(json);
  if (!root) return error("OT486", {name, root.failure().code()});
  Baseline out;
  if (const std::string wrong = read_root(**root, out); !wrong.empty()) return error("OT486", {name, wrong});
  return out;
}

// By way of its JSON, so that both are rounded alike.
Baseline baseline_of(const Report& report) {
  auto read = read_baseline(to_json(report), "");
  return read ? std::move(*read) : Baseline{};
}

Status same_load(const Baseline& before, const Baseline& after) {
  std::string differs = difference(before, after);
  if (differs.empty() && before.partial) differs = "partial";
  if (differs.empty() && !before.ramp && before.blocks.size() < kLeastBlocks) differs = "blocks < 5";
  return differs.empty() ? ok_status() : Status(error("OT487", {differs}));
}

Result<std::vector<Change>> compare(const Baseline& before, const Baseline& after) {
  if (Status same = same_load(before, after); !same) return same.failure();
  if (after.partial) return error("OT487", {std::string("partial")});
  if (!after.ramp && after.blocks.size() < kLeastBlocks) return error("OT487", {std::string("blocks < 5")});
  std::vector<Change> out;
  if (before.ramp) {
    Change change{.figure = "highest_rate", .before = before.highest_rate, .after = after.highest_rate};
    if (before.highest_rate <= 0) return out;  // worse than nothing there is not
    change.ratio = change.low = change.high = change.after / change.before;
    change.worse = change.ratio <= 1 - kLeastChangeOfRamp;
    change.better = change.ratio >= 1 / (1 - kLeastChangeOfRamp);
    out.push_back(change);
    return out;
  }
  const auto per_result = [](const Baseline::Block& block) {
    return block.results > 0 ? std::optional(block.cpu_ms / block.results) : std::nullopt;
  };
  const auto add = [&](const std::string& name, const Figure& figure, bool more_is_worse) {
    if (auto change = change_of(name, values(before, figure), values(after, figure), more_is_worse)) out.push_back(std::move(*change));
  };
  add("p50", [](const Baseline::Block& block) { return block.p50_ms > 0 ? std::optional(block.p50_ms) : std::nullopt; }, true);
  add("p99", [](const Baseline::Block& block) { return block.p99_ms > 0 ? std::optional(block.p99_ms) : std::nullopt; }, true);
  add(
      "throughput",
      [](const Baseline::Block& block) { return block.seconds > 0 ? std::optional(block.results / block.seconds) : std::nullopt; }, false);
  add("cpu", per_result, true);
  return out;
}

}  // namespace otmetka::load
