// How many cells of a terminal a character takes.
#pragma once

#include <cstddef>
#include <string_view>

namespace otmetka::spec {

// 0 for combining marks and invisible characters, 2 for East Asian wide characters and emoji, else 1. The blocks of
// Unicode's EastAsianWidth (W, F) and of categories Mn, Me, Cf that meet in school texts, not the whole tables: a
// character missed is off by a cell.
int display_width(char32_t code_point);

// The code point that starts at `at` and its bytes; U+FFFD and 1 where the bytes are no UTF-8. at < text.size().
struct Decoded {
  char32_t code_point = 0;
  std::size_t length = 1;
};
Decoded decode(std::string_view text, std::size_t at);

// Whether printing it could steer a terminal or turn the direction of what follows: C0 and C1 controls, DEL, bidirectional
// overrides and isolates.
bool is_control(char32_t code_point);

// Whether a letter or digit of an id: letters of the living scripts, never marks, punctuation, symbols or emoji.
bool is_letter_or_digit(char32_t code_point);

enum class Script { kNone, kLatin, kCyrillic, kOther };
Script script_of(char32_t letter);

}  // namespace otmetka::spec
