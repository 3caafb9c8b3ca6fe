// What learners type besides letters: white space of any kind, and characters that print nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otmetka::checkers {

// The code point at the start of `text` and its length in bytes; length 0 where the bytes are not well-formed UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
CodePoint decode(std::string_view text);

// U+00AD, U+200B–200F, U+202A–202E, U+2060–2064, U+FEFF and the variation selectors: they print nothing, and arrive with text
// copied from web pages, office programs and telephones.
constexpr bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         c == 0xFEFF || (c >= 0x180B && c <= 0x180D) || c == 0x180F || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0100 && c <= 0xE01EF);
}

// Unicode's White_Space.
constexpr bool is_white_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// All functions below are linear and take bytes of any kind; what is not UTF-8 stays.

// A text without the white space and the invisible characters around it.
std::string_view trim_label(std::string_view text);

// A short answer as it is compared: without invisible characters, any run of white space one space, none at the ends.
std::string plain(std::string_view typed);

// For messages: quote(), with what prints nothing as its number, “14⟨U+200B⟩”, and nothing at all as ∅.
std::string visible(std::string_view text);

}  // namespace otmetka::checkers
