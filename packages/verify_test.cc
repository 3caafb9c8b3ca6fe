#include "packages/verify.h"

#include <gtest/gtest.h>

#include "packages/verify_test_support.h"

namespace otmetka::packages {
namespace {

TEST(Verify, APassFailPackage) {
  struct Row {
    const char *folder, *tests, *expected;
  };
  const Row rows[] = {
      {"accepted", "ok ok ok", "GRADED yes"},
      {"accepted", "ok wrong ok", "WRONG_ANSWER NO"},
      {"accepted", "compile", "COMPILE_ERROR NO"},
      {"accepted", "broken", "INFRA_ERROR NO OT565"},
      {"wrong_answer", "ok wrong ok", "WRONG_ANSWER yes"},
      {"wrong_answer", "ok ok ok", "GRADED NO"},
      {"wrong_answer", "slow wrong ok", "TIME_LIMIT NO"},
      {"wrong_answer", "flood ok ok", "OUTPUT_LIMIT yes"},
      {"wrong_answer", "compile", "COMPILE_ERROR NO"},
      {"time_limit_exceeded", "ok slow ok", "TIME_LIMIT yes"},
      {"time_limit_exceeded", "ok idle ok", "IDLE_LIMIT yes"},
      {"time_limit_exceeded", "wrong slow ok", "TIME_LIMIT yes"},  // legacy: it may be wrong too
      {"time_limit_exceeded", "wrong crash slow", "WRONG_ANSWER NO"},
      {"run_time_error", "ok crash ok", "RUNTIME_ERROR yes"},
      {"run_time_error", "large ok ok", "MEMORY_LIMIT yes"},
      {"run_time_error", "wrong crash ok", "RUNTIME_ERROR yes"},
      {"compiler_error", "compile", "COMPILE_ERROR yes"},
      {"compiler_error", "ok ok ok", "GRADED NO"},
      {"rejected", "ok ok idle", "IDLE_LIMIT yes"},
      {"rejected", "ok ok ok", "GRADED NO"},
      {"rejected", "long", "INVALID_INPUT yes program.too_much_code"},
      {"accepted", "long", "INVALID_INPUT NO program.too_much_code"},
      {"wrong_answer", "long", "INVALID_INPUT NO program.too_much_code"},
      {"compiler_error", "long", "INVALID_INPUT yes program.too_much_code"},
      {"brute_force", "ok slow ok", "TIME_LIMIT yes"},
      {"brute_force", "wrong slow ok", "WRONG_ANSWER NO"},
      {"mixed", "ok ok ok", "GRADED -"},
      {"mixed", "wrong ok ok # @EXPECTED_RESULTS@: CORRECT, WRONG-ANSWER", "WRONG_ANSWER yes"},
      {"mixed", "crash ok ok # @EXPECTED_RESULTS@: CORRECT, WRONG-ANSWER", "RUNTIME_ERROR NO"},
  };
  for (const Row& row : rows) EXPECT_EQ(one(row.folder, row.tests), row.expected) << row.folder << ": " << row.tests;
}

TEST(Verify, SaysOfARowThatDisagreesWhatFailed) {
  struct Row {
    const char *folder, *tests, *told;
  };
  const Row rows[] = {
      {"accepted", "ok wrong crash", "secret/2 WRONG_ANSWER it was wrong"},
      {"wrong_answer", "wrong ok crash", "secret/3 RUNTIME_ERROR it was crash"},
      {"wrong_answer", "ok wrong ok", ""},
      {"wrong_answer", "ok ok ok", ""},
      {"accepted", "compile", "x.py:1: no"},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                                                       {".timelimit", "1"},
                                                       {"data/secret/2.in", ""},
                                                       {"data/secret/2.ans", ""},
                                                       {"data/secret/3.in", ""},
                                                       {"data/secret/3.ans", ""},
                                                       {std::string("submissions/") + row.folder + "/x.py", row.tests}});
    const auto package = read_package(scratch.path());
    ASSERT_TRUE(package) << package.failure().code();
    std::string told;
    verify(*package, workbench(), [&](const VerifiedSubmission& one) {
      if (one.failed) told += one.failed->test + " " + std::string(verdict_name(one.failed->verdict)) + " " + one.failed->said;
      told += one.compile_log;
    });
    EXPECT_EQ(told, row.told) << row.folder << ": " << row.tests;
  }
}

