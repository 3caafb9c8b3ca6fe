// When a submission is meant to be sent: an open loop, which does not wait for anybody's answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace otmetka::load {

enum class Arrivals {
  kConstant,  // one every 1/rate seconds
  kPoisson,   // independent of each other, 1/rate seconds apart on average: how many people come
};

// Times since the start, ascending, the same for a seed on every machine of one floating point arithmetic. One thread.
class Schedule {
 public:
  Schedule(Arrivals arrivals, double rate, std::uint64_t seed);  // rate > 0, a second
  std::chrono::nanoseconds next();

 private:
  Arrivals arrivals_;
  double rate_;
  std::uint64_t state_;
  std::uint64_t sent_ = 0;
  double at_ = 0;  // seconds
};

// Pseudo-random bits, the same everywhere (standard distributions differ from library to library).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits();
  std::uint64_t below(std::uint64_t bound);  // bound > 0; even to one part in 2^32 for bounds below 2^32
  double share();                            // in [0, 1)

 private:
  std::uint64_t state_;
};

// One step of a ramp and how it ended.
struct Step {
  double offered = 0;   // submissions a second that were asked for
  double achieved = 0;  // results a second that came
  std::chrono::nanoseconds p99{0};
  bool held = false;  // p99 stayed below the limit, and results came as fast as submissions went
};

// Finds the highest rate that is held: doubles it until one is not, then halves the gap. Whoever holds a rate is taken to hold all below
// it; a step that says otherwise by chance moves the answer by its own width.
class Ramp {
 public:
  // `first` > 0; ends when the gap is at most `resolution` of the highest held, or after `most` steps.
  Ramp(double first, double resolution, int most) : next_(first), resolution_(resolution), most_(most) {}

  std::optional<double> next() const { return next_; }  // nullopt: it is found
  void took(const Step& step);                          // of the rate that next() gave

  std::optional<double> highest() const { return highest_held_; }  // nullopt: not even the lowest that was tried
  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::optional<double> next_;
  double resolution_;
  int most_;
  std::optional<double> highest_held_;
  std::optional<double> lowest_not_held_;
  std::vector<Step> steps_;
};

}  // namespace otmetka::load
