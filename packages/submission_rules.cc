#include "packages/submission_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "packages/yaml_value.h"

namespace otmetka::packages {
namespace {

using yaml::Node;

const std::string kFile = "submissions/submissions.yaml";
constexpr std::size_t kMostReadings = 1'024;
constexpr std::size_t kMostPatternBytes = 1'000;
constexpr std::size_t kMostPatternsTried = 200;

struct DefaultRule {
  std::string_view folder;
  Outcomes permitted, required;
};

constexpr auto kDefaults = std::to_array<DefaultRule>({{"accepted", kAccepted, kAnyOutcome},
                                                       {"rejected", kAnyOutcome, kWrong | kTooSlow | kCrashed},
                                                       {"wrong_answer", kAccepted | kWrong, kWrong},
                                                       {"time_limit_exceeded", kAccepted | kTooSlow, kTooSlow},
                                                       {"run_time_error", kAccepted | kCrashed, kCrashed},
                                                       {"brute_force", kAccepted | kTooSlow | kCrashed, kTooSlow | kCrashed}});

std::vector<std::string> without_braces(std::string_view pattern) {
  std::vector<std::string> out = {std::string()};
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    const std::string_view before = pattern.substr(0, close == std::string_view::npos ? pattern.size() : open);
    for (std::string& one : out) one += before;
    if (close == std::string_view::npos) break;
    std::vector<std::string> longer;
    for (std::string_view rest = pattern.substr(open + 1, close - open - 1);;) {
      const auto comma = std::min(rest.find(','), rest.size());
      for (const std::string& one : out) longer.push_back(one + std::string(rest.substr(0, comma)));
      if (comma == rest.size() || longer.size() > kMostReadings) break;
      rest.remove_prefix(comma + 1);
    }
    out = std::move(longer);
    pattern.remove_prefix(close + 1);
    if (out.size() > kMostReadings) return {};
  }
  return out;
}

// The whole path; at most one star is held open, so the time is the product of the lengths.
bool fits_plainly(std::string_view pattern, std::string_view path) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  while (t < path.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == path[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && path[from] != '/') {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::optional<Outcomes> outcomes_named(const Node& node) {
  constexpr auto kCodes =
      std::to_array<std::pair<std::string_view, Outcomes>>({{"AC", kAccepted}, {"WA", kWrong}, {"TLE", kTooSlow}, {"RTE", kCrashed}});
  Outcomes out = 0;
  for (const std::string& word : words_of(node)) {
    const auto code = std::find_if(kCodes.begin(), kCodes.end(), [&](const auto& one) { return one.first == word; });
    if (code == kCodes.end()) return std::nullopt;
    out = static_cast<Outcomes>(out | code->second);
  }
  return out == 0 ? std::nullopt : std::optional<Outcomes>(out);
}

constexpr auto kKnown = std::to_array<std::string_view>({"language", "entrypoint", "authors", "model_solution", "permitted", "required",
                                                         "score", "message", "use_for_time_limit"});
constexpr auto kKnownOfTests = std::to_array<std::string_view>({"permitted", "required", "score", "message", "use_for_time_limit"});

class Reader {
 public:
  explicit Reader(std::vector<Message>& warnings) : warnings_(warnings) {}

  Result<SubmissionEntries> read(const Node& root) {
    for (const yaml::Entry& entry : root.entries) {
      if (entry.key.size() > kMostPatternBytes || entry.value.is_empty()) continue;
      at_.clear();
      if (!entry.value.is_mapping()) fail(entry.key, entry.value);
      SubmissionEntry read;
      read.pattern = entry.key;
      at_ = entry.key + ": ";
      take(entry.value, read);
      out_.push_back(std::move(read));
    }
    if (failure_) return *failure_;
    return std::move(out_);
  }

 private:
  void take(const Node& node, SubmissionEntry& out) {
    if (const Node* language = value_of(node, "language")) out.language = language->text;
    if (const Node* entry = value_of(node, "entrypoint")) out.entry = entry->text;
    out.bounds_time = time_use(node);
    Rule whole;
    take_rule(node, whole, &out.permitted, &out.required);
    if (whole.score || !whole.message.empty()) out.rules.push_back(whole);
    for (const yaml::Entry& inner : node.entries) {
      if (std::find(kKnown.begin(), kKnown.end(), inner.key) != kKnown.end() || inner.key.size() > kMostPatternBytes) continue;
      if (!inner.value.is_mapping()) {
        warnings_.push_back({"OT580", {kFile, at_ + inner.key}});
        continue;
      }
      Rule rule;
      rule.tests = inner.key;
      std::optional<Outcomes> permitted, required;
      const std::string outer = std::exchange(at_, at_ + inner.key + ": ");
      warn_of_unknown(inner.value, kKnownOfTests, kFile, at_, warnings_);
      take_rule(inner.value, rule, &permitted, &required);
      const auto use = time_use(inner.value);
      rule.bounds_time = use.value_or(permitted && (*permitted & kTooSlow) == 0);
      at_ = outer;
      out.tests.push_back(inner.key);
      rule.permitted = permitted.value_or(kAnyOutcome);
      rule.required = required.value_or(kAnyOutcome);
      if (permitted || required || rule.score || !rule.message.empty()) out.rules.push_back(std::move(rule));
    }
  }

  std::optional<bool> time_use(const Node& node) {
    const Node* use = value_of(node, "use_for_time_limit");
    if (use == nullptr) return std::nullopt;
    if (use->text != "lower" && use->text != "upper" && !truth_of(*use)) fail("use_for_time_limit", *use);
    return use->text == "lower" || truth_of(*use) == true;
  }

  void take_rule(const Node& node, Rule& rule, std::optional<Outcomes>* permitted, std::optional<Outcomes>* required) {
    for (const auto& [key, place] : {std::pair("permitted", permitted), std::pair("required", required)}) {
      const Node* value = value_of(node, key);
      if (value == nullptr) continue;
      *place = outcomes_named(*value);
      if (!*place) fail(key, *value);
    }
    if (const Node* message = value_of(node, "message")) rule.message = message->text;
    if (const Node* use = value_of(node, "use_for_time_limit")) {
      if (use->text == "lower" && !*permitted) *permitted = kAccepted | kWrong | kCrashed;
      if (use->text == "upper" && !*required) *required = kTooSlow;
    }
    const Node* score = value_of(node, "score");
    if (score == nullptr) return;
    const bool two = score->is_sequence() && score->items.size() == 2;
    const auto low = number_of(two ? score->items[0] : *score);
    const auto high = number_of(two ? score->items[1] : *score);
    if (!low || !high) return fail("score", *score);
    rule.score = {*low, *high};
  }

  void fail(const std::string& key, const Node& value) {
    if (!failure_) failure_ = bad_value(kFile, at_ + key, value);
  }

  std::vector<Message>& warnings_;
  std::string at_;  // what is being read: "accepted/x.py: secret/a: "
  SubmissionEntries out_;
  std::optional<Error> failure_;
};

// What the rules for all tests come to, for those who want one word of it.
std::vector<Verdict> verdicts_of_rules(const std::vector<Rule>& rules) {
  Outcomes permitted = kAnyOutcome;
  std::optional<Outcomes> required;
  for (const Rule& rule : rules) {
    if (!rule.tests.empty()) continue;
    permitted = permitted & rule.permitted;
    if ((rule.required & kAccepted) == 0) required = rule.required;
  }
  return verdicts_of(static_cast<Outcomes>(required ? permitted & *required : permitted));
}

// An entry of the folder's own name stands in place of the folder's rule.
void take_times(const SubmissionEntry& entry, bool replaces, std::vector<std::string>& bounds_time) {
  const bool never_slow = entry.permitted && (*entry.permitted & kTooSlow) == 0;
  if (entry.bounds_time == false || (replaces && entry.permitted)) bounds_time.clear();
  if (entry.bounds_time == false) return;
  if (never_slow || entry.bounds_time == true) bounds_time.emplace_back();
  for (const Rule& rule : entry.rules) {
    if (rule.bounds_time) bounds_time.push_back(rule.tests);
  }
}

}  // namespace

bool fits(std::string_view pattern, std::string_view path) {
  for (const std::string& reading : without_braces(pattern)) {
    for (std::string_view part = path; !part.empty();) {
      if (fits_plainly(reading, part)) return true;
      const auto slash = part.rfind('/');
      part = slash == std::string_view::npos ? std::string_view() : part.substr(0, slash);
    }
  }
  return false;
}

Result<SubmissionEntries> read_submission_entries(std::string text, std::vector<Message>& warnings) {
  const auto root = read_mapping(std::move(text), kFile);
  if (!root) return root.failure();
  return Reader(warnings).read(*root);
}

void warn_of_idle_patterns(const SubmissionEntries& entries, std::span<const std::string> submissions,
                           std::span<const checkers::program::Test> tests, std::vector<Message>& warnings) {
  std::size_t left = kMostPatternsTried;
  const auto is_default = [](const std::string& pattern) {
    return std::any_of(kDefaults.begin(), kDefaults.end(), [&](const DefaultRule& rule) { return rule.folder == pattern; });
  };
  for (const SubmissionEntry& entry : entries) {
    if (left == 0) return;
    --left;
    const auto fits_it = [&](const std::string& path) { return fits(entry.pattern, path); };
    const bool idle = std::none_of(submissions.begin(), submissions.end(), fits_it);
    if (idle && !is_default(entry.pattern)) warnings.push_back({"OT598", {kFile, entry.pattern}});
    for (const std::string& pattern : entry.tests) {
      if (left == 0) return;
      --left;
      const bool none = std::none_of(tests.begin(), tests.end(), [&](const auto& test) { return fits(pattern, test.id); });
      if (none) warnings.push_back({"OT598", {kFile, entry.pattern + ": " + pattern}});
    }
  }
}

SubmissionRules apply(const SubmissionEntries& entries, const std::string& folder, const std::string& name, Expectation& expectation,
                      std::vector<std::string>& bounds_time) {
  SubmissionRules out;
  Rule own;  // the folder's
  const auto known = std::find_if(kDefaults.begin(), kDefaults.end(), [&](const DefaultRule& rule) { return rule.folder == folder; });
  if (known != kDefaults.end()) own.permitted = known->permitted, own.required = known->required;
  std::vector<Rule> rules;
  for (const SubmissionEntry& entry : entries) {
    if (!fits(entry.pattern, folder + "/" + name)) continue;
    if (!entry.language.empty()) out.language = entry.language;
    if (!entry.entry.empty()) out.entry = entry.entry;
    take_times(entry, known != kDefaults.end() && entry.pattern == folder, bounds_time);
    out.asks = out.asks || entry.permitted || entry.required || !entry.rules.empty();
    if (known != kDefaults.end() && entry.pattern == folder) {
      own.permitted = entry.permitted.value_or(own.permitted);
      own.required = entry.required.value_or(own.required);
    } else if (entry.permitted || entry.required) {
      Rule rule;
      rule.permitted = entry.permitted.value_or(kAnyOutcome);
      rule.required = entry.required.value_or(kAnyOutcome);
      rules.push_back(std::move(rule));
    }
    rules.insert(rules.end(), entry.rules.begin(), entry.rules.end());
  }
  if (!out.asks) return out;
  rules.insert(rules.begin(), own);
  const bool partial = expectation.partial;
  expectation = {};
  expectation.partial = partial;
  expectation.verdicts = partial ? std::vector<Verdict>{Verdict::kGraded} : verdicts_of_rules(rules);
  expectation.rules = std::move(rules);
  return out;
}

}  // namespace otmetka::packages
