// Whether a loop still turns: what a watchdog asks.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace otmetka::engine {

// The loop's thread beats and rests, any thread asks.
class Heartbeat {
 public:
  using Clock = std::chrono::steady_clock;

  void beat() { last_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed); }
  void rest() { last_.store(kResting, std::memory_order_relaxed); }  // nothing is to be done: no beat is missed

  // How long the last beat lies back; 0 for a loop that rests or has not begun.
  Clock::duration silence(Clock::time_point now) const {
    const auto last = last_.load(std::memory_order_relaxed);
    if (last == kResting) return Clock::duration::zero();
    return now - Clock::time_point(Clock::duration(last));
  }

 private:
  static constexpr Clock::rep kResting = -1;
  std::atomic<Clock::rep> last_{kResting};
};

}  // namespace otmetka::engine
