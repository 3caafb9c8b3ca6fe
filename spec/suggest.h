// What was probably meant by a word that is not known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "spec/diagnostic.h"

namespace otmetka::spec {

// The nearest of `known` to `typed`: equal but for letter case, `-` or a space for `_`, or Cyrillic letters that look like
// Latin ones; else by edit distance with transposition of neighbours (optimal string alignment, in code points), at most a
// third of the longer word and at most 3; the first of equals. nullopt when nothing is near.
std::optional<Fix> nearest(std::string_view typed, std::span<const std::string> known);

// Optimal string alignment distance in code points; `limit + 1` for anything past `limit`. Words past 64 code points are
// not compared.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// Cyrillic letters that look like Latin ones replaced by those, the rest as it is.
std::string fold_look_alikes(std::string_view text);

}  // namespace otmetka::spec
