#include "checkers/order/measures.h"

#include <algorithm>
#include <iterator>

namespace otmetka::checkers::order {
namespace {

// Kuhn's augmenting paths: left[i] may be matched with any of edges[i].
class Matching {
 public:
  explicit Matching(const std::vector<std::vector<int>>& edges) : edges_(edges), partner_(edges.size(), kGap) {}

  std::size_t size() {
    std::size_t found = 0;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      seen_.assign(edges_.size(), false);
      found += augment(static_cast<int>(i)) ? 1U : 0U;
    }
    return found;
  }

 private:
  // As deep as there are elements: at most 200.
  bool augment(int left) {
    for (const int right : edges_[static_cast<std::size_t>(left)]) {
      const auto at = static_cast<std::size_t>(right);
      if (seen_[at]) continue;
      seen_[at] = true;
      if (partner_[at] == kGap || augment(partner_[at])) {
        partner_[at] = left;
        return true;
      }
    }
    return false;
  }

  const std::vector<std::vector<int>>& edges_;
  std::vector<int> partner_;
  std::vector<bool> seen_;
};

std::vector<int> without_gaps(Places places) {
  std::vector<int> out;
  std::copy_if(places.begin(), places.end(), std::back_inserter(out), [](int i) { return i != kGap; });
  return out;
}

}  // namespace

std::size_t right_beginning(Places places) {
  std::size_t length = 0;
  while (length < places.size() && places[length] == static_cast<int>(length)) ++length;
  return length;
}

std::size_t in_place(Places places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < places.size(); ++i) found += places[i] == static_cast<int>(i) ? 1U : 0U;
  return found;
}

std::size_t neighbours_kept(Places places) {
  std::size_t found = 0;
  for (std::size_t i = 1; i < places.size(); ++i) {
    found += places[i - 1] != kGap && places[i] == places[i - 1] + 1 ? 1U : 0U;
  }
  return found;
}

std::size_t longest_right(Places places) {
  std::vector<int> tails;  // tails[k]: the least last element of an increasing subsequence of length k + 1
  for (const int i : places) {
    if (i == kGap) continue;
    const auto at = std::lower_bound(tails.begin(), tails.end(), i);
    if (at == tails.end()) {
      tails.push_back(i);
    } else {
      *at = i;
    }
  }
  return tails.size();
}

std::size_t pairs_in_order(Places places) {
  std::vector<std::size_t> tree;  // Fenwick's: how many elements below an index were seen
  std::size_t found = 0;
  tree.resize(static_cast<std::size_t>(1 + (places.empty() ? 0 : *std::max_element(places.begin(), places.end()) + 1)));
  for (const int i : places) {
    if (i == kGap) continue;
    for (auto k = static_cast<std::size_t>(i); k > 0; k &= k - 1) found += tree[k];
    for (auto k = static_cast<std::size_t>(i) + 1; k < tree.size(); k += k & (~k + 1)) ++tree[k];
  }
  return found;
}

std::optional<PartialOrder> PartialOrder::from(std::size_t n, std::span<const std::pair<int, int>> pairs) {
  PartialOrder out(n);
  for (const auto& [a, b] : pairs) out.before_[out.index(a, b)] = true;
  const int size = static_cast<int>(n);
  for (int via = 0; via < size; ++via) {
    for (int a = 0; a < size; ++a) {
      if (!out.before(a, via)) continue;
      for (int b = 0; b < size; ++b) {
        if (out.before(via, b)) out.before_[out.index(a, b)] = true;
      }
    }
  }
  for (int a = 0; a < size; ++a) {
    if (out.before(a, a)) return std::nullopt;
  }
  return out;
}

std::size_t PartialOrder::can_stay(Places places) const {
  const std::vector<int> given = without_gaps(places);
  std::vector<std::vector<int>> wrong_way_round(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    for (std::size_t k = i + 1; k < given.size(); ++k) {
      if (before(given[k], given[i])) wrong_way_round[i].push_back(static_cast<int>(k));
    }
  }
  return given.size() - Matching(wrong_way_round).size();
}

}  // namespace otmetka::checkers::order
