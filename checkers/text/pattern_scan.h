// A pattern read as text: its literals, groups and what in it looks like a slip.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/message.h"

namespace otmetka::checkers::text {

// The pieces of a regular expression in RE2's syntax, as far as warnings and messages need them. Not a parser: RE2 judges
// what is valid. Linear in the pattern; any bytes are allowed.
struct Token {
  enum class Kind {
    kLiteral,     // one character that stands for itself, outside a class
    kDigit,       // `7`, `\d`, `[0-9]`
    kDot,         // a bare `.`
    kClass,       // `[…]` of anything but digits
    kQuantifier,  // `*`, `+?`, `{1,2}`
    kOpen,        // `(`, `(?:`, `(?P<d>`
    kClose,       // `)`
    kOther,       // other escapes, `|`, `^`, `$`, `(?i)`
  };
  Kind kind = Kind::kOther;
  std::size_t offset = 0;
  std::size_t length = 0;
  bool latin = false;     // a class with a Latin letter, or such a literal
  bool cyrillic = false;  // the same for Cyrillic
  bool closed = true;     // a class without its `]`: false
};
std::vector<Token> scan(std::string_view pattern);

// Something about a pattern, with the bytes of the pattern that it is about; length 0: all of it.
struct PatternProblem {
  Message message;
  std::size_t offset = 0;
  std::size_t length = 0;
};

// What is probably not meant: OT271, a bare dot between digits; OT272, a class of Latin and Cyrillic letters; OT273, `\w` or
// `\b`, which know Latin letters only, beside Cyrillic ones.
std::vector<PatternProblem> suspicious(std::string_view pattern);

// OT274: a class with а-я and without ё, which lies outside that range.
std::vector<PatternProblem> forgotten_yo(std::string_view pattern, bool ignore_case);

// OT275: what answers to `text` have lost before they are compared, so that the pattern cannot match there: punctuation at
// its end, two spaces in a row, ß.
struct Lost {
  bool punctuation = false;
  bool spaces = false;
  bool eszett = false;
};
std::vector<PatternProblem> never_met(std::string_view pattern, const Lost& lost);

// The offset of a parenthesis without its partner, searched from the left; npos if all have one.
std::size_t unclosed_parenthesis(std::string_view pattern);

}  // namespace otmetka::checkers::text
