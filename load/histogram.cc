#include "load/histogram.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace otmetka::load {

// Values with n bits, n > precision + 1, lose the lowest n - precision - 1 of them.
std::size_t Histogram::bucket_of(std::int64_t value) const {
  const auto bits = static_cast<std::uint64_t>(value);
  const int shift = std::max(0, static_cast<int>(std::bit_width(bits)) - precision_ - 1);
  return (static_cast<std::size_t>(shift) << precision_) + static_cast<std::size_t>(bits >> shift);
}

std::int64_t Histogram::end_of(std::size_t bucket) const {
  const std::size_t row = bucket >> precision_;
  const int shift = row < 2 ? 0 : static_cast<int>(row) - 1;
  const auto first = static_cast<std::int64_t>(bucket - (static_cast<std::size_t>(shift) << precision_)) << shift;
  return first + (std::int64_t{1} << shift) - 1;
}

void Histogram::record(Value value, std::uint64_t times) {
  if (times == 0) return;
  if (value > kMost) over_ += times;
  value = std::clamp(value, Value(0), kMost);
  const std::size_t bucket = bucket_of(value.count());
  if (bucket >= counts_.size()) counts_.resize(bucket + 1);
  counts_[bucket] += times;
  count_ += times;
  sum_ += static_cast<double>(value.count()) * static_cast<double>(times);
  least_ = std::min(least_, value);
  most_ = std::max(most_, value);
}

void Histogram::merge(const Histogram& other) {
  assert(precision_ == other.precision_);
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  over_ += other.over_;
  sum_ += other.sum_;
  least_ = std::min(least_, other.least_);
  most_ = std::max(most_, other.most_);
}

double Histogram::mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

Histogram::Value Histogram::at(double share) const {
  if (count_ == 0) return Value(0);
  // A hair less, so that 0.99 of 100 is 99 whatever the binary fraction makes of it.
  const double wanted = std::ceil(share * static_cast<double>(count_) * (1 - 1e-12));
  const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(wanted, 1.0)), 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= rank) return std::clamp(Value(end_of(i)), least_, most_);
  }
  return most_;
}

std::uint64_t Histogram::up_to(Value value) const {
  if (value >= most_) return count_;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size() && end_of(i) <= value.count(); ++i) seen += counts_[i];
  return seen;
}

}  // namespace otmetka::load
