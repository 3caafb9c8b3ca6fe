// Which tests a teacher's file has, told from its text alone: the list that a run is held to is known before any code runs.
//
// A test is a function; one with parameters is one test, whatever the cases. What only running would show (tests made in a
// loop, by a plugin, in a base class of another file) is not found, and so is neither run nor counted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otmetka::checkers::unit_tests {

// What a Python file needs to be run: less takes less time.
enum class PythonFramework { kPlain, kUnittest, kPytest };

struct FoundTests {
  std::vector<std::string> names;  // in the order of the file: "test_a", "TestFizz.test_b"; "Suite.Name"; "FizzTest.three"
  std::vector<std::string> twice;  // names that are defined again: one of them would never run
  PythonFramework framework = PythonFramework::kPlain;  // Python only
};

// Any text at all may be given; each takes time linear in it.
FoundTests find_python_tests(std::string_view source);
FoundTests find_googletest_tests(std::string_view source);
FoundTests find_junit_tests(std::string_view source);

// The modules of which a Python file takes all names, `from fizz import *`; not those in packages.
std::vector<std::string> python_star_imports(std::string_view source);

// Whether a Java file's classes are in a package, and whether its tests are JUnit 5's: neither can be run here.
bool has_java_package(std::string_view source);
bool is_junit5(std::string_view source);

}  // namespace otmetka::checkers::unit_tests
