#include "load/histogram.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/seeds.h"

namespace otmetka::load {
namespace {

using Value = Histogram::Value;

TEST(Histogram, OfNothingIsZero) {
  const Histogram empty;
  EXPECT_EQ(empty.count(), 0u);
  EXPECT_EQ(empty.at(0.99), Value(0));
  EXPECT_EQ(empty.most(), Value(0));
  EXPECT_EQ(empty.mean(), 0);
}

TEST(Histogram, SmallValuesAreExact) {
  Histogram histogram;
  for (int i = 1; i <= 1'000; ++i) histogram.record(Value(i));
  EXPECT_EQ(histogram.at(0.5), Value(500));
  EXPECT_EQ(histogram.at(0.99), Value(990));
  EXPECT_EQ(histogram.at(0.999), Value(999));
  EXPECT_EQ(histogram.at(1), Value(1'000));
  EXPECT_EQ(histogram.at(0), Value(1));
  EXPECT_DOUBLE_EQ(histogram.mean(), 500.5);
  EXPECT_EQ(histogram.up_to(Value(250)), 250u);
}

TEST(Histogram, WhatIsBeyondTheBoundsCountsAtThem) {
  Histogram histogram;
  histogram.record(Value(-5));
  histogram.record(std::chrono::hours(2));
  EXPECT_EQ(histogram.least(), Value(0));
  EXPECT_EQ(histogram.most(), Histogram::kMost);
  EXPECT_EQ(histogram.over(), 1u);
  EXPECT_EQ(histogram.at(1), Histogram::kMost);
}

TEST(Histogram, MostAndLeastStayExactWhateverTheBucketsAre) {
  Histogram histogram(Histogram::kCoarse);
  histogram.record(Value(1'234'567'891));
  EXPECT_EQ(histogram.at(0.5), Value(1'234'567'891));
  histogram.record(Value(987'654'321));
  EXPECT_EQ(histogram.least(), Value(987'654'321));
  EXPECT_EQ(histogram.most(), Value(1'234'567'891));
}

// What the samples themselves say, by the same rule.
Value of_sorted(const std::vector<std::int64_t>& sorted, double share) {
  const double rank = std::ceil(share * static_cast<double>(sorted.size()) * (1 - 1e-12));
  return Value(sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1]);
}

// From nanoseconds to hours, evenly over the orders of magnitude.
std::vector<std::int64_t> samples(std::mt19937_64& random, std::size_t count) {
  std::uniform_real_distribution<double> bits(0, 41.9);
  std::vector<std::int64_t> out(count);
  for (auto& one : out) one = static_cast<std::int64_t>(std::exp2(bits(random)));
  return out;
}

TEST(Histogram, EveryPercentileIsAtOrAboveTheSamplesOwnByLessThanItsPrecision) {
  for (unsigned seed = 1; seed <= seeds(20); ++seed) {
    std::mt19937_64 random(seed);
    for (const int precision : {Histogram::kFine, Histogram::kCoarse, 1, 14}) {
      auto all = samples(random, std::uniform_int_distribution<std::size_t>(1, 3'000)(random));
      Histogram histogram(precision);
      for (const std::int64_t one : all) histogram.record(Value(one));
      std::sort(all.begin(), all.end());
      for (const double share : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
        const auto exact = of_sorted(all, share).count();
        const auto read = histogram.at(share).count();
        ASSERT_GE(read, exact) << "seed " << seed << ", share " << share;
        ASSERT_LE(static_cast<double>(read - exact), static_cast<double>(exact) * std::exp2(-precision)) << "seed " << seed;
      }
    }
  }
}

TEST(Histogram, MergedIsAsIfAllHadBeenRecordedInOne) {
  for (unsigned seed = 1; seed <= seeds(20); ++seed) {
    std::mt19937_64 random(seed);
    Histogram one, other, both;
    for (const auto value : samples(random, 500)) {
      (value % 3 == 0 ? one : other).record(Value(value));
      both.record(Value(value));
    }
    one.merge(other);
    EXPECT_EQ(one.count(), both.count());
    EXPECT_NEAR(one.mean(), both.mean(), both.mean() * 1e-9);
    for (const double share : {0.0, 0.5, 0.99, 1.0}) EXPECT_EQ(one.at(share), both.at(share)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace otmetka::load
