// Any bytes as TAP: no crash, no hang; what is read keeps its bounds, and what is not whole gives nothing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checkers/unit_tests/report_tap.h"

namespace {

using namespace otmetka;
using namespace otmetka::checkers::unit_tests;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ReportedTests reported = read_tap(text);
  require(reported.tests.size() <= kMostReportedTests);
  if (reported.problem) {
    require(reported.tests.empty() && !reported.problem->reason.empty());
    return 0;
  }
  for (const ReportedTest& test : reported.tests) {
    require(!test.name.empty() && test.name.size() <= size + 20);
    require(test.part == Ratio(test.reason.empty() ? 1 : 0) && !test.hidden && test.detail.empty());
  }
  // One result more than was planned, wherever it comes from, and none of them counts.
  require(read_tap(std::string(text) + "ok - more\n").problem.has_value());
  return 0;
}
