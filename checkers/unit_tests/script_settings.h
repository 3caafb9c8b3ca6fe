// Settings of an item whose tests are a script that reports by itself (`report: tap`, `report: results.json`).
#pragma once

#include <optional>

#include "checkers/unit_tests/settings.h"

namespace otmetka::checkers::unit_tests {

// What the script is called where `tests` names a folder.
inline constexpr const char* kScriptInFolder = "run_tests.py";

// kHarness for every report that is no script's.
ReportFormat script_report(const v1::UnitTestsSettings& settings);

// Fills plan.tests, of which shares and gates are still to be set: what `weights` names, since only running would show more.
// plan.files and plan.report are set. OT615, OT623, OT624.
std::optional<Problem> name_script_tests(const v1::UnitTestsSettings& settings, Plan& plan);

}  // namespace otmetka::checkers::unit_tests
