// The character classes of the normalisation that are not Unicode's own.
#pragma once

#include "checkers/typed_text.h"

namespace otmetka::checkers::text {

// The character classes of the normalisation that are not Unicode's own. Constant time, thread-safe.

// Dashes (U+2010–2015, U+2212) to '-', double quotes of any shape to '"', single ones and apostrophes to '\''. The letter
// apostrophe U+02BC and the accents that are typed for one, acute and backquote, are among them.
constexpr char32_t fold_typography(char32_t c) {
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return U'-';
  switch (c) {
    case 0x00AB:
    case 0x00BB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
      return U'"';
    case 0x0060:
    case 0x00B4:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2039:
    case 0x203A:
      return U'\'';
    default:
      return c;
  }
}

// The punctuation that may trail an answer without meaning.
constexpr bool is_trailing(char c) { return c == '.' || c == '!' || c == '?' || c == ';' || c == ','; }

}  // namespace otmetka::checkers::text
