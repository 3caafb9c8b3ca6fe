// A package's own submissions, run and held against what the package says of them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "packages/package.h"

namespace otmetka::packages {

// How programs are run; a test puts something else in their place.
struct Workbench {
  // By id; null: there is none.
  std::function<const sandbox::LanguageState*(const std::string& id)> language;
  std::function<Result<checkers::program::Judged>(const checkers::program::Task&, const checkers::program::SubmittedProgram&,
                                                  bool all_tests)>
      judge;
  // A package's own grader: what it prints for these arguments and this input. May be null.
  std::function<Result<std::string>(const checkers::program::Judge& grader, const std::vector<std::string>& arguments,
                                    const std::string& input)>
      grade;
};

// A test as a teacher sees it: what differed, how the program ended, what it or the judge said.
struct FailedTest {
  std::string test;
  Verdict verdict = Verdict::kGraded;
  std::optional<Message> detail;
  std::string said;
};

struct VerifiedSubmission {
  std::string submission;             // its path in the package
  std::vector<std::string> expected;  // verdict names; empty: the package says nothing
  std::string verdict;                // a verdict name, or "SKIPPED"
  std::optional<bool> agrees;         // nothing: skipped, or nothing is expected
  std::vector<TestOutcome> tests;     // those that were run
  std::optional<double> score;        // of a scoring package
  std::optional<FailedTest> failed;   // where it does not agree: the first test that is not as expected, or failed
  std::string compile_log;            // where it does not agree and did not compile
  std::vector<Message> notes;         // why it was skipped or what failed; OT554, OT565, OT567, OT589 and what running may say
};

struct Verification {
  std::int64_t agree = 0, disagree = 0, skipped = 0, unknown = 0;  // unknown: nothing is expected
  double time_limit = 0;                                           // seconds, that was used
  bool measured = false;                                           // it was made of the accepted submissions' times
};

// Calls `each` for every submission, in the package's order, as soon as its turn has come. Where the package has no time limit,
// the submissions that may not be too slow are run first: the accepted ones with kMeasuringLimit, then the rest with
// kShortMeasuringLimit, or twice the limit that those make. The limit is then 5 times the slowest and at least 2 s in the legacy
// format, in whole seconds twice the slowest in later ones, or what the package's own multiplier makes of it. A submission stops
// at its first failure, as on a judge; where that does not decide what the package expects, it is run on all tests, if that takes
// no longer than kMostOnAllTests. A failure of ours is a row INFRA_ERROR that does not agree.
Verification verify(const Package& package, const Workbench& workbench, const std::function<void(const VerifiedSubmission&)>& each);

inline constexpr std::chrono::seconds kMeasuringLimit{60}, kShortMeasuringLimit{10}, kMostOnAllTests{20};

// The limit in seconds that follows from the slowest accepted submission's.
double time_limit_from(const Package& package, double slowest);

}  // namespace otmetka::packages