TEST(Verify, TheRulesOfSubmissionsYaml) {
  struct Row {
    const char *rules, *folder, *tests, *expected;
  };
  const Row rows[] = {
      {"mixed: {permitted: [AC, WA], required: [WA]}", "mixed", "ok ok wrong", "WRONG_ANSWER yes"},
      {"mixed: {permitted: [AC, WA], required: [WA]}", "mixed", "ok ok ok", "GRADED NO"},
      {"mixed: {permitted: [AC, WA], required: [WA]}", "mixed", "wrong ok slow", "WRONG_ANSWER NO"},
      {"mixed/x.py: {secret/1: {permitted: [AC]}, 'secret/{2,3}': {required: [TLE]}}", "mixed", "ok wrong slow", "WRONG_ANSWER yes"},
      {"mixed/x.py: {secret/1: {permitted: [AC]}, 'secret/{2,3}': {required: [TLE]}}", "mixed", "wrong wrong slow", "WRONG_ANSWER NO"},
      {"accepted/x.py: {message: was slow}", "accepted", "ok ok ok", "GRADED NO"},
      {"mixed/x.py: {message: was slow}", "mixed", "ok slow ok", "TIME_LIMIT yes"},
      {"time_limit_exceeded: {permitted: [AC, WA, TLE]}", "time_limit_exceeded", "ok wrong slow", "TIME_LIMIT yes"},
      {"accepted: {permitted: [WA], required: [WA]}", "accepted", "wrong wrong wrong", "WRONG_ANSWER yes"},
      {"mixed: {permitted: [AC]}", "mixed", "compile", "COMPILE_ERROR NO"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(one(row.folder, row.tests, {{"submissions/submissions.yaml", row.rules}}), row.expected) << row.rules << row.tests;
}

ScratchPackage::Files olympiad(const ScratchPackage::Files& submissions) {
  ScratchPackage::Files out = {{"problem.yaml", "name: A\ntype: scoring\n"},
                               {".timelimit", "1"},
                               {"data/testdata.yaml", "on_reject: continue\nrange: 0 100\ngrader_flags: ignore_sample\n"},
                               {"data/secret/testdata.yaml", "on_reject: continue\ngrader_flags: first_error accept_if_any_accepted\n"},
                               {"data/secret/a/testdata.yaml", "on_reject: break\naccept_score: 40\ngrader_flags: min\n"},
                               {"data/secret/b/testdata.yaml", "on_reject: break\naccept_score: 60\ngrader_flags: min\n"},
                               {"data/sample/testdata.yaml", "accept_score: 0\n"}};
  for (const char* test : {"sample/1", "secret/a/1", "secret/b/1"}) {
    out.push_back({std::string("data/") + test + ".in", ""});
    out.push_back({std::string("data/") + test + ".ans", ""});
  }
  out.insert(out.end(), submissions.begin(), submissions.end());
  return out;
}

TEST(Verify, AScoringPackage) {
  struct Row {
    const char *folder, *tests, *expected;
  };
  const Row rows[] = {
      {"accepted", "ok ok ok", "GRADED yes"},
      {"accepted", "wrong ok ok", "GRADED yes"},  // the sample does not count
      {"accepted", "ok ok wrong", "WRONG_ANSWER NO"},
      {"partially_accepted", "ok ok wrong", "GRADED yes"},
      {"partially_accepted", "ok ok ok", "GRADED NO"},
      {"partially_accepted", "ok slow wrong", "TIME_LIMIT NO"},
      {"wrong_answer", "ok wrong wrong", "WRONG_ANSWER yes"},
      {"wrong_answer", "ok ok wrong", "WRONG_ANSWER yes"},
      {"wrong_answer", "ok ok ok", "GRADED NO"},
      {"time_limit_exceeded", "ok slow wrong", "TIME_LIMIT yes"},
      {"mixed", "ok ok wrong # @EXPECTED_RESULTS@: CORRECT\n# @EXPECTED_SCORE@: 40", "GRADED yes"},
      {"mixed", "ok ok wrong # @EXPECTED_RESULTS@: CORRECT\n# @EXPECTED_SCORE@: 60", "GRADED NO"},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(olympiad({{std::string("submissions/") + row.folder + "/x.py", row.tests}}), false);
    EXPECT_EQ(verified(scratch), std::string(row.folder) + "/x.py " + row.expected + "\n") << row.tests;
  }
}

TEST(Verify, AScoreBeyondTheRangeIsToldAndBroughtIntoIt) {
  struct Row {
    const char *tests, *score, *told;
  };
  const Row rows[] = {
      {"=1000000000 ok ok", "40", "data/secret/a 1000000000 0 40"},
      {"=-5 ok ok", "0", "data/secret/a -5 0 40"},
      {"=1e40 ok ok", "40", "data/secret/a 1e+40 0 40"},
      {"=40 ok ok", "40", ""},
      {"=12.5 ok ok", "12.5", ""},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", "name: A\ntype: scoring\nvalidation: custom score\n"},
                                                       {".timelimit", "1"},
                                                       {"output_validators/v.py", ""},
                                                       {"data/testdata.yaml", "range: 0 100\n"},
                                                       {"data/secret/a/testdata.yaml", "range: 0 40\n"},
                                                       {"data/secret/a/1.in", ""},
                                                       {"data/secret/a/1.ans", ""},
                                                       {"data/secret/b/testdata.yaml", "accept_score: 0\n"},
                                                       {"data/secret/b/1.in", ""},
                                                       {"data/secret/b/1.ans", ""},
                                                       {"data/secret/1.in", ""},
                                                       {"submissions/mixed/x.py", std::string("ok ") + row.tests}});
    const auto package = read_package(scratch.path());
    ASSERT_TRUE(package) << package.failure().code();
    verify(*package, workbench(), [&](const VerifiedSubmission& one) {
      std::string told;
      for (const Message& note : one.notes) {
        EXPECT_EQ(note.id, "OT554");
        for (std::size_t i = 1; i < note.args.size(); ++i) told += (i == 1 ? "" : " ") + std::get<std::string>(note.args[i]);
      }
      EXPECT_EQ(told, row.told) << row.tests;
      EXPECT_DOUBLE_EQ(one.score.value_or(-1), 1 + std::strtod(row.score, nullptr)) << row.tests;
    });
  }
}

