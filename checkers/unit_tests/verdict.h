// What the end of a run and what the tests' side wrote of it mean for one test. Nothing here trusts a word of the learner's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/ratio.h"
#include "model/result.h"
#include "model/verdict.h"
#include "sandbox/language.h"
#include "sandbox/sandbox.h"

namespace otmetka::checkers::unit_tests {

struct Report {
  std::string word;    // "passed", "failed", … (harness/otmetka_runner.py, otmetka_proxy.py)
  std::string detail;  // at most kMostDetail bytes, of whatever kind
};
inline constexpr std::size_t kMostDetail = 1'024;

// "WORD LENGTH\n" and so many bytes, and nothing else; with a proof, "PROOF WORD LENGTH\n". nullopt: that is not what it is.
std::optional<Report> read_report(std::string_view bytes, std::string_view proof);

struct Judgement {
  Verdict verdict = Verdict::kGraded;  // kGraded: passed. kTampered: what came in place of the report was no report of ours
  std::string reason;                  // what to tell the learner: a message "unit_tests.REASON"; empty where it passed
  std::string detail;                  // the report's, where it says nothing of expected values
  Ratio part = {};                     // of the test's share: what one that did not pass is worth all the same
  bool hidden = false;                 // the learner is not to be told of it by name
};

// One process in which tests and answer ran together; `proof` was given to this run alone and stands in its report, the only
// thing on its standard output. An end of the process by itself proves nothing. OT621, OT622: our own fault.
Result<Judgement> judge_inside(const sandbox::RunResult& run, const sandbox::Language& language, std::string_view proof);

// A bridge: the learner's code in the pair's program, the tests in its interactor, whose report is a file of its own cell.
Result<Judgement> judge_bridge(const sandbox::PairResult& pair, const sandbox::Language& language);

inline constexpr std::string_view kReportFile = "otmetka_report";

}  // namespace otmetka::checkers::unit_tests
