// Gradescope's results.json as scripts write it, and as somebody would like it to be read.
#include "checkers/unit_tests/report_results_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "three 1/2"; or the problem alone.
std::vector<std::string> read(std::string_view text) {
  const ReportedTests reported = read_results_json(text);
  if (reported.problem) {
    EXPECT_THAT(reported.tests, IsEmpty()) << text;
    return {reported.problem->reason};
  }
  std::vector<std::string> out;
  for (const ReportedTest& test : reported.tests) {
    EXPECT_EQ(test.reason, test.part == Ratio(1) ? "" : test.part.is_zero() ? "wrong" : "part") << test.name;
    out.push_back(test.name + " " + test.part.to_string());
  }
  return out;
}

std::string one(const std::string& keys) { return R"({"tests": [{"name": "t", )" + keys + "}]}"; }

TEST(ResultsJson, AScoreIsAShareOfItsMaximum) {
  const std::tuple<const char*, const char*> rows[] = {
      {R"("score": 2, "max_score": 2)", "t 1"},
      {R"("score": 0, "max_score": 2)", "t 0"},
      {R"("score": 1, "max_score": 3)", "t 1/3"},
      {R"("score": 2.5, "max_score": 3)", "t 5/6"},
      {R"("score": 7, "max_score": 11)", "t 7/11"},
      {R"("score": 0.0001, "max_score": 1)", "t 1/10000"},
      {R"("score": 25e-2, "max_score": 1E0)", "t 1/4"},
      {R"("score": 1e9, "max_score": 1.0e+9)", "t 1"},
      {R"("score": 0.30000000000000004, "max_score": 1)", "t 3/10"},
      {R"("score": 0.9999999999999999, "max_score": 1)", "t 1"},
      {R"("score": 0.3333333333333333, "max_score": 1.0)", "t 1/3"},
      {R"("score": 1, "max_score": 13)", "t 533077/6930000"},  // the nearest there is
      {R"("score": 5, "max_score": 2)", "t 1"},
      {R"("score": -1, "max_score": 2)", "t 0"},
      {R"("score": 0e99, "max_score": 2)", "t 0"},
      {R"("score": 1, "max_score": 2, "status": "failed")", "t 1/2"},
  };
  for (const auto& [keys, expected] : rows) EXPECT_THAT(read(one(keys)), ElementsAre(expected)) << keys;
}

TEST(ResultsJson, WithoutAScoreTheStatusDecides) {
  const std::tuple<const char*, const char*> rows[] = {
      {R"("status": "passed")", "t 1"},
      {R"("status": "failed")", "t 0"},
      {R"("status": "passed", "max_score": 2)", "t 1"},
      {R"("status": "failed", "max_score": 2)", "t 0"},
      {R"("status": "passed", "score": 0, "max_score": 0)", "t 1"},
      {R"("score": 0, "max_score": 0)", "t 0"},
      {R"("score": null, "max_score": null, "status": "passed")", "t 1"},
      {R"("status": null)", "t 0"},
      {R"("max_score": 1)", "t 0"},
  };
  for (const auto& [keys, expected] : rows) EXPECT_THAT(read(one(keys)), ElementsAre(expected)) << keys;
}

TEST(ResultsJson, OtherKeysAreLeftAlone) {
  const char* text = R"({"score": 100, "execution_time": 3, "output": "all", "visibility": "hidden",
    "leaderboard": [{"name": "n", "value": 1}],
    "extra_data": {"tests": [{"name": "no", "status": "passed"}]},
    "tests": [
      {"name": "three", "number": "1.1", "score": 1, "max_score": 1, "tags": ["a", {"name": "inner", "score": 9}], "output": "well done"},
      {"number": "1.2", "status": "passed", "extra_data": {"status": "failed", "status": "failed"}},
      {"number": 3, "status": "passed"},
      {"status": "passed"},
      {"name": "\u0438\u043c\u044f", "status": "passed"}]})";
  EXPECT_THAT(read(text), ElementsAre("three 1", "1.2 1", "3 1", "4 1", "имя 1"));
  EXPECT_THAT(read(R"({"tests": []})"), IsEmpty());
}

