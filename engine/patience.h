// How long to go on with a sink or a store that fails, by the clock: what the tries themselves take counts as well.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace otmetka::engine {

// One thread; `leaving` may be set by another.
class Patience {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kPause{100};            // between two tries
  static constexpr std::chrono::milliseconds kWhenLeaving{500};      // all the patience of one that is to leave

  Patience(std::chrono::milliseconds most, const std::atomic<bool>& leaving) : most_(most), leaving_(leaving) {}

  // After a failure that may pass: whether to try again, after a pause. The clock starts with the first failure.
  bool again();
  void renew() { failing_since_.reset(); }  // it worked
  bool failing() const { return failing_since_.has_value(); }

 private:
  std::chrono::milliseconds most_;
  const std::atomic<bool>& leaving_;
  std::optional<Clock::time_point> failing_since_;
  std::optional<Clock::time_point> leaving_since_;
};

}  // namespace otmetka::engine
