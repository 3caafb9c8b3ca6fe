#include "checkers/text/typos.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace otmetka::checkers::text {
namespace {

// Cells left of the band, of the band, and right of it: the rims stay at "too far".
constexpr std::size_t kRowSize = 2 * kMaxTypos + 3;
using Row = std::array<int, kRowSize>;

}  // namespace

std::optional<int> edit_distance(std::span<const Grapheme> a, std::span<const Grapheme> b, int limit) {
  assert(limit >= 0 && limit <= kMaxTypos);
  const auto rows = static_cast<std::ptrdiff_t>(a.size());
  const auto columns = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t k = limit;
  if (rows - columns > k || columns - rows > k) return std::nullopt;
  const int too_far = limit + 1;
  // Cell (i, j) of the full matrix lies at place j − i + k + 1 of row i.
  const auto place = [k](std::ptrdiff_t i, std::ptrdiff_t j) { return static_cast<std::size_t>(j - i + k + 1); };
  Row before_last;
  Row last;
  before_last.fill(too_far);
  last.fill(too_far);
  for (std::ptrdiff_t j = 0; j <= std::min(k, columns); ++j) last[place(0, j)] = static_cast<int>(j);
  for (std::ptrdiff_t i = 1; i <= rows; ++i) {
    Row row;
    row.fill(too_far);
    int best = too_far;
    for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, i - k); j <= std::min(columns, i + k); ++j) {
      int& cell = row[place(i, j)];
      cell = std::min(cell, last[place(i - 1, j)] + 1);
      if (j > 0) {
        const bool same = a[static_cast<std::size_t>(i - 1)] == b[static_cast<std::size_t>(j - 1)];
        cell = std::min({cell, row[place(i, j - 1)] + 1, last[place(i - 1, j - 1)] + (same ? 0 : 1)});
        if (i > 1 && j > 1 && a[static_cast<std::size_t>(i - 1)] == b[static_cast<std::size_t>(j - 2)] &&
            a[static_cast<std::size_t>(i - 2)] == b[static_cast<std::size_t>(j - 1)]) {
          cell = std::min(cell, before_last[place(i - 2, j - 2)] + 1);
        }
      }
      best = std::min(best, cell);
    }
    if (best > limit) return std::nullopt;  // a swap costs no less than the two rows it skips: nothing below is nearer
    before_last = last;
    last = row;
  }
  const int distance = last[place(rows, columns)];
  return distance <= limit ? std::optional(distance) : std::nullopt;
}

bool forgives_typos(std::string_view key) { return letter_count(key) > kTooShortForTypos; }

}  // namespace otmetka::checkers::text
