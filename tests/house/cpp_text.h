// C++ as text: which characters are code, comment or literal, and what is included. No compiler: enough of the grammar to
// measure and to search without being fooled by strings and comments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::house {

enum class Part : char { kCode, kComment, kLiteral };

// For each byte what it belongs to. The quotes of a literal are code, its contents are not. Raw strings, escapes and digit
// separators (1'000) are understood.
std::vector<Part> classify(std::string_view cpp);

// The text with everything blanked but code; lines stay where they are.
std::string code_only(std::string_view cpp);

struct Literal {
  std::string text;  // between the quotes, escapes as written
  int line;
  std::size_t at;    // of its first byte
};
std::vector<Literal> string_literals(std::string_view cpp);

struct Include {
  std::string target;
  bool system;  // <…>
  int line;
};
std::vector<Include> includes(std::string_view cpp);

// The number of the line, from 1, that holds byte `at`.
int line_of(std::string_view text, std::size_t at);

}  // namespace otmetka::house
