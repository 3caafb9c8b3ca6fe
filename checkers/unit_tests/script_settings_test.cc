// Items whose tests are a script: which tests there are, and each thing that may be wrong with their settings.
#include "checkers/unit_tests/script_settings.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "checkers/unit_tests/reported_tests.h"
#include "checkers/unit_tests/unit_tests.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::IsEmpty;

const std::string kTap = R"(language: "python3" submit: "fizz.py" tests: "file:check.py" report: REPORT_TAP
  embedded { reference: "file:check.py" content: "def test_no_test(): pass" } )";
const std::string kThree = R"(weights { test: "three words" weight { num: 2 den: 1 } } )";
const std::string kFive = R"(weights { test: "a.five" weight { num: 1 den: 1 } } )";

v1::UnitTestsSettings parsed(const std::string& text) {
  v1::UnitTestsSettings out;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &out)) << text;
  return out;
}

TEST(ScriptSettings, TestsAreThoseThatWeightsNames) {
  const ReadPlan read = read_plan(parsed(kTap + kThree + kFive + R"(require: "a.five")"), "");
  ASSERT_TRUE(read.plan);
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(read.plan->report, ReportFormat::kTap);
  ASSERT_EQ(read.plan->tests.size(), 2U);
  EXPECT_EQ(read.plan->tests[0].id, "three words");
  EXPECT_EQ(read.plan->tests[0].module, "check");
  EXPECT_EQ(read.plan->tests[0].share, Ratio(2, 3));
  EXPECT_FALSE(read.plan->tests[0].gate);
  EXPECT_EQ(read.plan->tests[1].id, "a.five");
  EXPECT_TRUE(read.plan->tests[1].gate);
}

TEST(ScriptSettings, InAFolderTheScriptHasItsName) {
  const std::string folder = R"(language: "python3" submit: "fizz.py" tests: "dir:tests" report: REPORT_RESULTS_JSON
    embedded { reference: "dir:tests/data.txt" content: "" } embedded { reference: "dir:tests/test_a.py" content: "" } )";
  const ReadPlan read = read_plan(parsed(folder + R"(embedded { reference: "dir:tests/run_tests.py" content: "" } )" + kThree), "");
  ASSERT_TRUE(read.plan);
  EXPECT_EQ(read.plan->report, ReportFormat::kResultsJson);
  EXPECT_EQ(read.plan->tests[0].module, "run_tests");
  const ReadPlan without = read_plan(parsed(folder + kThree), "");
  EXPECT_FALSE(without.plan);
  ASSERT_FALSE(without.problems.empty());
  EXPECT_EQ(without.problems[0].message.id, "OT624");
}

// What a share of a share can come to is known beforehand: the rubric's arithmetic is proved with it.
TEST(ScriptSettings, CreditsHaveAKnownDenominator) {
  const auto denominator = [](const char* report) {
    std::string settings = kTap + kThree + kFive;
    settings.replace(settings.find("REPORT_TAP"), std::string_view("REPORT_TAP").size(), report);
    return type().make(parsed(settings), {}).checker->credit_denominator();
  };
  EXPECT_EQ(denominator("REPORT_TAP"), 3);
  EXPECT_EQ(denominator("REPORT_RESULTS_JSON"), Int128{3} * kParts);
}

TEST(ScriptSettings, ProblemsNameTheirPlace) {
  const std::string cpp = R"(language: "cpp" submit: "a.cpp" tests: "file:t.cpp" isolation: ISOLATION_IN_PROCESS
    embedded { reference: "file:t.cpp" content: "TEST(A, B) {}" } )";
  const std::tuple<std::string, const char*> rows[] = {
      {kTap, "OT623 report"},
      {kTap + kThree + R"(weights { test: "default" weight { num: 1 den: 1 } })", "OT623 weights[1].test"},
      {kTap + kThree + kThree, "OT613 weights[1].test"},
      {kTap + R"(weights { test: "a" weight { num: 0 den: 1 } })", "OT613 weights"},
      {kTap + kThree + R"(require: "five")", "OT613 require[0]"},
      {kTap + kThree + "isolation: ISOLATION_IN_PROCESS", "OT616 isolation"},
      {cpp + kThree + "report: REPORT_TAP", "OT616 report"},
      {cpp + kThree + "report: REPORT_RESULTS_JSON", "OT616 report"},
      {kTap + kThree + R"(embedded { reference: "dir:x/results.json" content: "{}" })", "OT615 tests"},
      {kTap + kThree + R"(embedded { reference: "dir:x/results" content: "{}" })", "OT615 tests"},
      {R"(language: "python3" submit: "fizz.py" tests: "file:check.py" report: REPORT_TAP )" + kThree, "OT168 tests"},
  };
  for (const auto& [settings, expected] : rows) {
    const ReadPlan read = read_plan(parsed(settings), "");
    EXPECT_FALSE(read.plan) << settings;
    ASSERT_FALSE(read.problems.empty()) << settings;
    EXPECT_EQ(read.problems[0].message.id + " " + read.problems[0].path, expected) << settings;
  }
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
