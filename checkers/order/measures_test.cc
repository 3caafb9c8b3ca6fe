// Every measure against an obvious, slow version: exhaustively over permutations of up to eight elements, and over
// answers with missing elements and gaps of up to five.
#include "checkers/order/measures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <numeric>
#include <queue>
#include <random>

namespace otmetka::checkers::order {
namespace {

using Answer = std::vector<int>;

std::size_t slow_beginning(const Answer& a) {
  std::size_t length = 0;
  for (std::size_t k = 1; k <= a.size(); ++k) {
    Answer expected(k);
    std::iota(expected.begin(), expected.end(), 0);
    if (std::equal(expected.begin(), expected.end(), a.begin())) length = k;
  }
  return length;
}

std::size_t slow_in_place(const Answer& a) {
  std::size_t found = 0;
  for (int i = 0; i < static_cast<int>(a.size()); ++i) {
    if (a[static_cast<std::size_t>(i)] == i) ++found;
  }
  return found;
}

std::size_t slow_neighbours(const Answer& a, int n) {
  std::size_t found = 0;
  for (int i = 0; i + 1 < n; ++i) {
    const auto at = std::find(a.begin(), a.end(), i);
    if (at != a.end() && at + 1 != a.end() && *(at + 1) == i + 1) ++found;
  }
  return found;
}

// All subsets of places; the largest that ascends.
std::size_t slow_longest(const Answer& a) {
  std::size_t best = 0;
  for (unsigned mask = 0; mask < 1U << a.size(); ++mask) {
    int last = kGap;
    std::size_t size = 0;
    bool ascends = true;
    for (std::size_t i = 0; i < a.size() && ascends; ++i) {
      if ((mask >> i & 1U) == 0) continue;
      ascends = a[i] > last;
      last = a[i];
      ++size;
    }
    if (ascends) best = std::max(best, size);
  }
  return best;
}

std::size_t slow_pairs(const Answer& a) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = i + 1; k < a.size(); ++k) {
      if (a[i] != kGap && a[i] < a[k]) ++found;
    }
  }
  return found;
}

void expect_all_agree(const Answer& a, int n) {
  ASSERT_EQ(right_beginning(a), slow_beginning(a)) << ::testing::PrintToString(a);
  ASSERT_EQ(in_place(a), slow_in_place(a)) << ::testing::PrintToString(a);
  ASSERT_EQ(neighbours_kept(a), slow_neighbours(a, n)) << ::testing::PrintToString(a);
  ASSERT_EQ(longest_right(a), slow_longest(a)) << ::testing::PrintToString(a);
  ASSERT_EQ(pairs_in_order(a), slow_pairs(a)) << ::testing::PrintToString(a);
}

TEST(Measures, AgreeWithTheSlowOnesOnEveryPermutationOfUpToEight) {
  for (int n = 0; n <= 8; ++n) {
    Answer a(static_cast<std::size_t>(n));
    std::iota(a.begin(), a.end(), 0);
    do {
      ASSERT_NO_FATAL_FAILURE(expect_all_agree(a, n));
    } while (std::next_permutation(a.begin(), a.end()));
  }
}

// Every way to fill n places with distinct elements or gaps.
void each_partial(int n, Answer& a, const std::function<void(const Answer&)>& visit) {
  visit(a);
  if (static_cast<int>(a.size()) == n) return;
  for (int i = kGap; i < n; ++i) {
    if (i != kGap && std::find(a.begin(), a.end(), i) != a.end()) continue;
    a.push_back(i);
    each_partial(n, a, visit);
    a.pop_back();
  }
}

TEST(Measures, AgreeWithTheSlowOnesWhereElementsAreMissing) {
  int seen = 0;
  for (int n = 1; n <= 5; ++n) {
    Answer a;
    each_partial(n, a, [&](const Answer& answer) {
      ++seen;
      expect_all_agree(answer, n);
    });
  }
  EXPECT_GT(seen, 2000);
}

// Distances by search: from all valid orders at once, one element taken out and put elsewhere at each step.
class Distances {
 public:
  Distances(int n, const std::vector<std::pair<int, int>>& pairs) {
    Answer a(static_cast<std::size_t>(n));
    std::iota(a.begin(), a.end(), 0);
    do {
      const auto at = [&](int x) { return std::find(a.begin(), a.end(), x); };
      if (std::all_of(pairs.begin(), pairs.end(), [&](const auto& p) { return at(p.first) < at(p.second); })) reach(a, 0);
    } while (std::next_permutation(a.begin(), a.end()));
    while (!open_.empty()) {
      const Answer now = open_.front();
      open_.pop();
      for (std::size_t from = 0; from < now.size(); ++from) {
        for (std::size_t to = 0; to < now.size(); ++to) {
          Answer next = now;
          next.erase(next.begin() + static_cast<std::ptrdiff_t>(from));
          next.insert(next.begin() + static_cast<std::ptrdiff_t>(to), now[from]);
          reach(next, steps_[now] + 1);
        }
      }
    }
  }
  const std::map<Answer, std::size_t>& all() const { return steps_; }

