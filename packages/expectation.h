// What a package says of its own submissions: by the folder they lie in, by a comment in the source, by submissions.yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/result.h"
#include "model/verdict.h"
#include "yaml/node.h"

namespace otmetka::packages {

// The four outcomes that packages tell apart, as a set.
using Outcomes = std::uint8_t;
inline constexpr Outcomes kAccepted = 1, kWrong = 2, kTooSlow = 4, kCrashed = 8;
inline constexpr Outcomes kAnyOutcome = kAccepted | kWrong | kTooSlow | kCrashed;

// A verdict counts as each of these: an idle program is too slow, one that ran out of memory or did what is forbidden has
// crashed, and one that printed without end is too slow or wrong, since judges differ in what strikes first. 0 for all others.
Outcomes outcomes_of(Verdict verdict);

// The verdicts that count as one of the set, in the order in which they are shown.
std::vector<Verdict> verdicts_of(Outcomes outcomes);

using Scores = std::pair<double, double>;

struct Rule {
  std::string tests;                // pattern of tests and groups ("secret/*-hard"); empty: all
  Outcomes permitted = kAnyOutcome;  // every test has one of these
  Outcomes required = kAnyOutcome;   // one test at least has one of these
  std::optional<Scores> score;       // of the group
  std::string message;               // part of what the judge said of one test
  bool bounds_time = false;          // the time limit is made of these tests' times
};

struct Expectation {
  std::vector<Verdict> verdicts;       // the submission's is one of these; empty: nothing is known
  bool partial = false;                // accepted, but short of the best score
  std::optional<Scores> score;
  std::optional<Rule> otherwise;       // or this holds, on all tests
  std::optional<Rule> also;            // and this holds, on all tests
  std::vector<Rule> rules;             // all of these hold, on all tests; then `verdicts` is only what they come to
};

// By the name of a folder of submissions/ or by a verdict of DOMjudge's ("RUN-ERROR"), in any case. nullopt: it names none
// (`mixed`, `check_manually`).
std::optional<Expectation> expectation_by_name(std::string_view name, bool legacy);

// The comments of a source, `@EXPECTED_RESULTS@: CORRECT, TIMELIMIT` and `@EXPECTED_SCORE@: 40`.
struct Annotation {
  std::vector<Verdict> verdicts;     // empty: none, or none that is known
  std::vector<std::string> unknown;  // words in place of a verdict that say nothing here, the first kMostUnknownWords
  std::optional<double> score;
  int results = 0;  // how many there are
};
inline constexpr std::size_t kMostUnknownWords = 5;
Annotation read_annotation(std::string_view source);

// The folder's word goes before the comment's, which holds in folders that say nothing or only `rejected`; DOMjudge does the
// same. OT584 warns where they contradict each other.
Expectation expectation_of(std::string_view folder, const Annotation& annotation, bool legacy, const std::string& path,
                           std::vector<Message>& warnings);

}  // namespace otmetka::packages
