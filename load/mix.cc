#include "load/mix.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <span>

#include "model/ratio.h"
#include "spec/suggest.h"
#include "yaml/reader.h"

namespace otmetka::load {
namespace {

using yaml::Node;

// One key of a mapping: takes its value, or says what it should have been.
struct Field {
  std::string name;
  std::function<Status(const Node&)> set;
};

class MixReader {
 public:
  explicit MixReader(std::string name) : name_(std::move(name)) {}

  Result<Mix> read(const Node& root) {
    if (Status done = mapping(root, fields()); !done) return done.failure();
    if (!version_) return error("OT482", {std::string("bench"), std::string(), std::string("v1"), name_});
    if (sum(mix_.kinds) == 0) return error("OT482", {std::string("kinds"), std::string("0"), std::string("> 0"), name_});
    if (sum(mix_.languages) == 0) return error("OT482", {std::string("languages"), std::string("0"), std::string("> 0"), name_});
    const double not_graded = mix_.undecodable + mix_.unknown_spec;
    if (not_graded > 1)
      return error("OT482", {std::string("undecodable + unknown_spec"), std::string("> 100%"), std::string("0–100%"), name_});
    return mix_;
  }

 private:
  template <std::size_t N>
  static int sum(const std::array<int, N>& weights) {
    return std::accumulate(weights.begin(), weights.end(), 0);
  }

