// What reported tests come to for those that the spec names.
#include "checkers/unit_tests/reported_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::ElementsAre;

std::vector<PlannedTest> planned(const std::vector<std::string>& names) {
  std::vector<PlannedTest> out;
  for (const std::string& name : names) {
    out.push_back({.id = name, .module = "t", .share = {}, .gate = false, .framework = PythonFramework::kPlain});
  }
  return out;
}

ReportedTest passed(const std::string& name) { return {name, Ratio(1), "", "", false}; }
ReportedTest failed(const std::string& name) { return {name, Ratio(0), "wrong", "why", false}; }
ReportedTest in_part(const std::string& name, const Ratio& part) { return {name, part, "part", "", true}; }

std::vector<std::string> judged(const std::vector<ReportedTest>& reported) {
  std::vector<std::string> out;
  for (const Judgement& judgement : judge_reported(planned({"a", "b"}), reported)) {
    out.push_back(std::string(verdict_name(judgement.verdict)) + " " + judgement.reason + " " + judgement.part.to_string());
  }
  return out;
}

TEST(Reported, OneThatIsNotReportedHasFailed) {
  EXPECT_THAT(judged({passed("b")}), ElementsAre("WRONG_ANSWER missing 0", "GRADED  0"));
  EXPECT_THAT(judged({passed("c"), passed("A")}), ElementsAre("WRONG_ANSWER missing 0", "WRONG_ANSWER missing 0"));
}

TEST(Reported, APartIsKeptAndIsNoPass) {
  EXPECT_THAT(judged({in_part("a", Ratio(1, 3)), failed("b")}), ElementsAre("WRONG_ANSWER part 1/3", "WRONG_ANSWER wrong 0"));
  const auto judgements = judge_reported(planned({"a"}), std::vector{in_part("a", Ratio(1, 3))});
  EXPECT_TRUE(judgements[0].hidden);
}

TEST(Reported, OfSeveralReportsOfOneNameTheWorstCounts) {
  EXPECT_THAT(judged({failed("a"), passed("a"), passed("b"), failed("b")}), ElementsAre("WRONG_ANSWER wrong 0", "WRONG_ANSWER wrong 0"));
  EXPECT_THAT(judged({passed("a"), in_part("a", Ratio(1, 2)), passed("b"), passed("b")}),
              ElementsAre("WRONG_ANSWER part 1/2", "GRADED  0"));
}

TEST(Reported, UnknownNamesAreListedOnce) {
  EXPECT_THAT(unknown_tests(planned({"a", "b"}), std::vector{passed("c"), passed("a"), failed("c"), passed("")}), ElementsAre("c", ""));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
