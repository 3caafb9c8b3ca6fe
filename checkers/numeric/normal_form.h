// One spelling for the many characters that keyboards, phones and word processors put into a number.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "checkers/typed_text.h"

namespace otmetka::checkers::numeric {

// Longest answer or key, in bytes, that is looked at as a number; 64 digits in groups with a long unit take about 300.
inline constexpr std::size_t kMaxNumberBytes = 512;

enum class NormalFault {
  kNone,
  kTooLong,    // more than kMaxNumberBytes
  kBadUtf8,    // not well-formed UTF-8
  kControl,    // NUL or another control character; tabs and line ends are only taken at the edges
};

// The spelling that the number and unit grammars are written in:
//   any dash (U+2010–2015, U+2212, U+FE63, U+FF0D)        -
//   any White_Space of Unicode, runs of it                 one space; none at the edges
//   ’ ‘ ʼ                                                  '
//   · ⋅ ∙ • ×                                              *
//   ⁄ ∕ ÷                                                  /
//   superscripts, such as ⁻²                               ^-2
//   ½ and the other ready-made fractions                   1/2, with a space before it after a digit
//   ℃ ℉ º µ Ω(ohm sign) K(kelvin sign) й in two pieces     °C °F ° μ Ω K й
//   soft hyphens, zero-width characters, direction and variation marks   nothing
// All other characters stay. One full stop at the very end goes. Nothing else is decided here: `٣` stays `٣`, and the
// grammar has no place for it.
class NormalForm {
 public:
  // Linear in the text, which it does not keep; no allocation.
  explicit NormalForm(std::string_view text);

  NormalFault fault() const { return fault_; }
  std::string_view text() const { return {bytes_.data(), size_}; }  // valid while *this lives

 private:
  void fold(std::string_view text);
  void fold_character(char32_t character, std::string_view as_typed);
  void append(std::string_view piece);
  void append_space();
  void append_superscript(char32_t character);

  std::array<char, kMaxNumberBytes * 2> bytes_;  // a ready-made fraction grows from two bytes to five, at most twice
  std::size_t size_ = 0;
  bool in_superscript_ = false;
  NormalFault fault_ = NormalFault::kNone;
};

}  // namespace otmetka::checkers::numeric
