// The character classes of the normalisation that are not Unicode's own.
#pragma once

namespace otmetka::checkers::text {

// The character classes of the normalisation that are not Unicode's own. Constant time, thread-safe.

// U+00AD, U+200B–200F, U+202A–202E, U+2060–2064, U+FEFF and the variation selectors: they print nothing, and arrive with text
// copied from web pages, office programs and telephones.
constexpr bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         c == 0xFEFF || (c >= 0x180B && c <= 0x180D) || c == 0x180F || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0100 && c <= 0xE01EF);
}

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
