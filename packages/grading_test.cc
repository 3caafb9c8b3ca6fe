#include "packages/grading.h"

#include <gtest/gtest.h>

namespace otmetka::packages {
namespace {

using enum Verdict;
using VerdictMode = TestGroup::VerdictMode;
using ScoreMode = TestGroup::ScoreMode;

TestGroup group(std::vector<std::size_t> tests) {
  TestGroup out;
  out.stop_at_failure = false;
  for (const std::size_t test : tests) out.members.push_back({false, test});
  return out;
}

std::vector<TestResult> results(const std::vector<Verdict>& verdicts) {
  std::vector<TestResult> out;
  for (const Verdict verdict : verdicts) out.push_back({.run = true, .verdict = verdict, .share = 1, .score = {}});
  return out;
}

std::string graded(const TestTree& tree, const std::vector<TestResult>& tests) {
  const auto done = grade(tree, tests, {});
  if (!done) return done.failure().code();
  return std::string(verdict_name(done->front().verdict)) + " " + std::to_string(static_cast<int>(done->front().score));
}

TEST(Grading, OneVerdictOfMany) {
  struct Row {
    VerdictMode mode;
    std::vector<Verdict> tests;
    const char* expected;
  };
  const Row rows[] = {
      {VerdictMode::kWorst, {kGraded, kGraded}, "GRADED 2"},
      {VerdictMode::kWorst, {kWrongAnswer, kRuntimeError, kTimeLimit}, "RUNTIME_ERROR 0"},
      {VerdictMode::kWorst, {kGraded, kWrongAnswer, kIdleLimit}, "IDLE_LIMIT 1"},
      {VerdictMode::kFirst, {kGraded, kWrongAnswer, kRuntimeError}, "WRONG_ANSWER 1"},
      {VerdictMode::kAlwaysAccept, {kWrongAnswer, kGraded}, "GRADED 1"},
  };
  for (const Row& row : rows) {
    TestTree tree{{group({})}};
    for (std::size_t i = 0; i < row.tests.size(); ++i) tree.groups[0].members.push_back({false, i});
    tree.groups[0].verdict_mode = row.mode;
    EXPECT_EQ(graded(tree, results(row.tests)), row.expected);
  }
}

TEST(Grading, WhatDependsOnAFailedGroupScoresNothingThoughItWasRun) {
  struct Row {
    std::vector<Verdict> tests;  // of a, of b that requires a, of c that requires b
    const char* expected;
  };
  const Row rows[] = {
      {{kGraded, kGraded, kGraded}, "GRADED 3"},
      {{kGraded, kWrongAnswer, kGraded}, "WRONG_ANSWER 1"},
      {{kWrongAnswer, kGraded, kGraded}, "WRONG_ANSWER 0"},
      {{kGraded, kGraded, kTimeLimit}, "TIME_LIMIT 2"},
  };
  for (const Row& row : rows) {
    TestTree tree{{group({}), group({0}), group({1}), group({2})}};
    tree.groups[0].members = {{true, 1}, {true, 2}, {true, 3}};
    tree.groups[2].depends = {1};
    tree.groups[3].depends = {2};
    EXPECT_EQ(graded(tree, results(row.tests)), row.expected);
  }
}

TEST(Grading, OneScoreOfMany) {
  const std::pair<ScoreMode, const char*> rows[] = {
      {ScoreMode::kSum, "GRADED 12"}, {ScoreMode::kMin, "GRADED 2"}, {ScoreMode::kMax, "GRADED 7"}, {ScoreMode::kAverage, "GRADED 4"}};
  for (const auto& [mode, expected] : rows) {
    TestTree tree{{group({0, 1, 2})}};
    tree.groups[0].score_mode = mode;
    tree.groups[0].accept_score = 3;
    auto tests = results({kGraded, kGraded, kGraded});
    tests[1].score = 7;
    tests[2].score = 2;
    EXPECT_EQ(graded(tree, tests), expected);
  }
}

TEST(Grading, AGroupThatStopsDoesNotSeeWhatFollows) {
  TestTree tree{{group({0, 1, 2})}};
  tree.groups[0].stop_at_failure = true;
  EXPECT_EQ(graded(tree, results({kGraded, kWrongAnswer, kRuntimeError})), "WRONG_ANSWER 1");
}

// Two groups worth 40 and 60 beneath the root, of which one is enough; and a sample that does not count.
TestTree olympiad() {
  TestTree tree{{group({}), group({0}), group({}), group({1, 2}), group({3})}};
  tree.groups[0].members = {{true, 1}, {true, 2}};
  tree.groups[0].ignore_sample = true;
  tree.groups[2].members = {{true, 3}, {true, 4}};
  tree.groups[2].accept_if_any = true;
  tree.groups[2].verdict_mode = VerdictMode::kFirst;
  for (const std::size_t i : {3u, 4u}) tree.groups[i].score_mode = ScoreMode::kMin;
  tree.groups[3].accept_score = 40;
  tree.groups[4].accept_score = 60;
  return tree;
}

TEST(Grading, GroupsMayExcuseEachOther) {
  const std::pair<std::vector<Verdict>, const char*> rows[] = {
      {{kGraded, kGraded, kGraded, kGraded}, "GRADED 100"},
      {{kWrongAnswer, kGraded, kGraded, kWrongAnswer}, "GRADED 40"},
      {{kGraded, kGraded, kWrongAnswer, kGraded}, "GRADED 60"},
      {{kGraded, kTimeLimit, kWrongAnswer, kWrongAnswer}, "TIME_LIMIT 0"},
  };
  for (const auto& [verdicts, expected] : rows) EXPECT_EQ(graded(olympiad(), results(verdicts)), expected);
  const auto partly = grade(olympiad(), results({kGraded, kGraded, kGraded, kWrongAnswer}), {});
  ASSERT_TRUE(partly);
  EXPECT_EQ(partly->front().strict, kWrongAnswer);
}

TEST(Grading, WhatWasNotRunIsAsIfItWereNotThere) {
  auto tests = results({kGraded, kGraded, kGraded, kGraded});
  tests[3].run = false;
  EXPECT_EQ(graded(olympiad(), tests), "GRADED 40");
  TestTree tree = olympiad();
  tree.groups[2].missing_is_zero = true;
  tree.groups[2].score_mode = ScoreMode::kMin;
  EXPECT_EQ(graded(tree, tests), "GRADED 0");
}

TEST(Grading, ThePackagesOwnGraderHasTheLastWord) {
  TestTree tree{{group({0, 1})}};
  tree.groups[0].custom = true;
  tree.groups[0].grader_flags = {"points=7"};
  tree.groups[0].accept_score = 2.5;
  std::string asked;
  const auto answer = [&](const std::string& reply) -> RunGrader {
    return [&asked, reply](const std::vector<std::string>& arguments, const std::string& input) -> Result<std::string> {
      asked = arguments[0] + "|" + input;
      return reply;
    };
  };
  const auto tests = results({kGraded, kMemoryLimit});
  const auto done = grade(tree, tests, answer("AC 7.5\n"));
  ASSERT_TRUE(done);
  EXPECT_EQ(asked, "points=7|AC 2.5\nMLE 0\n");
  EXPECT_EQ(done->front().verdict, kGraded);
  EXPECT_EQ(done->front().score, 7.5);
  EXPECT_EQ(grade(tree, tests, answer("fine")).failure().code(), "OT565");
}

TEST(Grading, DomjudgeScoresAGroupOnce) {
  TestTree tree = olympiad();
  tree.groups[0].ignore_sample = false;
  for (TestGroup& one : tree.groups) {
    one.configured = true;
    one.score_mode = ScoreMode::kSum;
  }
  tree.groups[1].configured = false;
  tree.groups[3].own_accept_score = 40;
  tree.groups[4].own_accept_score = 60;
  EXPECT_EQ(domjudge_score(tree, results({kGraded, kGraded, kGraded, kGraded})), 100);
  EXPECT_EQ(domjudge_score(tree, results({kGraded, kGraded, kWrongAnswer, kGraded})), 60);
  auto scored = results({kGraded, kGraded, kWrongAnswer, kGraded});
  scored[1].score = scored[2].score = 9;
  EXPECT_EQ(domjudge_score(tree, scored), 69);
}

}  // namespace
}  // namespace otmetka::packages
