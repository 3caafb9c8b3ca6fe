#include "load/schedule.h"

#include <algorithm>
#include <cmath>

namespace otmetka::load {
namespace {

constexpr double kLeastRate = 1;  // a ramp does not go below one a second

}  // namespace

// SplitMix64: an odd step, then a mixing function.
std::uint64_t Random::bits() {
  state_ += 0x9E3779B97F4A7C15u;
  std::uint64_t out = state_;
  out = (out ^ (out >> 30)) * 0xBF58476D1CE4E5B9u;
  out = (out ^ (out >> 27)) * 0x94D049BB133111EBu;
  return out ^ (out >> 31);
}

std::uint64_t Random::below(std::uint64_t bound) { return bits() % bound; }

double Random::share() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }

Schedule::Schedule(Arrivals arrivals, double rate, std::uint64_t seed) : arrivals_(arrivals), rate_(rate), state_(seed) {}

std::chrono::nanoseconds Schedule::next() {
  if (arrivals_ == Arrivals::kConstant) {
    at_ = static_cast<double>(sent_) / rate_;  // not a sum: it does not drift
  } else {
    Random random(state_ ^ (sent_ * 0xD1342543DE82EF95u));
    at_ += -std::log1p(-random.share()) / rate_;
  }
  ++sent_;
  return std::chrono::nanoseconds(std::llround(at_ * 1e9));
}

void Ramp::took(const Step& step) {
  steps_.push_back(step);
  if (step.held) highest_held_ = std::max(highest_held_.value_or(0), step.offered);
  if (!step.held) lowest_not_held_ = std::min(lowest_not_held_.value_or(step.offered), step.offered);
  if (static_cast<int>(steps_.size()) >= most_) {
    next_ = std::nullopt;
  } else if (!lowest_not_held_) {
    next_ = step.offered * 2;
  } else if (!highest_held_) {
    next_ = *lowest_not_held_ > kLeastRate ? std::optional(std::max(*lowest_not_held_ / 4, kLeastRate)) : std::nullopt;
  } else if (*lowest_not_held_ - *highest_held_ <= resolution_ * *highest_held_) {
    next_ = std::nullopt;
  } else {
    next_ = (*highest_held_ + *lowest_not_held_) / 2;
  }
}

}  // namespace otmetka::load
