// A run of a teacher's script that reports all its tests by itself: what its end and its report mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/unit_tests/settings.h"
#include "checkers/unit_tests/verdict.h"
#include "sandbox/sandbox.h"

namespace otmetka::checkers::unit_tests {

struct ScriptRun {
  std::vector<Judgement> judgements;  // one for each of the plan's tests
  std::vector<std::string> unknown;   // reported, and not among the plan's
  std::optional<Judgement> whole;     // what befell all of them; then `judgements` are so many of it
  sandbox::RunResult of_answer;
};

// What the script may leave in its folder besides kReportFile.
inline constexpr std::string_view kOutputFile = "otmetka_output";  // its standard output
inline constexpr std::string_view kResultsFile = "results.json";
inline constexpr std::string_view kResultsFolder = "results";  // …/results.json is found there too

// Where the report of such a format is.
std::string_view report_file_of(ReportFormat format);

// A report counts only where the script came to its own end and the learner's program to a good one. Otherwise nothing has passed:
// what a script printed before may hold a learner's text. Errors as judge_bridge's: a script that failed before it called anything
// of the learner's is OT622.
Result<ScriptRun> judge_script(sandbox::PairResult pair, const Plan& plan, const sandbox::Language& language);

}  // namespace otmetka::checkers::unit_tests
