// Program text without what looks like code and is none: comments and the insides of strings.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::checkers::unit_tests {

// Comments and the insides of strings and characters are spaces; raw strings and text blocks too. Lines stay where they are.
std::string c_like_code(std::string_view source);

// A line of Python after joining what brackets, backslashes and long strings hold together; strings are "".
struct PythonLine {
  std::size_t indent = 0;
  std::string text;
};
std::vector<PythonLine> python_lines(std::string_view source);

bool is_word(char c);

// The words and marks of a text, white space left out; a word is a run of is_word().
std::vector<std::string_view> tokens(std::string_view code);

// The token at `at` and further, or an empty one.
inline std::string_view token(const std::vector<std::string_view>& all, std::size_t at) {
  return at < all.size() ? all[at] : std::string_view();
}

}  // namespace otmetka::checkers::unit_tests
