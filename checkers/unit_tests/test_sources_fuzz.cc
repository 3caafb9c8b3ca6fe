// Any bytes as a file of tests, an answer or a compiler's log: no crash, no hang, and what is shown of a log is no more than it held.
// The first byte says which.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "checkers/unit_tests/cpp_sources.h"
#include "checkers/unit_tests/discovery.h"
#include "checkers/unit_tests/runs.h"

namespace {

using namespace otmetka::checkers::unit_tests;

void require(bool holds) {
  if (!holds) std::abort();
}

void look_at(const FoundTests& found) {
  auto names = found.names;
  std::sort(names.begin(), names.end());
  require(!found.twice.empty() || std::adjacent_find(names.begin(), names.end()) == names.end());
  for (const std::string& name : names) require(!name.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  switch (data[0] % 5) {
    case 0: look_at(find_python_tests(text)); break;
    case 1: look_at(find_googletest_tests(text)); break;
    case 2:
      look_at(find_junit_tests(text));
      has_java_package(text);
      is_junit5(text);
      break;
    case 3: require(!cpp_units({{"fizz.cpp", text}, {"more.h", text}}, {"fizz.cpp", "more.h"}, {{"tests.cpp", text}}).empty()); break;
    default: require(shown_log(text, {{"fizz.cpp", ""}}, {{"tests.cpp", ""}}).size() <= text.size() + 1); break;
  }
  return 0;
}
