// Whether a table is UTF-8 or Windows-1251, the one other encoding that Russian spreadsheets still write.
#pragma once

#include <string>
#include <string_view>

#include "engine/answers/input_file.h"

namespace otmetka::engine::answers {

// What a run of bytes shows.
struct CharsetEvidence {
  bool high = false;       // a byte of 0x80 or more
  bool multibyte = false;  // a well-formed UTF-8 sequence of two bytes or more
};

CharsetEvidence charset_evidence(std::string_view bytes);

// Whether text looks like UTF-16 without a byte order mark: nearly every second byte is the upper half of a Latin or Cyrillic
// letter (0 or 4), and the bytes between are not. A stray NUL is no such text.
bool looks_like_utf16(std::string_view beginning);

// Evidence from what is still to come: of a regular file all of it, of a pipe the first MiB. Nothing is consumed.
CharsetEvidence charset_evidence(InputFile& input);

// Windows-1251 → UTF-8. 0x98 has no character and becomes U+FFFD.
std::string from_cp1251(std::string_view bytes);

}  // namespace otmetka::engine::answers
