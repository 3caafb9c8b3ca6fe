// What a run's end and its report come to, without running anything.
#include "checkers/unit_tests/verdict.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::Ending;

const sandbox::Language& language() {
  static const sandbox::Language kLanguage = [] {
    sandbox::Language out;
    out.memory_exits = {3};
    return out;
  }();
  return kLanguage;
}

sandbox::RunResult ended(Ending ending, int code, std::string out = {}) {
  sandbox::RunResult run;
  run.ending = ending;
  run.code = code;
  run.out = std::move(out);
  return run;
}

TEST(Report, IsWholeAndNothingElse) {
  const std::tuple<const char*, const char*, bool> rows[] = {
      {"passed 0\n", "", true},
      {"failed 3\nabc", "", true},
      {"W passed 0\n", "W", true},
      {"", "W", false},
      {"passed 0\n", "W", false},
      {"Wpassed 0\n", "W", false},
      {"V passed 0\n", "W", false},
      {"W passed 0", "W", false},
      {"W passed 0\nOK", "W", false},
      {"W failed 3\nab", "W", false},
      {"W passed\n", "W", false},
      {"W passed -1\n", "W", false},
      {"W passed 0x\n", "W", false},
      {"W failed 2000\n", "W", false},
      {"OK\nW passed 0\n", "W", false},
  };
  for (const auto& [bytes, proof, is_report] : rows) EXPECT_EQ(read_report(bytes, proof).has_value(), is_report) << bytes << " with "
      << proof;
  EXPECT_EQ(read_report("failed 3\nabc", "")->detail, "abc");
}

TEST(Inside, NoEndByItselfPasses) {
  struct Row {
    const char* about;
    sandbox::RunResult run;
    Verdict verdict;
    const char* reason;
  };
  const Row rows[] = {
      {"reported and ended", ended(Ending::kExited, 0, "W passed 0\n"), Verdict::kGraded, ""},
      {"ended without a word", ended(Ending::kExited, 0), Verdict::kRuntimeError, "no_report"},
      {"reported, then another status", ended(Ending::kExited, 1, "W passed 0\n"), Verdict::kRuntimeError, "stopped"},
      {"reported, then a signal", ended(Ending::kSignalled, 11, "W passed 0\n"), Verdict::kRuntimeError, "stopped"},
      {"reported, then hung", ended(Ending::kTimeLimit, 9, "W passed 0\n"), Verdict::kTimeLimit, "time_limit"},
      {"reported, then waited", ended(Ending::kIdleLimit, 9, "W passed 0\n"), Verdict::kIdleLimit, "idle_limit"},
      {"a comparison failed", ended(Ending::kExited, 0, "W failed 1\nx"), Verdict::kWrongAnswer, "wrong"},
      {"something was raised", ended(Ending::kExited, 0, "W error 1\nx"), Verdict::kRuntimeError, "error"},
      {"skipped", ended(Ending::kExited, 0, "W skipped 0\n"), Verdict::kWrongAnswer, "skipped"},
      {"not there", ended(Ending::kExited, 0, "W missing 0\n"), Verdict::kWrongAnswer, "missing"},
      {"the frameworks were changed", ended(Ending::kExited, 0, "W replaced 0\n"), Verdict::kTampered, "replaced"},
      {"another word", ended(Ending::kExited, 0, "W fine 0\n"), Verdict::kTampered, "forged"},
      {"another proof", ended(Ending::kExited, 0, "V passed 0\n"), Verdict::kTampered, "forged"},
      {"printed OK", ended(Ending::kExited, 0, "OK\n"), Verdict::kTampered, "forged"},
      {"two reports", ended(Ending::kExited, 0, "W failed 0\nW passed 0\n"), Verdict::kTampered, "forged"},
      {"killed in the middle of its report", ended(Ending::kSignalled, 9, "W pas"), Verdict::kRuntimeError, "stopped"},
      {"the language's own end for memory", ended(Ending::kExited, 3, ""), Verdict::kMemoryLimit, "memory_limit"},
      {"a forbidden call", ended(Ending::kSecurity, 31, ""), Verdict::kSecurityViolation, "security"},
  };
  for (const Row& row : rows) {
    const auto judged = judge_inside(row.run, language(), "W");
    ASSERT_TRUE(judged) << row.about;
    EXPECT_EQ(judged->verdict, row.verdict) << row.about;
    EXPECT_EQ(judged->reason, row.reason) << row.about;
  }
}