  std::vector<Field> fields() {
    return {{"bench", [this](const Node& node) { return version(node); }},
            {"name", [this](const Node& node) { return text(node); }},
            {"seed", [this](const Node& node) { return seed(node); }},
            {"assignments", whole("assignments", 1, 1'000, mix_.assignments)},
            {"items", whole("items", 1, 20, mix_.items)},
            {"learners", whole("learners", 1, 1'000'000, mix_.learners)},
            {"zipf", [this](const Node& node) { return exponent(node); }},
            {"answer_chars", whole("answer_chars", 1, 2'000, mix_.answer_chars)},
            {"kinds", [this](const Node& node) { return weights(node, kKinds, mix_.kinds); }},
            {"wrong", share("wrong", mix_.wrong)},
            {"hostile", share("hostile", mix_.hostile)},
            {"undecodable", share("undecodable", mix_.undecodable)},
            {"unknown_spec", share("unknown_spec", mix_.unknown_spec)},
            {"programs", [this](const Node& node) { return mapping(node, program_fields()); }}};
  }

  std::vector<Field> program_fields() {
    return {{"share", share("share", mix_.programs)},
            {"languages", [this](const Node& node) { return weights(node, kLanguages, mix_.languages); }},
            {"assignments", whole("assignments", 1, 100, mix_.program_assignments)},
            {"tests", whole("tests", 1, 20, mix_.program_tests)},
            {"wrong", share("wrong", mix_.program_wrong)},
            {"hostile", share("hostile", mix_.program_hostile)}};
  }

  std::string place(const yaml::Range& range) const {
    return name_ + ":" + std::to_string(range.line) + ":" + std::to_string(range.column);
  }

  Error does_not_fit(const std::string& key, const Node& node, const std::string& form) const {
    return error("OT482", {key, node.is_scalar() ? node.text : std::string("…"), form, place(node.range)});
  }

  Status mapping(const Node& node, const std::vector<Field>& known) {
    if (!node.is_mapping()) return error("OT483", {place(node.range), std::string("OT105")});
    std::vector<std::string> names;
    for (const Field& field : known) names.push_back(field.name);
    for (const yaml::Entry& entry : node.entries) {
      const auto field = std::find_if(known.begin(), known.end(), [&](const Field& one) { return one.name == entry.key; });
      if (field == known.end()) return unknown(entry, names);
      if (Status done = field->set(entry.value); !done) return done;
    }
    return ok_status();
  }

  Error unknown(const yaml::Entry& entry, const std::vector<std::string>& names) const {
    if (const auto meant = spec::nearest(entry.key, names)) return error("OT480", {entry.key, place(entry.key_range), meant->replacement});
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return error("OT481", {entry.key, place(entry.key_range), all});
  }

  Status version(const Node& node) {
    if (!node.is_scalar() || node.text != "v1") return does_not_fit("bench", node, "v1");
    version_ = true;
    return ok_status();
  }

  Status text(const Node& node) {
    if (!node.is_scalar() || node.text.size() > 200) return does_not_fit("name", node, "1–200");
    mix_.name = node.text;
    return ok_status();
  }

  static std::optional<std::int64_t> whole_of(const Node& node, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    if (!node.is_scalar()) return std::nullopt;
    const char* const end = node.text.data() + node.text.size();
    const auto [stop, problem] = std::from_chars(node.text.data(), end, value);
    if (problem != std::errc{} || stop != end || value < least || value > most) return std::nullopt;
    return value;
  }

  static std::string range_of(std::int64_t least, std::int64_t most) { return std::to_string(least) + "–" + std::to_string(most); }

  std::function<Status(const Node&)> whole(const char* key, int least, int most, int& out) {
    return [this, key, least, most, &out](const Node& node) -> Status {
      const auto value = whole_of(node, least, most);
      if (!value) return does_not_fit(key, node, range_of(least, most));
      out = static_cast<int>(*value);
      return ok_status();
    };
  }

  Status seed(const Node& node) {
    constexpr std::int64_t kMost = std::int64_t{1} << 53;  // a number in JSON
    const auto value = whole_of(node, 0, kMost);
    if (!value) return does_not_fit("seed", node, range_of(0, kMost));
    mix_.seed = static_cast<std::uint64_t>(*value);
    return ok_status();
  }

  // As specs write a share: 30%, 0.3, 3/10.
  static std::optional<double> ratio_of(const Node& node, std::int64_t most) {
    if (!node.is_scalar()) return std::nullopt;
    const auto value = parse_ratio(node.text);
    if (!value || value->is_negative() || *value > Ratio(most)) return std::nullopt;
    return value->to_double();
  }

  std::function<Status(const Node&)> share(const char* key, double& out) {
    return [this, key, &out](const Node& node) -> Status {
      const auto value = ratio_of(node, 1);
      if (!value) return does_not_fit(key, node, "0–100%");
      out = *value;
      return ok_status();
    };
  }

  Status exponent(const Node& node) {
    const auto value = ratio_of(node, 3);
    if (!value) return does_not_fit("zipf", node, "0–3");
    mix_.zipf = *value;
    return ok_status();
  }

  // What is not named has the weight 0.
  Status weights(const Node& node, std::span<const std::string_view> names, std::span<int> out) {
    std::vector<Field> fields;
    std::fill(out.begin(), out.end(), 0);
    for (std::size_t i = 0; i < names.size(); ++i) fields.push_back({std::string(names[i]), whole(names[i].data(), 0, 1'000, out[i])});
    return mapping(node, fields);
  }

  std::string name_;
  Mix mix_;
  bool version_ = false;
};

// Three decimals at most.
std::string decimal(double value) {
  std::string text = std::to_string(std::lround(value * 1'000));
  while (text.size() < 4) text.insert(text.begin(), '0');
  text.insert(text.size() - 3, ".");
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string percent(double share) { return decimal(share * 100) + "%"; }

template <std::size_t N>
std::string weights_line(const std::array<std::string_view, N>& names, const std::array<int, N>& weights) {
  std::string out;
  for (std::size_t i = 0; i < N; ++i) {
    if (weights[i] > 0) out += (out.empty() ? "" : ", ") + std::string(names[i]) + ": " + std::to_string(weights[i]);
  }
  return "{" + out + "}";
}

}  // namespace

Result<Mix> read_mix(std::string text, const std::string& name) {
  const yaml::Document document = yaml::read(std::move(text));
  if (!document.problems.empty()) {
    const yaml::Problem& problem = document.problems.front();
    return error("OT483",
                 {name + ":" + std::to_string(problem.range.line) + ":" + std::to_string(problem.range.column), problem.message.id});
  }
  if (!document.root) return error("OT483", {name, std::string("OT104")});
  return MixReader(name).read(*document.root);
}

std::string to_line(const Mix& mix) {
  std::string out = "assignments: " + std::to_string(mix.assignments) + ", items: " + std::to_string(mix.items) +
                    ", learners: " + std::to_string(mix.learners) + ", zipf: " + decimal(mix.zipf) +
                    ", answer_chars: " + std::to_string(mix.answer_chars) + ", kinds: " + weights_line(kKinds, mix.kinds) +
                    ", wrong: " + percent(mix.wrong) + ", hostile: " + percent(mix.hostile) + ", undecodable: " + percent(mix.undecodable) +
                    ", unknown_spec: " + percent(mix.unknown_spec);
  if (!mix.runs_programs()) return out;
  return out + ", programs: {share: " + percent(mix.programs) + ", languages: " + weights_line(kLanguages, mix.languages) +
         ", assignments: " + std::to_string(mix.program_assignments) + ", tests: " + std::to_string(mix.program_tests) +
         ", wrong: " + percent(mix.program_wrong) + ", hostile: " + percent(mix.program_hostile) + "}";
}

}  // namespace otmetka::load
