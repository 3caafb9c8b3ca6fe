// Any bytes as what our own harness reports of one test, in a file or on standard output: no crash, and only a whole report that
// says so has passed. The first byte chooses the place and how the run ended.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "checkers/unit_tests/verdict.h"

namespace {

using namespace otmetka;
using namespace otmetka::checkers::unit_tests;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view kProof = "0123456789abcdef";

sandbox::RunResult ended(bool well) {
  sandbox::RunResult run;
  run.ending = well ? sandbox::Ending::kExited : sandbox::Ending::kSignalled;
  run.code = well ? 0 : 11;
  return run;
}

void check(const Result<Judgement>& judged, bool has_passed) {
  if (!judged) {
    require(judged.failure().code() == "OT621" || judged.failure().code() == "OT622");
    return;
  }
  require((judged->verdict == Verdict::kGraded) == has_passed);
  require(judged->reason.empty() == has_passed && judged->detail.size() <= kMostDetail);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  const bool well = data[0] % 2 == 0;
  const sandbox::Language language;
  if (data[0] & 2) {
    sandbox::PairResult pair{ended(well), ended(true), (data[0] & 4) != 0};
    pair.interactor.files.push_back({std::string(kReportFile), text, {}});
    const auto report = read_report(text, {});
    check(judge_bridge(pair, language), well && report && report->word == "passed");
  } else {
    sandbox::RunResult run = ended(well);
    run.out = text;
    const auto report = read_report(text, kProof);
    require(!report || text.starts_with(kProof));
    check(judge_inside(run, language, kProof), well && report && report->word == "passed");
  }
  return 0;
}
