// The two programs of a bridge in C++ and Java, as sources: the tests with functions that stand in for the learner's, the same
// for all answers, and the answer with what calls its functions. Neither has a file of the other's.
#pragma once

#include <string>
#include <vector>

#include "checkers/unit_tests/cpp_sources.h"
#include "checkers/unit_tests/settings.h"
#include "sandbox/workshop.h"

namespace otmetka::checkers::unit_tests {

// In the order of linking. The tests may include a header that the learner hands in: in its place are the declarations.
std::vector<CppUnit> cpp_bridge_tests(const Plan& plan);

// The functions are declared weak, so that one that is not there costs its own tests. Where the learner hands in headers they
// are included where the functions are called, and what is missing does not compile.
std::vector<CppUnit> cpp_bridge_answer(const Plan& plan, const std::vector<sandbox::SourceFile>& given);

std::vector<sandbox::SourceFile> java_bridge_tests(const Plan& plan);
std::vector<sandbox::SourceFile> java_bridge_answer(const Plan& plan, const std::vector<sandbox::SourceFile>& given);

// What errors in the calls of the learner's functions are said of.
inline constexpr const char* kFunctionsFile = "functions";

}  // namespace otmetka::checkers::unit_tests
