// UTF-8 at the border: what is well-formed (RFC 3629), and what to write in place of what is not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otmetka::queue {

// Length of the well-formed sequence at `at`, 1 to 4, or 0. at < text.size().
std::size_t utf8_length(std::string_view text, std::size_t at);

// Linear, at memory speed for ASCII.
bool is_utf8(std::string_view text);

// The text with each byte that belongs to no well-formed sequence replaced by U+FFFD.
std::string to_utf8(std::string_view text);

// The first `most` bytes and no torn character at the end.
std::string_view cut_utf8(std::string_view text, std::size_t most);

}  // namespace otmetka::queue
