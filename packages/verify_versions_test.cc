// What `verify` does with packages of 2023-07 and 2025-09 that it does not do with legacy ones.
#include <gtest/gtest.h>

#include <map>

#include "packages/verify.h"
#include "packages/verify_test_support.h"

namespace otmetka::packages {
namespace {

// Later versions say what every test may come to, behind the first failure too; the legacy one says it of the whole.
TEST(VerifyVersions, TheFoldersRuleIsOfAllTestsInLaterVersions) {
  struct Row {
    const char *folder, *tests, *legacy, *later;
  };
  const Row rows[] = {
      {"wrong_answer", "ok wrong ok", "WRONG_ANSWER yes", "WRONG_ANSWER yes"},
      {"wrong_answer", "wrong crash ok", "WRONG_ANSWER yes", "WRONG_ANSWER NO"},
      {"wrong_answer", "wrong ok slow", "WRONG_ANSWER yes", "WRONG_ANSWER NO"},
      {"wrong_answer", "slow wrong ok", "TIME_LIMIT NO", "TIME_LIMIT NO"},
      {"time_limit_exceeded", "slow wrong ok", "TIME_LIMIT yes", "TIME_LIMIT NO"},
      {"time_limit_exceeded", "wrong slow ok", "TIME_LIMIT yes", "WRONG_ANSWER NO"},
      {"time_limit_exceeded", "slow ok idle", "TIME_LIMIT yes", "TIME_LIMIT yes"},
      {"run_time_error", "crash wrong ok", "RUNTIME_ERROR yes", "RUNTIME_ERROR NO"},
      {"brute_force", "slow crash ok", "TIME_LIMIT yes", "TIME_LIMIT yes"},
      {"brute_force", "slow wrong ok", "TIME_LIMIT yes", "TIME_LIMIT NO"},
      {"rejected", "slow wrong crash", "TIME_LIMIT yes", "TIME_LIMIT yes"},
      {"accepted", "ok ok ok", "GRADED yes", "GRADED yes"},
      {"wrong_answer", "compile", "COMPILE_ERROR NO", "COMPILE_ERROR NO"},
      {"run_error", "crash wrong ok", "RUNTIME_ERROR yes", "RUNTIME_ERROR yes"},  // DOMjudge's
  };
  for (const Row& row : rows) {
    EXPECT_EQ(one(row.folder, row.tests), row.legacy) << row.folder << ": " << row.tests;
    const ScratchPackage::Files later = {{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"}};
    EXPECT_EQ(one(row.folder, row.tests, later), row.later) << row.folder << ": " << row.tests;
  }
}

// One that is to be wrong may be so by never ending: it is not waited for as the accepted ones are.
TEST(VerifyVersions, WhatIsToFailIsNotWaitedForLong) {
  const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                                                     {"data/secret/2.in", "2\n"},
                                                     {"data/secret/2.ans", "2\n"},
                                                     {"submissions/accepted/a.py", "1500"},
                                                     {"submissions/wrong_answer/b.py", "59000"},
                                                     {"submissions/wrong_answer/c.py", "2400 wrong"}});
  const auto package = read_package(scratch.path(), sandbox::built_in_languages());
  ASSERT_TRUE(package);
  std::map<std::string, std::chrono::nanoseconds> longest;
  Workbench bench = workbench();
  bench.judge = [&longest, judge = bench.judge](const Task& task, const SubmittedProgram& program, bool all) {
    std::chrono::nanoseconds& limit = longest[program.files.at(0).bytes];
    limit = std::max(limit, task.limits.cpu);
    return judge(task, program, all);
  };
  const Verification done = verify(*package, bench, [](const VerifiedSubmission&) {});
  EXPECT_EQ(longest["1500"], kMeasuringLimit);
  EXPECT_EQ(longest["59000"], kShortMeasuringLimit);
  EXPECT_DOUBLE_EQ(done.time_limit, 5) << "twice 2.4 s, in whole seconds";
}

// The limit is not there yet when the first tests are measured, so that the second cannot be too slow for it.
TEST(VerifyVersions, SomeTestsMakeTheLimitAndOthersMustBeTooSlowForIt) {
  const ScratchPackage scratch(ScratchPackage::Files{{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                                                     {"data/secret/2.in", "2\n"},
                                                     {"data/secret/2.ans", "2\n"},
                                                     {"submissions/submissions.yaml",
                                                      "tle:\n  secret/1: {use_for_time_limit: lower}\n"
                                                      "  secret/2: {use_for_time_limit: upper}\n"},
                                                     {"submissions/tle/a.py", "1400 30000"}});
  Verification done;
  EXPECT_EQ(verified(scratch, &done), "tle/a.py TIME_LIMIT yes\n");
  EXPECT_DOUBLE_EQ(done.time_limit, 3) << "twice 1.4 s, in whole seconds";
}

TEST(VerifyVersions, WithoutABestScoreTheJudgeHasToGiveOne) {
  const std::pair<const char*, const char*> rows[] = {{"=7", "GRADED -"}, {"ok", "INFRA_ERROR NO OT565"}, {"wrong", "WRONG_ANSWER -"}};
  for (const auto& [test, expected] : rows) {
    const ScratchPackage::Files files = {{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\n"},
                                         {"output_validator/v.py", ""},
                                         {"data/secret/test_group.yaml", "max_score: unbounded\n"}};
    EXPECT_EQ(one("mixed", std::string(test) + " =1 =1", files), expected);
  }
}

// Of a and of b that requires it, 40 and 60 points.
TEST(VerifyVersions, TheScoreIsTheSameHoweverManyTestsAreRun) {
  struct Row {
    const char *tests, *score;
  };
  const Row rows[] = {{"ok ok", "100"}, {"ok wrong", "40"}, {"wrong ok", "0"}};
  for (const Row& row : rows) {
    ScratchPackage::Files files = {{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\nlimits: {time_limit: 1}\n"},
                                   {"data/secret/a/test_group.yaml", "max_score: 40\n"},
                                   {"data/secret/b/test_group.yaml", "max_score: 60\nrequire_pass: secret/a\n"},
                                   {"submissions/mixed/x.py", row.tests},
                                   {"submissions/submissions.yaml", std::string("mixed: {score: ") + row.score + "}\n"}};
    for (const char* test : {"secret/a/1", "secret/b/1"}) {
      files.push_back({std::string("data/") + test + ".in", ""});
      files.push_back({std::string("data/") + test + ".ans", ""});
    }
    const auto package = read_package(ScratchPackage(files, false).path());
    ASSERT_TRUE(package) << package.failure().code();
    verify(*package, workbench(), [&](const VerifiedSubmission& one) {
      EXPECT_EQ(mark(one.agrees), "yes") << row.tests;
      EXPECT_DOUBLE_EQ(one.score.value_or(-1), std::strtod(row.score, nullptr)) << row.tests;
    });
  }
}

TEST(VerifyVersions, LaterVersionsTakeTwiceTheSlowestOfThoseThatMayNotBeTooSlow) {
  struct Row {
    const char *rules, *folder, *tests;
    double limit;
  };
  const Row rows[] = {
      {"", "accepted", "1200 5", 3},
      {"", "accepted", "100 5", 1},
      {"", "wrong_answer", "1700 wrong", 4},
      {"", "run_time_error", "2100 crash", 5},
      {"", "rejected", "2100 wrong", 1},
      {"", "brute_force", "2100 crash", 1},
      {"accepted/x.py: {use_for_time_limit: false}", "accepted", "2100 5", 1},
      {"wrong_answer: {use_for_time_limit: false}", "wrong_answer", "2100 wrong", 1},
      {"rejected/x.py: {use_for_time_limit: lower}", "rejected", "2100 wrong", 5},
      {"mixed: {permitted: [AC, WA]}", "mixed", "2100 wrong", 5},
      {"mixed: {permitted: [AC, WA], use_for_time_limit: false}", "mixed", "2100 wrong", 1},
      {"mixed: {secret/1: {permitted: [AC]}}", "mixed", "1200 2100", 3},
      {"mixed: {secret/1: {permitted: [AC], use_for_time_limit: false}}", "mixed", "1200 2100", 1},
  };
  for (const Row& row : rows) {
    ScratchPackage::Files files = {{"problem.yaml", "problem_format_version: 2025-09\nname: A\n"},
                                   {"data/secret/2.in", ""},
                                   {"data/secret/2.ans", ""},
                                   {"submissions/accepted/quick.py", "5 5"},
                                   {std::string("submissions/") + row.folder + "/x.py", row.tests}};
    if (*row.rules != '\0') files.push_back({"submissions/submissions.yaml", row.rules});
    Verification done;
    verified(ScratchPackage(files), &done);
    EXPECT_DOUBLE_EQ(done.time_limit, row.limit) << row.rules << " " << row.folder;
  }
}

}  // namespace
}  // namespace otmetka::packages
