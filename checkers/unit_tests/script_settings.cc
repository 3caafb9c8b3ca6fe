#include "checkers/unit_tests/script_settings.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "checkers/unit_tests/script_run.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Settings = v1::UnitTestsSettings;

Problem problem(const char* code, std::string path, std::vector<Arg> args) { return {{code, std::move(args)}, std::move(path), 0, 0}; }

}  // namespace

ReportFormat script_report(const Settings& settings) {
  switch (settings.report()) {
    case Settings::REPORT_TAP: return ReportFormat::kTap;
    case Settings::REPORT_RESULTS_JSON: return ReportFormat::kResultsJson;
    default: return ReportFormat::kHarness;
  }
}

std::optional<Problem> name_script_tests(const Settings& settings, Plan& plan) {
  if (plan.files.empty()) return std::nullopt;  // that has been said
  const auto named = [&](std::string_view name) {
    return std::any_of(plan.files.begin(), plan.files.end(), [&](const auto& file) { return file.name == name; });
  };
  const bool in_folder = settings.tests().starts_with("dir:");
  if (in_folder && !named(kScriptInFolder)) return problem("OT624", "tests", {settings.tests(), std::string(kScriptInFolder)});
  for (const std::string_view ours : {kResultsFile, kResultsFolder}) {
    if (named(ours)) return problem("OT615", "tests", {std::string(ours)});
  }
  const std::string script = stem_of(in_folder ? kScriptInFolder : plan.files[0].name);
  const std::string report = plan.report == ReportFormat::kTap ? "tap" : "results.json";
  std::set<std::string_view> seen;
  for (int i = 0; i < settings.weights_size(); ++i) {
    const std::string& name = settings.weights(i).test();
    if (name == "default") return problem("OT623", "weights[" + std::to_string(i) + "].test", {report});
    // One that is named twice is told with the weights.
    if (seen.insert(name).second) {
      plan.tests.push_back({.id = name, .module = script, .share = {}, .gate = false, .framework = PythonFramework::kPlain});
    }
  }
  if (plan.tests.empty()) return problem("OT623", "report", {report});
  return std::nullopt;
}

}  // namespace otmetka::checkers::unit_tests