TEST(Inside, ExpectedValuesStayOutOfTheExplanation) {
  EXPECT_EQ(judge_inside(ended(Ending::kExited, 0, "W failed 6\n1 != 2"), language(), "W")->detail, "");
  EXPECT_EQ(judge_inside(ended(Ending::kExited, 0, "W error 4\nKeyE"), language(), "W")->detail, "KeyE");
}

TEST(Inside, WhatIsNotHereIsNobodysVerdict) {
  const auto none = judge_inside(ended(Ending::kExited, 0, "W broken 6\npytest"), language(), "W");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.failure().code(), "OT621");
  EXPECT_TRUE(none.failure().retryable);
  EXPECT_FALSE(judge_inside(ended(Ending::kNotStarted, 2), language(), "W"));
}

sandbox::PairResult pair(sandbox::RunResult program, const char* report, sandbox::RunResult tests, bool tests_first) {
  sandbox::PairResult out{std::move(program), std::move(tests), tests_first};
  if (report != nullptr) out.interactor.files.push_back({std::string(kReportFile), report, {}});
  return out;
}

TEST(Bridge, TheTestsSideDecidesAndTheLearnersMustEndWell) {
  struct Row {
    const char* about;
    sandbox::PairResult pair;
    Verdict verdict;
    const char* reason;
  };
  const auto well = [] { return ended(Ending::kExited, 0); };
  const Row rows[] = {
      {"passed", pair(well(), "passed 0\n", well(), true), Verdict::kGraded, ""},
      {"passed, then the answer hangs", pair(ended(Ending::kTimeLimit, 9), "passed 0\n", well(), true), Verdict::kTimeLimit, "time_limit"},
      {"passed, then the answer crashes", pair(ended(Ending::kSignalled, 11), "passed 0\n", well(), true), Verdict::kRuntimeError,
       "stopped"},
      {"failed, then the answer hangs", pair(ended(Ending::kTimeLimit, 9), "failed 0\n", well(), true), Verdict::kWrongAnswer, "wrong"},
      {"the answer left", pair(well(), "stopped 0\n", well(), false), Verdict::kRuntimeError, "stopped"},
      {"the answer was killed for time", pair(ended(Ending::kTimeLimit, 9), "stopped 0\n", well(), false), Verdict::kTimeLimit,
       "time_limit"},
      {"the answer ran out of memory", pair(ended(Ending::kMemoryLimit, 9), "stopped 0\n", well(), false), Verdict::kMemoryLimit,
       "memory_limit"},
      {"an object", pair(well(), "not_plain 1\nE", well(), true), Verdict::kWrongAnswer, "not_plain"},
      {"words that are no message", pair(well(), "nonsense 0\n", well(), true), Verdict::kWrongAnswer, "nonsense"},
      {"no such function", pair(well(), "absent 0\n", well(), true), Verdict::kRuntimeError, "absent"},
      {"the tests crashed on what they were given", pair(well(), nullptr, ended(Ending::kSignalled, 11), false), Verdict::kRuntimeError,
       "fell"},
      {"the tests' own machine ran out of memory", pair(well(), nullptr, ended(Ending::kExited, 3), false), Verdict::kMemoryLimit,
       "memory_limit"},
      {"the tests were kept busy", pair(well(), nullptr, ended(Ending::kTimeLimit, 9), false), Verdict::kTimeLimit, "time_limit"},
      {"the answer fell, the tests too", pair(ended(Ending::kSignalled, 11), nullptr, ended(Ending::kExited, 1), false),
       Verdict::kRuntimeError, "stopped"},
  };
  for (const Row& row : rows) {
    const auto judged = judge_bridge(row.pair, language());
    ASSERT_TRUE(judged) << row.about;
    EXPECT_EQ(judged->verdict, row.verdict) << row.about;
    EXPECT_EQ(judged->reason, row.reason) << row.about;
  }
}

TEST(Bridge, ATestsSideThatBreaksIsNobodysVerdict) {
  const auto well = ended(Ending::kExited, 0);
  EXPECT_EQ(judge_bridge(pair(well, nullptr, ended(Ending::kExited, 1), false), language()).failure().code(), "OT622");
  EXPECT_EQ(judge_bridge(pair(well, "odd 0\n", well, true), language()).failure().code(), "OT622");
  EXPECT_EQ(judge_bridge(pair(well, "broken 1\nx", well, true), language()).failure().code(), "OT621");
  EXPECT_EQ(judge_bridge(pair(well, nullptr, ended(Ending::kNotStarted, 2), true), language()).failure().code(), "OT564");
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
