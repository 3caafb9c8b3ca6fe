// The files that run a teacher's tests inside the sandbox; they are part of the program (harness/).
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/workshop.h"

namespace otmetka::checkers::unit_tests {

// What all names in harness/ begin with, in lower or upper case: nobody else's file may.
inline constexpr std::string_view kHarnessPrefix = "otmetka";

// By its name in harness/; asserts that there is such a file.
sandbox::SourceFile harness_file(std::string_view name);

std::vector<sandbox::SourceFile> python_server_files();   // the learner's side of a bridge
std::vector<sandbox::SourceFile> python_bridge_files();   // the tests' side
std::vector<sandbox::SourceFile> python_inside_files();   // both in one process

}  // namespace otmetka::checkers::unit_tests