TEST(Verify, AKindTimeLimitOfOurOwnIsNoDisagreement) {
  ScratchPackage::Files files = olympiad({{"submissions/partially_accepted/x.py", "ok ok ok"}});
  std::erase_if(files, [](const auto& file) { return file.first == ".timelimit"; });
  EXPECT_EQ(verified(ScratchPackage(files, false)), "partially_accepted/x.py GRADED yes\n");
}

TEST(Verify, WhatCannotBeRunIsSkippedAndNeverAgrees) {
  const ScratchPackage scratch(ScratchPackage::Files{{".timelimit", "1"},
                                                     {"submissions/accepted/a.kt", ""},
                                                     {"submissions/accepted/b.pas", ""},
                                                     {"submissions/accepted/c", ""},
                                                     {"submissions/accepted/d.py", "ok"},
                                                     {"submissions/accepted/d.py.disabled", "ok"},
                                                     {"submissions/wrong_answer/e.py", "ok"}});
  Verification done;
  EXPECT_EQ(verified(scratch, &done),
            "accepted/a.kt SKIPPED - OT589\naccepted/b.pas SKIPPED - OT589\naccepted/c SKIPPED - OT558\naccepted/d.py GRADED "
            "yes\naccepted/d.py.disabled SKIPPED - OT558\nwrong_answer/e.py GRADED NO\n");
  EXPECT_EQ(done.agree, 1);
  EXPECT_EQ(done.disagree, 1);
  EXPECT_EQ(done.skipped, 4);
}

TEST(Verify, WithoutTheValidatorsLanguageNothingIsRun) {
  const ScratchPackage scratch(ScratchPackage::Files{
      {"problem.yaml", "name: A\nvalidation: custom\n"}, {"output_validators/v.pas", ""}, {"submissions/accepted/a.py", "ok"}});
  EXPECT_EQ(verified(scratch), "accepted/a.py SKIPPED - OT589\n");
}

TEST(Verify, MakesTheTimeLimitOfTheSlowestAccepted) {
  struct Row {
    const char* limits;
    const char* slowest;  // of the accepted
    double limit;
  };
  const Row rows[] = {
      {"", "100", 2},
      {"", "1000", 5},
      {"", "1500", 7.5},
      {"limits: {time_multiplier: 2}\n", "1200", 3},
      {"limits: {time_multiplier: 2}\n", "10", 1},
      {"limits: {time_multiplier: 3, time_resolution: 0.5}\n", "1100", 3.5},
      {"limits: {time_limit: 4}\n", "100", 4},
  };
  for (const Row& row : rows) {
    const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", std::string("name: A\n") + row.limits},
                                                       {"submissions/accepted/a.py", row.slowest},
                                                       {"submissions/accepted/b.py", "5"},
                                                       {"submissions/accepted/wrong.py", "wrong"},
                                                       {"submissions/time_limit_exceeded/c.py", "59000"}});
    Verification done;
    EXPECT_EQ(
        verified(scratch, &done),
        "accepted/a.py GRADED yes\naccepted/b.py GRADED yes\naccepted/wrong.py WRONG_ANSWER NO\ntime_limit_exceeded/c.py TIME_LIMIT yes\n");
    EXPECT_DOUBLE_EQ(done.time_limit, row.limit) << row.limits << row.slowest;
    EXPECT_EQ(done.measured, std::string(row.limits).find("time_limit") == std::string::npos);
  }
}

}  // namespace
}  // namespace otmetka::packages
