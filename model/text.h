// Small things that every part does to bytes of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otmetka {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `text` without the white space of ASCII around it. What else learners type for a space: checkers/typed_text.h.
std::string_view trimmed(std::string_view text);

std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ");

}  // namespace otmetka
