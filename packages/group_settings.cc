#include "packages/group_settings.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "packages/yaml_value.h"

namespace otmetka::packages {
namespace {

using yaml::Node;

constexpr auto kKnown = std::to_array<std::string_view>(
    {"on_reject", "grading", "grader_flags", "input_validator_flags", "output_validator_flags", "visualizer_flags", "accept_score",
     "reject_score", "range", "scoring", "max_score", "score_aggregation", "require_pass", "static_validation", "static_validation_score",
     "args", "input_validator_args", "static_validator_args", "output_validator_args", "input_visualizer_args", "output_visualizer_args",
     "full_feedback", "hint", "description"});
constexpr auto kKnownScoring = std::to_array<std::string_view>({"score", "aggregation", "require_pass"});

class Reader {
 public:
  Reader(const Node& root, const std::string& file, std::vector<Message>& warnings) : root_(root), file_(file), warnings_(warnings) {}

  Result<GroupSettings> read() {
    warn_of_unknown(root_, kKnown, file_, {}, warnings_);
    if (const Node* draft = value_of(root_, "scoring")) warn_of_unknown(*draft, kKnownScoring, file_, "scoring.", warnings_);
    flags();
    legacy();
    scoring(root_, "max_score", "score_aggregation");
    if (const Node* draft = value_of(root_, "scoring")) scoring(*draft, "score", "aggregation");
    if (const Node* args = value_of(root_, "args")) out_.arguments = words_of(*args);
    const Node* statics = value_of(root_, "static_validation");
    out_.has_static = value_of(root_, "static_validation_score") != nullptr || (statics != nullptr && !truth_of(*statics).has_value()) ||
                      (statics != nullptr && truth_of(*statics) == true);
    if (failure_) return *failure_;
    return std::move(out_);
  }

 private:
  void fail(const std::string& key, const Node& value) {
    if (!failure_) failure_ = bad_value(file_, key, value);
  }

  void flags() {
    for (const char* key : {"output_validator_flags", "output_validator_args"}) {
      const Node* node = value_of(root_, key);
      if (node == nullptr) continue;
      const bool by_name = node->is_mapping() && (value_of(*node, "name") != nullptr || node->find("flags") != nullptr);
      const Node* flags = by_name ? node->find("flags") : node;
      if (flags != nullptr && !are_words(*flags)) fail(key, *node);
      out_.validator_flags = flags == nullptr ? std::vector<std::string>() : words_of(*flags);
    }
  }

  const Node* legacy_value(const char* key) {
    const Node* node = value_of(root_, key);
    if (node != nullptr) out_.legacy = true;
    return node;
  }

  void number(const char* key, std::optional<double>& place) {
    const Node* node = legacy_value(key);
    if (node == nullptr) return;
    place = number_of(*node);
    if (!place) fail(key, *node);
  }

  void choice(const char* key, const char* yes, const char* no, std::optional<bool>& place) {
    const Node* node = legacy_value(key);
    if (node == nullptr) return;
    if (node->text != yes && node->text != no) return fail(key, *node);
    place = node->text == yes;
  }

  void legacy() {
    choice("on_reject", "break", "continue", out_.stop_at_failure);
    choice("grading", "custom", "default", out_.custom_grading);
    number("accept_score", out_.accept_score);
    number("reject_score", out_.reject_score);
    if (const Node* flags = legacy_value("grader_flags")) out_.grader_flags = words_of(*flags);
    if (const Node* range = legacy_value("range")) {
      const std::vector<std::string> ends = words_of(*range);
      const auto low = ends.size() == 2 ? number_of(ends[0]) : std::nullopt;
      const auto high = ends.size() == 2 ? number_of(ends[1]) : std::nullopt;
      if (!low || !high) return fail("range", *range);
      out_.range = {*low, *high};
    }
  }

  void scoring(const Node& mapping, const char* score_key, const char* aggregation_key) {
    if (const Node* score = value_of(mapping, score_key)) {
      out_.max_score = score->text == "unbounded" ? HUGE_VAL : number_of(*score);
      if (!out_.max_score || *out_.max_score < 0) fail(score_key, *score);
    }
    if (const Node* aggregation = value_of(mapping, aggregation_key)) {
      constexpr auto kNames = std::to_array<std::string_view>({"pass-fail", "sum", "min"});
      const auto at = std::find(kNames.begin(), kNames.end(), aggregation->text);
      if (at == kNames.end()) return fail(aggregation_key, *aggregation);
      out_.aggregation = static_cast<GroupSettings::Aggregation>(at - kNames.begin());
    }
    if (const Node* passes = value_of(mapping, "require_pass")) out_.require_pass = words_of(*passes);
  }

  const Node& root_;
  const std::string& file_;
  std::vector<Message>& warnings_;
  GroupSettings out_;
  std::optional<Error> failure_;
};

template <class T>
void take(std::optional<T>& own, const std::optional<T>& above) {
  if (!own) own = above;
}

}  // namespace

Result<GroupSettings> read_group_settings(std::string text, const std::string& file, std::vector<Message>& warnings) {
  const auto root = read_mapping(std::move(text), file);
  if (!root) return root.failure();
  return Reader(*root, file, warnings).read();
}

GroupSettings inherited(GroupSettings own, const GroupSettings& above, bool legacy) {
  take(own.validator_flags, above.validator_flags);
  take(own.arguments, above.arguments);
  if (!legacy) return own;
  take(own.stop_at_failure, above.stop_at_failure);
  take(own.custom_grading, above.custom_grading);
  take(own.grader_flags, above.grader_flags);
  take(own.accept_score, above.accept_score);
  take(own.reject_score, above.reject_score);
  take(own.range, above.range);
  return own;
}

}  // namespace otmetka::packages
