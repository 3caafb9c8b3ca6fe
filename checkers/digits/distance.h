// How far two rows of digits are apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace otmetka::checkers::digits {

// The larger of the digits missing and the digits extra, as multisets. Both texts are of '0'–'9'.
std::size_t unordered_errors(std::string_view key, std::string_view typed);

// Levenshtein's distance: the fewest digits to change, add or remove. O(key × typed).
std::size_t ordered_errors(std::string_view key, std::string_view typed);

}  // namespace otmetka::checkers::digits
