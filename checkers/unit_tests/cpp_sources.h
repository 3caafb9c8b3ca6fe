// C++ sources as they are compiled together: the learner's headers cannot change what the tests' macros mean.
#pragma once

#include <string>
#include <vector>

#include "sandbox/workshop.h"

namespace otmetka::checkers::unit_tests {

// A source and the headers that it may include.
struct CppUnit {
  std::vector<sandbox::SourceFile> files;  // the source first
  bool of_answer = false;
};

// The harness, the teacher's sources and the learner's, in the order of linking. GoogleTest stands before each test file; a
// learner's header `x.h` becomes a file of another name, included by an `x.h` that puts the macros and keywords back that it may
// have defined. A teacher's source has the learner's headers only where some file of the teacher's names one.
std::vector<CppUnit> cpp_units(const std::vector<sandbox::SourceFile>& given, const std::vector<std::string>& submit,
                               const std::vector<sandbox::SourceFile>& teachers);

}  // namespace otmetka::checkers::unit_tests
