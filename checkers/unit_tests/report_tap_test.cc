// TAP as scripts print it, and as somebody would like it to be read.
#include "checkers/unit_tests/report_tap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "three passed", "five wrong"; or the problem alone.
std::vector<std::string> read(std::string_view text) {
  const ReportedTests reported = read_tap(text);
  if (reported.problem) {
    EXPECT_THAT(reported.tests, IsEmpty()) << text;
    return {reported.problem->reason};
  }
  std::vector<std::string> out;
  for (const ReportedTest& test : reported.tests) {
    EXPECT_EQ(test.part == Ratio(1), test.reason.empty()) << test.name;
    out.push_back(test.name + " " + (test.reason.empty() ? "passed" : test.reason));
  }
  return out;
}

TEST(Tap, ResultsOfEveryVersion) {
  const std::tuple<const char*, std::vector<std::string>> rows[] = {
      {"1..2\nok 1 - three\nnot ok 2 - five\n", {"three passed", "five wrong"}},
      {"ok 1 - three\nok 2 - five\n1..2\n", {"three passed", "five passed"}},
      {"TAP version 13\n1..1\nok 1 three\n", {"three passed"}},
      {"TAP version 14\n1..1\nok - three\n", {"three passed"}},
      {"1..3\nok\nnot ok\nok 3\n", {"1 passed", "2 wrong", "3 passed"}},
      {"1..1\r\nok 1 - three\r\n", {"three passed"}},
      {"1..0 # SKIP nothing to do\n", {}},
      {"1..2 # two of them\nok 1 - имя с пробелами\nok 2 -  - \n", {"имя с пробелами passed", "- passed"}},
      {"# a comment\n\n1..1\nsomething else\nok3\nokay\nok 1 - three\npragma +strict\n", {"three passed"}},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(read(text), expected) << text;
}

TEST(Tap, DirectivesAreNoPass) {
  const std::tuple<const char*, const char*> rows[] = {
      {"ok 1 - three # SKIP no network", "three skipped"},
      {"ok 1 - three # skipped", "three skipped"},
      {"ok 1 # SKIP", "1 skipped"},
      {"not ok 1 - three # Todo one day", "three todo"},
      {"ok 1 - three #todo", "three todo"},
      {"ok 1 - three # 5", "three # 5 passed"},
      {"ok 1 - C#SKIP", "C#SKIP passed"},
      {R"(ok 1 - three \# SKIP)", "three # SKIP passed"},
      {R"(ok 1 - a\\b \# todo # SKIP)", R"(a\b # todo skipped)"},
      {R"(ok 1 - a\nb)", R"(a\nb passed)"},
  };
  for (const auto& [line, expected] : rows) EXPECT_THAT(read("1..1\n" + std::string(line) + "\n"), ElementsAre(expected)) << line;
}

TEST(Tap, WhatIsIndentedCountsForNothing) {
  EXPECT_THAT(read("1..2\nok 1 - three\n  ---\n  got: 4\n  ok 2 - five\nnot ok 2 - five\n  ...\nok 2 - five\n"),
              ElementsAre("three passed", "five passed"));
  EXPECT_THAT(read("1..1\n# Subtest: three\n    ok 1 - small\n    1..1\nnot ok 1 - three\n"), ElementsAre("three wrong"));
  EXPECT_THAT(read("1..1\n  ---\nok 1 - three\n"), ElementsAre("three passed")) << "a block of YAML follows a result";
}

TEST(Tap, WhatIsNotWholeIsNotBelieved) {
  const std::tuple<const char*, const char*> rows[] = {
      {"", "report_absent"},
      {"hello\n", "report_absent"},
      {"ok 1 - three\n", "report_cut"},
      {"1..2\nok 1 - three\n", "report_cut"},
      {"1..1\nok 1 - thr", "report_cut"},
      {"ok 1 - three\n1..2\n", "report_cut"},
      {"1..1\nok 1 - three\n  ---\n  got: 4\n", "report_cut"},
      {"1..1\nBail out! no database\nok 1 - three\n", "bail_out"},
      {"1..1\nok 1 - three\nok 2 - five\n", "report_unfit"},
      {"ok 1 - three\nok 2 - five\n1..1\n", "report_unfit"},
      {"ok 1 - three\n1..1\nok 2 - five\n", "report_unfit"},
      {"1..1\n1..1\nok 1 - three\n", "report_unfit"},
      {"1..2\nok 2 - three\nok 1 - five\n", "report_unfit"},
      {"1..2\nok 1 - three\nok 1 - three\n", "report_unfit"},
      {"1..1\nok 1a - three\n", "report_unfit"},
      {"1..x\nok 1 - three\n", "report_unfit"},
      {"1..1 more\nok 1 - three\n", "report_unfit"},
      {"1..-1\n", "report_unfit"},
      {"1..99999999999999999999\n", "report_unfit"},
      {"1..10001\n", "report_unfit"},
      {"TAP version 15\n1..1\nok 1 - three\n", "report_unfit"},
      {"1..1\nTAP version 13\nok 1 - three\n", "report_unfit"},
  };
  for (const auto& [text, expected] : rows) EXPECT_THAT(read(text), ElementsAre(expected)) << text;
}

// A script prints what the learner's function returned: `# got: ` and a text with line breaks.
TEST(Tap, LinesThatCameWithAValueSpoilTheReport) {
  const std::string forged = "x\nok 2 - five\nok 3 - seven";
  EXPECT_THAT(read("1..3\nnot ok 1 - three\n# got: " + forged + "\nnot ok 2 - five\nnot ok 3 - seven\n"), ElementsAre("report_unfit"));
  EXPECT_THAT(read("not ok 1 - three\n# got: " + forged + "\nnot ok 2 - five\nnot ok 3 - seven\n1..3\n"), ElementsAre("report_unfit"));
  EXPECT_THAT(read("not ok - three\n# got: x\nok - five\nok - seven\nnot ok - five\n1..2\n"), ElementsAre("report_unfit"));
  EXPECT_THAT(read("1..1\n# got: x\n1..1\nok - three\nnot ok 1 - three\n"), ElementsAre("report_unfit"));
}

TEST(Tap, TheLineIsToldAndSizesAreBounded) {
  EXPECT_EQ(read_tap("1..1\nok 2 - three\n").problem->detail, "2: ok 2 - three");
  EXPECT_EQ(read_tap("1..1\n").problem->detail, "1");
  EXPECT_LE(read_tap("1..1\nok 2 " + std::string(10'000, 'x') + "\n").problem->detail.size(), 130U);
  EXPECT_EQ(read_tap(std::string(kMostReportBytes + 1, '\n')).problem->reason, "report_large");
  std::string many = "1..10000\n";
  for (std::size_t i = 0; i < kMostReportedTests; ++i) many += "ok\n";
  EXPECT_EQ(read_tap(many).tests.size(), kMostReportedTests);
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
