// TAP, the Test Anything Protocol, versions 12, 13 and 14, as a teacher's script prints it.
//
// A script may print what a learner's function returned, line breaks and all, so the whole is read strictly: a plan `1..N` that stands
// before or after all results, exactly N results, numbers in order where there are any, nothing cut. A line too many or too few and
// none of it counts. Indented lines (subtests, YAML blocks) count for nothing and change nothing: the result line after them does.
#pragma once

#include <string_view>

#include "checkers/unit_tests/reported_tests.h"

namespace otmetka::checkers::unit_tests {

// Any bytes; linear in them. A test is known by its description (`\#` and `\\` are # and \), one without by its number: "3".
// `# SKIP` and `# todo`, in whatever case, have not passed, even where they are `ok`. Problems: "report_large" over kMostReportBytes;
// "bail_out"; "report_cut" where lines are missing at the end; "report_unfit" for everything else.
ReportedTests read_tap(std::string_view bytes);

}  // namespace otmetka::checkers::unit_tests
