// How long files and functions may be: a ratchet. What is over a limit today stands in a list with its size and may only
// shrink; the list may only lose lines.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tests/house/finding.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {

inline constexpr int kMostHeaderLines = 150;
inline constexpr int kMostSourceLines = 400;
inline constexpr int kMostFunctionLines = 70;

// "engine/engine.cc" or "engine/engine.cc Engine::run" → lines.
using Sizes = std::map<std::string, int, std::less<>>;

// Lines `LINES PATH` and `LINES PATH FUNCTION`; `#` begins a comment.
Sizes parse_exceptions(std::string_view text);

// Everything in the file that is over its limit.
Sizes oversized(const SourceFile& file);

// What is over a limit and not excepted, what has grown past its exception, and exceptions that are no longer needed or
// larger than need be.
Findings check_sizes(const Sizes& oversized, const Sizes& exceptions);

}  // namespace otmetka::house
