// How long files and functions may be: a ratchet. What is over a limit today stands in a list with its size and may only
// shrink; the list may only lose lines.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

inline constexpr int kMostHeaderLines = 150;
inline constexpr int kMostSourceLines = 400;
inline constexpr int kMostFunctionLines = 70;
inline constexpr std::size_t kMostColumns = 140;  // characters; the tables of texts, one entry a line, are free of it

// "engine/engine.cc" or "engine/engine.cc Engine::run" → lines.
using Sizes = std::map<std::string, int, std::less<>>;

// Lines `LINES PATH` and `LINES PATH FUNCTION`; `#` begins a comment.
Sizes parse_exceptions(std::string_view text);

// The numbers of the lines that are wider than kMostColumns.
std::vector<int> wide_lines(const SourceFile& file);

// Everything in the file that is over its limit.
Sizes oversized(const SourceFile& file);

// The key of the tree's wide lines among the exceptions: one number for all of them.
inline constexpr std::string_view kWideLines = "* wide lines";

// What is over a limit and not excepted, what has grown past its exception, and exceptions that are no longer needed or
// larger than need be.
Findings check_sizes(const Sizes& oversized, const Sizes& exceptions);

}  // namespace otmetka::house
