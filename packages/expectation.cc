#include "packages/expectation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

#include "packages/yaml_value.h"

namespace otmetka::packages {
namespace {

struct Named {
  std::string_view name;
  Outcomes outcomes;  // 0: see `verdict`
  Verdict verdict = Verdict::kGraded;
};

// Names with `_` for `-`, in small letters.
constexpr auto kNames = std::to_array<Named>({{"accepted", kAccepted},
                                              {"correct", kAccepted},
                                              {"partially_accepted", kAccepted},
                                              {"wrong_answer", kWrong},
                                              {"no_output", kWrong},
                                              {"presentation_error", kWrong},
                                              {"time_limit_exceeded", kTooSlow},
                                              {"timelimit", kTooSlow},
                                              {"time_limit", kTooSlow},
                                              {"run_time_error", kCrashed},
                                              {"runtime_error", kCrashed},
                                              {"run_error", kCrashed},
                                              {"rejected", kWrong | kTooSlow | kCrashed},
                                              {"brute_force", kTooSlow | kCrashed},
                                              {"compiler_error", 0, Verdict::kCompileError},
                                              {"compile_error", 0, Verdict::kCompileError},
                                              {"output_limit", 0, Verdict::kOutputLimit},
                                              {"output_limit_exceeded", 0, Verdict::kOutputLimit},
                                              {"memory_limit", 0, Verdict::kMemoryLimit},
                                              {"memory_limit_exceeded", 0, Verdict::kMemoryLimit}});

// The folders of 2023-07 and 2025-09, for which the format says what every test may come to.
constexpr auto kLaterFolders = std::to_array<std::string_view>(
    {"accepted", "rejected", "wrong_answer", "time_limit_exceeded", "run_time_error", "brute_force"});

constexpr std::string_view kByHand = "check_manually";  // DOMjudge's word for "no verdict is expected"
constexpr std::size_t kMostWordBytes = 60;

std::string normal(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

const Named* find_name(std::string_view name) {
  const std::string wanted = normal(name);
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const Named& one) { return one.name == wanted; });
  return found == kNames.end() ? nullptr : &*found;
}

std::vector<Verdict> verdicts_named(const Named& named) {
  if (named.outcomes == 0) return {named.verdict};
  return verdicts_of(named.outcomes);
}

// What the format's words ask of all tests, where one verdict of the whole does not show it.
std::optional<Rule> rule_of(Outcomes outcomes, bool legacy) {
  Rule rule;
  rule.required = outcomes;
  if (outcomes == kWrong) {
    rule.permitted = kAccepted | kWrong;
  } else if (outcomes == kTooSlow) {
    rule.permitted = legacy ? kAccepted | kWrong | kTooSlow : kAccepted | kTooSlow;
  } else if (outcomes == kCrashed) {
    rule.permitted = legacy ? kAnyOutcome : kAccepted | kCrashed;
  } else if (outcomes == (kTooSlow | kCrashed)) {
    rule.permitted = kAccepted | kTooSlow | kCrashed;
  } else if ((outcomes & kAccepted) != 0) {
    return std::nullopt;
  }
  return rule;
}

// The rest of the line behind each `tag`, in any case.
std::vector<std::string_view> lines_behind(std::string_view tag, std::string_view text) {
  std::vector<std::string_view> out;
  const auto same = [](char a, char b) { return std::toupper(static_cast<unsigned char>(a)) == b; };
  while (true) {
    const auto at = std::search(text.begin(), text.end(), tag.begin(), tag.end(), same);
    if (at == text.end()) return out;
    text.remove_prefix(static_cast<std::size_t>(at - text.begin()) + tag.size());
    out.push_back(text.substr(0, text.find('\n')));
  }
}

void add(std::vector<Verdict>& to, const std::vector<Verdict>& verdicts) {
  for (const Verdict verdict : verdicts) {
    if (std::find(to.begin(), to.end(), verdict) == to.end()) to.push_back(verdict);
  }
}

void take_results(std::string_view line, Annotation& out) {
  while (!line.empty()) {
    const auto comma = std::min(line.find(','), line.size());
    // Behind the last name a comment may end: `CORRECT */`.
    const std::vector<std::string> words = split_words(line.substr(0, comma));
    line.remove_prefix(std::min(comma + 1, line.size()));
    if (words.empty()) continue;
    if (const Named* named = find_name(words[0])) {
      add(out.verdicts, verdicts_named(*named));
    } else if (normal(words[0]) != kByHand && out.unknown.size() < kMostUnknownWords) {
      out.unknown.push_back(words[0].substr(0, kMostWordBytes));
    }
  }
}

}  // namespace

Outcomes outcomes_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kGraded: return kAccepted;
    case Verdict::kWrongAnswer: return kWrong;
    case Verdict::kTimeLimit:
    case Verdict::kIdleLimit: return kTooSlow;
    case Verdict::kRuntimeError:
    case Verdict::kMemoryLimit:
    case Verdict::kSecurityViolation: return kCrashed;
    case Verdict::kOutputLimit: return kWrong | kTooSlow;
    default: return 0;
  }
}

std::vector<Verdict> verdicts_of(Outcomes outcomes) {
  using enum Verdict;
  std::vector<Verdict> out;
  for (const Verdict verdict :
       {kGraded, kWrongAnswer, kTimeLimit, kIdleLimit, kRuntimeError, kMemoryLimit, kSecurityViolation, kOutputLimit}) {
    if ((outcomes_of(verdict) & outcomes) != 0) out.push_back(verdict);
  }
  return out;
}

std::optional<Expectation> expectation_by_name(std::string_view name, bool legacy) {
  const Named* named = find_name(name);
  if (named == nullptr) return std::nullopt;
  Expectation out;
  out.verdicts = verdicts_named(*named);
  out.partial = named->name == "partially_accepted";
  if (named->outcomes == 0) return out;
  const bool asks_all = !legacy && std::find(kLaterFolders.begin(), kLaterFolders.end(), name) != kLaterFolders.end();
  (asks_all ? out.also : out.otherwise) = rule_of(named->outcomes, legacy);
  return out;
}

Annotation read_annotation(std::string_view source) {
  Annotation out;
  for (const std::string_view line : lines_behind("@EXPECTED_RESULTS@:", source)) {
    ++out.results;
    take_results(line, out);
  }
  for (const std::string_view line : lines_behind("@EXPECTED_SCORE@:", source)) {
    const std::vector<std::string> words = split_words(line);
    if (const auto score = words.empty() ? std::nullopt : number_of(words[0])) {
      out.score = score;
    } else {
      ++out.results;
      take_results(line, out);
    }
  }
  return out;
}

Expectation expectation_of(std::string_view folder, const Annotation& annotation, bool legacy, const std::string& path,
                           std::vector<Message>& warnings) {
  Expectation out = expectation_by_name(folder, legacy).value_or(Expectation{});
  if (annotation.score) out.score = {*annotation.score, *annotation.score};
  // More than one word on it is no word: DOMjudge refuses such a submission.
  if (annotation.results != 1 || annotation.verdicts.empty()) return out;
  if (out.verdicts.empty() || normal(folder) == "rejected") {
    out.verdicts = annotation.verdicts;
    out.otherwise.reset();
    out.also.reset();
  } else if (std::find(annotation.verdicts.begin(), annotation.verdicts.end(), out.verdicts.front()) == annotation.verdicts.end()) {
    warnings.push_back({"OT584", {path, std::string(folder)}});
  }
  return out;
}

}  // namespace otmetka::packages