TEST(ResultsJson, OutputIsForTheLearnerUnlessTheTestIsHidden) {
  const auto first = [](const char* keys) { return read_results_json(one(keys)).tests.at(0); };
  EXPECT_EQ(first(R"("status": "failed", "output": "look at zero")").detail, "look at zero");
  EXPECT_EQ(first(R"("status": "failed", "output": "look", "visibility": "visible")").detail, "look");
  EXPECT_EQ(first(R"("status": "passed", "output": "look at zero")").detail, "");
  for (const std::string visibility : {"hidden", "after_due_date", "after_published", "whatever"}) {
    const ReportedTest test = first((R"("status": "failed", "output": "look", "visibility": ")" + visibility + "\"").c_str());
    EXPECT_TRUE(test.hidden) << visibility;
    EXPECT_EQ(test.detail, "") << visibility;
  }
  EXPECT_EQ(first((R"("status": "failed", "output": ")" + std::string(5'000, 'x') + "\"").c_str()).detail.size(), kMostDetail);
}

TEST(ResultsJson, WhatIsNotWholeIsNotBelieved) {
  const std::string good = one(R"("status": "passed")");
  const std::tuple<std::string, const char*> rows[] = {
      {"", "report_absent"},
      {" \n", "report_absent"},
      {"{}", "report_absent"},
      {R"({"score": 10})", "report_absent"},
      {good.substr(0, good.size() - 1), "report_cut"},
      {good.substr(0, good.size() / 2), "report_cut"},
      {good + "{}", "report_unfit"},
      {good + std::string(1, '\0'), "report_unfit"},
      {std::string("\0", 1) + good, "report_unfit"},
      {"\xef\xbb\xbf" + good, "report_unfit"},
      {"[]", "report_unfit"},
      {"1", "report_unfit"},
      {R"({"tests": {}})", "report_unfit"},
      {R"({"tests": true})", "report_unfit"},
      {R"({"tests": null})", "report_unfit"},
      {R"({"tests": [1]})", "report_unfit"},
      {R"({"tests": [null]})", "report_unfit"},
      {R"({"tests": [[]]})", "report_unfit"},
      {R"({"tests": [], "tests": []})", "report_unfit"},
      {one(R"("status": "passed", "status": "passed")"), "report_unfit"},
      {one(R"("status": "failed", "name": "u")"), "report_unfit"},
      {one(R"("status": "ok")"), "report_unfit"},
      {one(R"("status": true)"), "report_unfit"},
      {one(R"("score": 1)"), "report_unfit"},
      {one(R"("score": "1", "max_score": 1)"), "report_unfit"},
      {one(R"("score": [1], "max_score": 1)"), "report_unfit"},
      {one(R"("score": NaN, "max_score": 1)"), "report_unfit"},
      {one(R"("score": Infinity, "max_score": 1)"), "report_unfit"},
      {one(R"("score": 1000000001, "max_score": 1)"), "report_unfit"},
      {one(R"("score": 9e18, "max_score": 1)"), "report_unfit"},
      {one(R"("score": 1e999999999999999999999, "max_score": 1)"), "report_unfit"},
      {one(R"("score": 1, "max_score": -1)"), "report_unfit"},
      {one(R"("status": "passed", "output": ")" "\xff" R"(")"), "report_unfit"},
      {one(R"("status": "passed", "output": "\ud800")"), "report_unfit"},
      {R"({"x": )" + std::string(40, '[') + std::string(40, ']') + "}", "report_unfit"},
      {std::string(kMostReportBytes + 1, ' '), "report_large"},
  };
  for (const auto& [text, expected] : rows) EXPECT_THAT(read(text), ElementsAre(expected)) << text.substr(0, 200);
}

TEST(ResultsJson, SizesAreBounded) {
  const auto many = [](std::size_t count) {
    std::string text = R"({"tests": [{})";
    for (std::size_t i = 1; i < count; ++i) text += ",{}";
    return text + "]}";
  };
  EXPECT_EQ(read_results_json(many(kMostReportedTests)).tests.size(), kMostReportedTests);
  EXPECT_THAT(read(many(kMostReportedTests + 1)), ElementsAre("report_unfit"));
  const std::string digits(500'000, '1');
  EXPECT_THAT(read(one("\"score\": 0." + digits + ", \"max_score\": 1")), ElementsAre("t 1/9"));
  EXPECT_THAT(read(one("\"score\": " + digits + ", \"max_score\": 1")), ElementsAre("report_unfit"));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
