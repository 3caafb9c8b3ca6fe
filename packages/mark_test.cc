#include "packages/mark.h"

#include <gtest/gtest.h>

#include "packages/package_test_support.h"

namespace otmetka::packages {
namespace {

using checkers::program::Judged;
using Files = ScratchPackage::Files;

Files legacy_scoring(Files files) {
  files.push_back({"problem.yaml", "name: A\ntype: scoring\n"});
  return files;
}

std::string worth(const Files& files) {
  const ScratchPackage scratch(files);
  const auto package = read_package(scratch.path());
  if (!package) return package.failure().code();
  const auto out = worth_of(*package);
  return out ? out->to_string() : out.failure().code();
}

TEST(Worth, IsOneOfAPassFailPackage) { EXPECT_EQ(worth({}), "1"); }

TEST(Worth, IsTheBestScoreThatAScoringPackageNames) {
  EXPECT_EQ(worth(legacy_scoring({{"data/testdata.yaml", "range: 0 60\n"}})), "60");
  EXPECT_EQ(worth(legacy_scoring({{"data/testdata.yaml", "range: 0 12.5\n"}})), "25/2");
  EXPECT_EQ(worth({{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\n"}}), "100");
  EXPECT_EQ(worth({{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\n"},
                   {"data/secret/test_group.yaml", "max_score: 40\n"}}),
            "40");
}

TEST(Worth, IsWhatPassingEveryTestComesToWhereNoScoreIsNamed) {
  EXPECT_EQ(worth(legacy_scoring({{"data/secret/testdata.yaml", "accept_score: 7\n"}})), "7");
  EXPECT_EQ(worth(legacy_scoring({{"data/secret/testdata.yaml", "accept_score: 7\n"},
                                  {"data/secret/2.in", ""},
                                  {"data/secret/2.ans", ""}})),
            "14");
}

TEST(Worth, IsUnknownWhereOnlyTheJudgeKnowsIt) {
  const Files judged = {{"problem.yaml", "name: A\ntype: scoring\nvalidation: custom score\n"}, {"output_validators/v.py", ""}};
  EXPECT_EQ(worth(judged), "OT591");
  Files ranged = judged;
  ranged.push_back({"data/testdata.yaml", "range: 0 5\n"});
  EXPECT_EQ(worth(ranged), "5");
  EXPECT_EQ(worth(legacy_scoring({{"data/testdata.yaml", "grading: custom\n"}, {"graders/g.py", ""}})), "OT591");
  EXPECT_EQ(worth(legacy_scoring({{"data/testdata.yaml", "range: 0 2000000\n"}})), "OT591");
  EXPECT_EQ(worth(legacy_scoring({{"data/testdata.yaml", "range: -5 0\n"}})), "OT591");
}

TEST(Worth, IsNothingThatASmallerScoreIsBetterFor) {
  EXPECT_EQ(worth({{"problem.yaml", "name: A\ntype: scoring\ngrading: {objective: min}\n"}}), "OT592");
}

TEST(Worth, IsUnknownWhereSomethingOfTheProgramsIsMissing) {
  EXPECT_EQ(worth({{"include/cpp/x.h", ""}}), "1");
  EXPECT_EQ(worth({{"include/cpp/deep/x.h", ""}}), "OT596");
}

TEST(Worth, IsUnknownWhereATestIsMissing) {
  EXPECT_EQ(worth({{"data/secret/2.in", ""}}), "OT553");
  EXPECT_EQ(worth({{"data/sample/1.ans", ""}}), "OT553");
  EXPECT_EQ(worth({{"data/secret/2.in", ""}, {"data/secret/2.ans", ""}}), "1");
}

// Each letter is a test: a(ccepted), w(rong), - (not run).
Judged judged(const std::string& tests) {
  Judged out;
  for (const char test : tests) {
    checkers::program::TestReport& report = out.tests.emplace_back();
    report.run = test != '-';
    report.outcome.verdict = test == 'w' ? Verdict::kWrongAnswer : Verdict::kGraded;
    report.credit = Ratio(test == 'a' ? 1 : 0);
    if (test == 'w' && out.verdict == Verdict::kGraded) out.verdict = Verdict::kWrongAnswer;
  }
  return out;
}

std::string told(const ScratchPackage& scratch, const Judged& done) {
  const auto package = read_package(scratch.path());
  if (!package) return package.failure().code();
  const Ratio worth = *worth_of(*package);
  const auto mark = mark_of(*package, worth, done, nullptr);
  if (!mark) return mark.failure().code();
  EXPECT_EQ(mark_denominator(*package, worth) % mark->credit.den(), 0);
  return std::string(verdict_name(mark->verdict)) + " " + mark->credit.to_string() + (mark->score ? " " + mark->score->to_string() : "");
}

TEST(Mark, OfAPassFailPackageIsAllOrNothing) {
  const ScratchPackage scratch({{"data/secret/2.in", ""}, {"data/secret/2.ans", ""}});
  EXPECT_EQ(told(scratch, judged("aa")), "GRADED 1");
  EXPECT_EQ(told(scratch, judged("w-")), "WRONG_ANSWER 0");
  EXPECT_EQ(told(scratch, judged("aw")), "WRONG_ANSWER 0");
}

TEST(Mark, OfAScoringPackageIsItsScore) {
  Files files = {{"problem.yaml", "problem_format_version: 2025-09\nname: A\ntype: scoring\n"}};
  for (const char* test : {"2", "3"}) {
    files.push_back({std::string("data/secret/") + test + ".in", ""});
    files.push_back({std::string("data/secret/") + test + ".ans", ""});
  }
  const ScratchPackage scratch(files);
  EXPECT_EQ(told(scratch, judged("aaa")), "GRADED 1 100");
  EXPECT_EQ(told(scratch, judged("awa")), "WRONG_ANSWER 66667/100000 66667/1000");
  EXPECT_EQ(told(scratch, judged("www")), "WRONG_ANSWER 0 0");
  Judged broken;
  broken.verdict = Verdict::kCompileError;
  broken.tests.resize(3);
  EXPECT_EQ(told(scratch, broken), "COMPILE_ERROR 0 0");
}

TEST(Mark, KeepsToTheRange) {
  const ScratchPackage scratch(legacy_scoring({{"data/testdata.yaml", "range: 0 10\naccept_score: 25\nreject_score: -5\n"}}));
  EXPECT_EQ(told(scratch, judged("a")), "GRADED 1 10");
  EXPECT_EQ(told(scratch, judged("w")), "WRONG_ANSWER 0 0");
  const ScratchPackage least(legacy_scoring({{"data/testdata.yaml", "range: 4 10\n"}}));
  EXPECT_EQ(told(least, judged("w")), "WRONG_ANSWER 2/5 4");
}

TEST(Mark, KeepsToTheRangeOfEachGroup) {
  const ScratchPackage scratch(legacy_scoring({{"data/testdata.yaml", "range: 0 100\non_reject: continue\n"},
                                               {"data/secret/testdata.yaml", "on_reject: continue\n"},
                                               {"data/secret/a/testdata.yaml", "range: 0 40\n"},
                                               {"data/secret/a/1.in", ""},
                                               {"data/secret/a/1.ans", ""}}));
  Judged done = judged("ww");
  done.tests[1] = judged("a").tests[0];
  done.tests[1].score = 1e9;
  EXPECT_EQ(told(scratch, done), "WRONG_ANSWER 2/5 40");
  done.tests[1].score = -5;
  EXPECT_EQ(told(scratch, done), "WRONG_ANSWER 0 0");
}

TEST(Mark, IsMadeByThePackagesOwnGrader) {
  const ScratchPackage scratch(legacy_scoring({{"data/testdata.yaml", "grading: custom\nrange: 0 10\n"}, {"graders/g.py", ""}}));
  const auto package = read_package(scratch.path());
  ASSERT_TRUE(package) << package.failure().code();
  const RunGrader grader = [](const std::vector<std::string>&, const std::string&) -> Result<std::string> { return std::string("AC 4\n"); };
  const auto mark = mark_of(*package, Ratio(10), judged("w"), grader);
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->verdict, Verdict::kGraded);
  EXPECT_EQ(mark->credit, Ratio(2, 5));
  const RunGrader broken = [](const std::vector<std::string>&, const std::string&) -> Result<std::string> { return std::string("?"); };
  EXPECT_EQ(code_of(mark_of(*package, Ratio(10), judged("w"), broken)), "OT565");
}

}  // namespace
}  // namespace otmetka::packages
