// How often which length of time was seen: exact counts in buckets whose width grows with the value.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace otmetka::load {

// Up to 2^precision nanoseconds each value has a bucket of its own; above, every doubling is cut into 2^precision equal ones. So
// whatever is read back lies at or above what was recorded, by less than one part in 2^precision of it: below 0.1 % for 10, 0.8 %
// for 7. Memory grows with the largest value seen: 8 bytes a bucket, at most 270 KiB with 10 and 40 KiB with 7. A value type, one
// thread at a time.
class Histogram {
 public:
  using Value = std::chrono::nanoseconds;
  static constexpr int kFine = 10;
  static constexpr int kCoarse = 7;
  static constexpr Value kMost{(std::int64_t{1} << 42) - 1};  // 73 minutes; what is longer counts as that, and over() tells

  explicit Histogram(int precision = kFine) : precision_(precision) {}  // 1 to 14

  void record(Value value, std::uint64_t times = 1);  // what is below 0 (clocks differ) counts as 0
  void merge(const Histogram& other);                 // of the same precision

  std::uint64_t count() const { return count_; }
  std::uint64_t over() const { return over_; }  // values beyond kMost
  Value least() const { return count_ == 0 ? Value(0) : least_; }  // exact
  Value most() const { return most_; }                             // exact, up to kMost
  double mean() const;                                             // exact, in nanoseconds; 0 of none

  // The smallest value that at least `share` of all are not above: share 0.99 is p99. 0 of none.
  Value at(double share) const;

  // How many lie in buckets that end at or below `value`, to draw a curve.
  std::uint64_t up_to(Value value) const;

 private:
  std::size_t bucket_of(std::int64_t value) const;
  std::int64_t end_of(std::size_t bucket) const;  // the largest value in it

  int precision_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::uint64_t over_ = 0;
  double sum_ = 0;
  Value least_ = kMost;
  Value most_{0};
};

}  // namespace otmetka::load
