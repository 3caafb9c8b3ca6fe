// How many typos lie between two words.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "checkers/text/graphemes.h"

namespace otmetka::checkers::text {

// The most typos a spec may forgive.
constexpr int kMaxTypos = 5;

// A key must have more letters than this for typos to be forgiven at all: `но` and `не`, `кот` and `код` are different words.
constexpr std::size_t kTooShortForTypos = 3;

// The Damerau–Levenshtein distance: the fewest insertions, deletions, substitutions and swaps of two neighbours that make `b`
// of `a`, in whatever order. Not its restricted form (optimal string alignment), where nothing may come between two letters
// that were swapped: `ab` → `bca` is 2, a swap and an insertion. nullopt if it is more than `limit`. Source: Damerau 1964; the
// recurrence is Lowrance and Wagner 1975.
//
// Only a band of 2·limit + 1 cells a row is computed: O(limit² · min length) time, no allocation. 0 ≤ limit ≤ kMaxTypos.
std::optional<int> edit_distance(std::span<const Grapheme> a, std::span<const Grapheme> b, int limit);

// Whether typos are forgiven for this key, given as normalised text.
bool forgives_typos(std::string_view key);

}  // namespace otmetka::checkers::text
