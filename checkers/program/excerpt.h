// Bytes that a stranger's program wrote, made fit to be shown: valid UTF-8 that cannot steer a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace otmetka::checkers::program {

inline constexpr std::size_t kExcerptCharacters = 40;

// The beginning, at most kExcerptCharacters characters and "…" where it goes on. A control stands as its picture (␊ for a line
// feed), what is no UTF-8 and what would not be seen (direction marks, zero-width characters) as U+FFFD. Constant time.
std::string excerpt(std::string_view bytes);

// Two texts that differ from byte `at` on, each from a little before that place where they are too long to be shown whole.
std::pair<std::string, std::string> excerpts_of_difference(std::string_view a, std::string_view b, std::size_t at);

// A whole message: at most `most_bytes` and cut at a character's end, without white space around it. Line ends and tabs stay.
std::string excerpt_of_message(std::string_view bytes, std::size_t most_bytes);

}  // namespace otmetka::checkers::program
