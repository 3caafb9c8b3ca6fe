#include "checkers/unit_tests/reported_tests.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace otmetka::checkers::unit_tests {

std::vector<Judgement> judge_reported(std::span<const PlannedTest> planned, std::span<const ReportedTest> reported) {
  std::map<std::string_view, const ReportedTest*> worst;
  for (const ReportedTest& test : reported) {
    const ReportedTest*& kept = worst[test.name];
    if (kept == nullptr || test.part < kept->part) kept = &test;
  }
  std::vector<Judgement> out;
  for (const PlannedTest& test : planned) {
    const auto found = worst.find(test.id);
    if (found == worst.end()) {
      out.push_back({.verdict = Verdict::kWrongAnswer, .reason = "missing", .detail = {}});
      continue;
    }
    const ReportedTest& said = *found->second;
    Judgement judgement{.verdict = Verdict::kGraded, .reason = {}, .detail = {}, .part = {}, .hidden = said.hidden};
    if (said.part != Ratio(1)) {
      judgement.verdict = Verdict::kWrongAnswer;
      judgement.reason = said.reason;
      judgement.detail = said.detail;
      judgement.part = said.part;
    }
    out.push_back(std::move(judgement));
  }
  return out;
}

std::vector<std::string> unknown_tests(std::span<const PlannedTest> planned, std::span<const ReportedTest> reported) {
  std::set<std::string_view> known;
  for (const PlannedTest& test : planned) known.insert(test.id);
  std::vector<std::string> out;
  for (const ReportedTest& test : reported) {
    if (known.insert(test.name).second) out.push_back(test.name);
  }
  return out;
}

}  // namespace otmetka::checkers::unit_tests
