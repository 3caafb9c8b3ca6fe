// Any bytes as results.json: no crash, no hang; what is read keeps its bounds, and what is cut gives nothing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checkers/unit_tests/report_results_json.h"

namespace {

using namespace otmetka;
using namespace otmetka::checkers::unit_tests;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ReportedTests reported = read_results_json(text);
  require(reported.tests.size() <= kMostReportedTests);
  if (reported.problem) {
    require(reported.tests.empty() && !reported.problem->reason.empty());
    return 0;
  }
  for (const ReportedTest& test : reported.tests) {
    require(!test.part.is_negative() && test.part <= Ratio(1) && kParts % test.part.den() == 0);
    require(test.reason.empty() == (test.part == Ratio(1)));
    require(test.detail.size() <= kMostDetail && (!test.hidden || test.detail.empty()));
  }
  require(read_results_json(text.substr(0, text.rfind('}'))).problem.has_value());
  return 0;
}
