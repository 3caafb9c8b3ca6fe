#include "checkers/unit_tests/script_run.h"

#include <algorithm>

#include "checkers/unit_tests/report_results_json.h"
#include "checkers/unit_tests/report_tap.h"

namespace otmetka::checkers::unit_tests {
namespace {

ReportedTests read_report_of(const sandbox::RunResult& script, ReportFormat format) {
  const auto is_it = [&](const sandbox::CollectedFile& file) { return file.name == report_file_of(format); };
  const auto file = std::find_if(script.files.begin(), script.files.end(), is_it);
  if (file == script.files.end() || file->refused == "missing") return {{}, ReportProblem{"report_absent", {}}};
  if (!file->refused.empty()) return {{}, ReportProblem{file->refused == "too large" ? "report_large" : "report_unfit", file->refused}};
  return format == ReportFormat::kTap ? read_tap(file->bytes) : read_results_json(file->bytes);
}

}  // namespace

std::string_view report_file_of(ReportFormat format) { return format == ReportFormat::kTap ? kOutputFile : kResultsFile; }

Result<ScriptRun> judge_script(sandbox::PairResult pair, const Plan& plan, const sandbox::Language& language) {
  auto ended = judge_bridge(pair, language);
  if (!ended) return ended.failure();
  ScriptRun out;
  out.of_answer = std::move(pair.program);
  if (ended->verdict != Verdict::kGraded) {
    out.whole = std::move(*ended);
  } else {
    ReportedTests reported = read_report_of(pair.interactor, plan.report);
    if (reported.problem) {
      out.whole = Judgement{Verdict::kWrongAnswer, std::move(reported.problem->reason), std::move(reported.problem->detail)};
    } else {
      out.judgements = judge_reported(plan.tests, reported.tests);
      out.unknown = unknown_tests(plan.tests, reported.tests);
    }
  }
  if (out.whole) out.judgements.assign(plan.tests.size(), *out.whole);
  return out;
}

}  // namespace otmetka::checkers::unit_tests
