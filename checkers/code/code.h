// The kind `code`: a program, judged by tests. README.md is the teacher's page.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::code {

CheckerType type();

}  // namespace otmetka::checkers::code
