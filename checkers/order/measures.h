// How much of an order is right: the counts behind each scoring.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace otmetka::checkers::order {

// An answer as indices in the right sequence, 0 … n-1, each at most once; kGap for an empty place.
using Places = std::span<const int>;
inline constexpr int kGap = -1;

std::size_t right_beginning(Places places);      // longest run 0, 1, 2, … from the first place
std::size_t in_place(Places places);             // elements at their own index
std::size_t neighbours_kept(Places places);      // i directly followed by i + 1
std::size_t longest_right(Places places);        // longest increasing subsequence, gaps skipped; O(n log n)
std::size_t pairs_in_order(Places places);       // pairs i < j with i before j, gaps skipped; O(n log n)

// What must come before what, transitively closed. Immutable; n at most 200.
class PartialOrder {
 public:
  // Pairs (a, b): a before b. nullopt when they go in a circle.
  static std::optional<PartialOrder> from(std::size_t n, std::span<const std::pair<int, int>> pairs);

  // The most elements of the answer that can stay where they are while the others are moved so that the whole becomes a
  // valid order. So n less this is the distance to the nearest valid order, counted in elements taken out and put back
  // elsewhere (missing ones are put in).
  //
  // Elements can stay exactly when no two of them stand the wrong way round: then the partial order and the chain of
  // those that stay have no circle. "Stands before, though it must come after" is itself a strict order, so the largest
  // such set is its largest antichain: the number of elements less a maximum matching (Dilworth, König). O(n³) at most.
  std::size_t can_stay(Places places) const;

  bool before(int a, int b) const { return before_[index(a, b)]; }

 private:
  explicit PartialOrder(std::size_t n) : n_(n), before_(n * n) {}
  std::size_t index(int a, int b) const { return static_cast<std::size_t>(a) * n_ + static_cast<std::size_t>(b); }

  std::size_t n_;
  std::vector<bool> before_;
};

}  // namespace otmetka::checkers::order