 private:
  void reach(const Answer& a, std::size_t steps) {
    if (steps_.emplace(a, steps).second) open_.push(a);
  }
  std::map<Answer, std::size_t> steps_;
  std::queue<Answer> open_;
};

void expect_distances(int n, const std::vector<std::pair<int, int>>& pairs) {
  const auto order = PartialOrder::from(static_cast<std::size_t>(n), pairs);
  ASSERT_TRUE(order.has_value());
  const Distances distances(n, pairs);
  for (const auto& [answer, distance] : distances.all()) {
    ASSERT_EQ(static_cast<std::size_t>(n) - order->can_stay(answer), distance)
        << ::testing::PrintToString(answer) << " under " << ::testing::PrintToString(pairs);
  }
}

TEST(PartialOrderTest, DistanceIsTheFewestMovesForEveryPartialOrderOfFourElements) {
  // Any partial order has an extension: up to renaming, pairs (i, j) with i < j are enough.
  const std::vector<std::pair<int, int>> all = {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};
  for (unsigned mask = 0; mask < 64; ++mask) {
    std::vector<std::pair<int, int>> pairs;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((mask >> i & 1U) != 0) pairs.push_back(all[i]);
    }
    ASSERT_NO_FATAL_FAILURE(expect_distances(4, pairs));
  }
}

TEST(PartialOrderTest, DistanceIsTheFewestMovesForRandomPartialOrdersOfFiveToSeven) {
  const std::uint32_t seed = std::random_device{}();
  std::printf("seed %u\n", seed);
  std::mt19937 random(seed);
  for (const int n : {5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 7}) {
    std::vector<std::pair<int, int>> pairs;
    for (int a = 0; a < n; ++a) {
      for (int b = a + 1; b < n; ++b) {
        if (random() % 3 == 0) pairs.emplace_back(a, b);
      }
    }
    ASSERT_NO_FATAL_FAILURE(expect_distances(n, pairs));
  }
}

TEST(PartialOrderTest, ATotalOrderOfEightGivesTheLongestRightSubsequence) {
  std::vector<std::pair<int, int>> chain;
  for (int i = 0; i < 7; ++i) chain.emplace_back(i, i + 1);
  const auto order = PartialOrder::from(8, chain);
  ASSERT_TRUE(order.has_value());
  Answer a = {0, 1, 2, 3, 4, 5, 6, 7};
  do {
    ASSERT_EQ(order->can_stay(a), longest_right(a)) << ::testing::PrintToString(a);
  } while (std::next_permutation(a.begin(), a.end()));
}

TEST(PartialOrderTest, MissingElementsCannotStay) {
  const std::pair<int, int> pairs[] = {{0, 1}, {1, 2}};
  const auto order = PartialOrder::from(4, pairs);
  ASSERT_TRUE(order.has_value());
  EXPECT_EQ(order->can_stay(Answer{3, 0}), 2U);
  EXPECT_EQ(order->can_stay(Answer{2, 0}), 1U);  // 0 before 1 before 2 holds though 1 is missing
  EXPECT_EQ(order->can_stay(Answer{0, kGap, 2}), 2U);
  EXPECT_EQ(order->can_stay(Answer{}), 0U);
}

TEST(PartialOrderTest, CirclesAreRefused) {
  const std::pair<int, int> two[] = {{0, 1}, {1, 0}};
  EXPECT_FALSE(PartialOrder::from(2, two).has_value());
  const std::pair<int, int> self[] = {{0, 0}};
  EXPECT_FALSE(PartialOrder::from(1, self).has_value());
  const std::pair<int, int> three[] = {{0, 1}, {1, 2}, {2, 0}};
  EXPECT_FALSE(PartialOrder::from(3, three).has_value());
}

TEST(PartialOrderTest, TwoHundredElementsBackwardsAreJudged) {
  std::vector<std::pair<int, int>> chain;
  Answer backwards;
  for (int i = 199; i >= 0; --i) backwards.push_back(i);
  for (int i = 0; i < 199; ++i) chain.emplace_back(i, i + 1);
  EXPECT_EQ(PartialOrder::from(200, chain)->can_stay(backwards), 1U);
}

}  // namespace
}  // namespace otmetka::checkers::order
