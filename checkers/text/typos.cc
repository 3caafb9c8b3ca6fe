#include "checkers/text/typos.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace otmetka::checkers::text {
namespace {

// Cells left of the band, of the band, and right of it: the rims stay at "too far".
constexpr std::size_t kRowSize = 2 * kMaxTypos + 3;
using Row = std::array<int, kRowSize>;

using Letters = std::span<const Grapheme>;

// How far back from the end `letter` stands last, 1 for the end itself; 0 where it is not among the last `most`.
std::ptrdiff_t steps_back(Letters letters, Grapheme letter, std::ptrdiff_t most) {
  most = std::min(most, static_cast<std::ptrdiff_t>(letters.size()));
  for (std::ptrdiff_t steps = 1; steps <= most; ++steps) {
    if (letters[letters.size() - static_cast<std::size_t>(steps)] == letter) return steps;
  }
  return 0;
}

// The band of the matrix whose cell (i, j) is the distance of the first i letters of `a` from the first j of `b`, row by row.
// A swap with insertions and deletions between its letters reaches back limit + 1 rows at most, and so many are kept.
class Band {
 public:
  Band(Letters a, Letters b, int limit) : a_(a), b_(b), limit_(limit) {
    for (Row& row : rows_) row.fill(limit + 1);
    for (std::ptrdiff_t j = 0; j <= std::min<std::ptrdiff_t>(limit, columns()); ++j) at(0, j) = static_cast<int>(j);
  }

  std::optional<int> distance() {
    const auto rows = static_cast<std::ptrdiff_t>(a_.size());
    if (rows - columns() > limit_ || columns() - rows > limit_) return std::nullopt;
    for (std::ptrdiff_t i = 1; i <= rows; ++i) {
      if (fill(i) > limit_) return std::nullopt;  // a swap costs no less than the rows it skips: nothing below is nearer
    }
    const int last = at(rows, columns());
    return last <= limit_ ? std::optional(last) : std::nullopt;
  }

 private:
  std::ptrdiff_t columns() const { return static_cast<std::ptrdiff_t>(b_.size()); }
  int& at(std::ptrdiff_t i, std::ptrdiff_t j) {
    return rows_[static_cast<std::size_t>(i) % rows_.size()][static_cast<std::size_t>(j - i + limit_ + 1)];
  }

  // The least cell of row i.
  int fill(std::ptrdiff_t i) {
    rows_[static_cast<std::size_t>(i) % rows_.size()].fill(limit_ + 1);
    int best = limit_ + 1;
    for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, i - limit_); j <= std::min<std::ptrdiff_t>(columns(), i + limit_); ++j) {
      int& cell = at(i, j);
      cell = std::min(cell, at(i - 1, j) + 1);
      if (j > 0) {
        const bool same = a_[static_cast<std::size_t>(i - 1)] == b_[static_cast<std::size_t>(j - 1)];
        cell = std::min({cell, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1)});
        if (!same) cell = std::min(cell, swapped(i, j));
      }
      best = std::min(best, cell);
    }
    return best;
  }

  // Where the last letter of each stands earlier in the other: both swapped, and what lies between deleted and inserted.
  int swapped(std::ptrdiff_t i, std::ptrdiff_t j) {
    const Grapheme last_of_a = a_[static_cast<std::size_t>(i - 1)];
    const Grapheme last_of_b = b_[static_cast<std::size_t>(j - 1)];
    const std::ptrdiff_t in_a = steps_back(a_.first(static_cast<std::size_t>(i - 1)), last_of_b, limit_);
    if (in_a == 0) return limit_ + 1;
    const std::ptrdiff_t in_b = steps_back(b_.first(static_cast<std::size_t>(j - 1)), last_of_a, limit_ + 1 - in_a);
    const std::ptrdiff_t diagonal = (j - in_b) - (i - in_a);
    if (in_b == 0 || diagonal > limit_ || diagonal < -limit_) return limit_ + 1;
    return at(i - 1 - in_a, j - 1 - in_b) + static_cast<int>(in_a + in_b) - 1;
  }

  Letters a_;
  Letters b_;
  int limit_;
  std::array<Row, kMaxTypos + 2> rows_;
};

}  // namespace

std::optional<int> edit_distance(std::span<const Grapheme> a, std::span<const Grapheme> b, int limit) {
  assert(limit >= 0 && limit <= kMaxTypos);
  return Band(a, b, limit).distance();
}

bool forgives_typos(std::string_view key) { return letter_count(key) > kTooShortForTypos; }

}  // namespace otmetka::checkers::text
