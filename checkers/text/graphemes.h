// A text as the characters that a person sees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace otmetka::checkers::text {

// One user-perceived character (an extended grapheme cluster of UAX #29, Unicode 15): a letter with its marks, a syllable of
// Hangul, an emoji with its skin colour. Equal values mean equal clusters: up to three code points are held as they are, longer
// clusters as a 63-bit hash.
using Grapheme = std::uint64_t;

// The clusters of a UTF-8 text, at most `most` of them: a longer text is cut there. Linear in what is read.
// Bytes that are not UTF-8 count as U+FFFD each.
std::vector<Grapheme> graphemes(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

// How many clusters begin with a letter. "ё" is one, "1812" has none.
std::size_t letter_count(std::string_view text);

}  // namespace otmetka::checkers::text
