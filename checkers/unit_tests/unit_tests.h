// unit_tests: functions and classes, judged by a teacher's test file in the language's own framework.
//
// A FilesAnswer of files that `submit` names, or a text where it names one file. Each test of the list that is known from the
// teacher's file runs by itself, in the sandbox; it passes when its side of the run reports so and all processes ended well.
//
// rule_id: "answer" with full credit, "partial", or "wrong". status: the verdict of the first test that failed, gates
// (`require`) first; TAMPERED with credit 0 where a report was forged. answer_key: the tests that failed.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::unit_tests {

CheckerType type();

}  // namespace otmetka::checkers::unit_tests
