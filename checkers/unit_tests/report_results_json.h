// results.json of Gradescope's autograders, as a teacher's script writes it:
// {"tests": [{"name": "three", "score": 1.5, "max_score": 2, "status": "passed", "output": "…", "visibility": "visible"}]}.
#pragma once

#include <string_view>

#include "checkers/unit_tests/reported_tests.h"

namespace otmetka::checkers::unit_tests {

// Any bytes; linear in them. A test is known by its name, else by its `number`, else by its place from 1. Its part is
// score / max_score, at least 0 and at most 1; where either is missing or max_score is 0, 1 for `status: passed` and 0 otherwise.
// `output` is its detail where `visibility` is `visible` or left out; with another visibility the test is hidden. Other keys are
// left alone, a total `score` too: what tests are worth is the spec's to say. Problems: "report_large" over kMostReportBytes;
// "report_absent" for no bytes or no tests; "report_cut" where it ends early; "report_unfit" for everything else: what is no JSON or
// nested deeper than 32, a key twice, more than kMostReportedTests tests, a value of another type, another status, a score without
// max_score or status, or a number past 10^9. Digits past the ninth after the point are rounded.
ReportedTests read_results_json(std::string_view bytes);

}  // namespace otmetka::checkers::unit_tests
