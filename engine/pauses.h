// Which partitions are to give nothing for a while, and which may again.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace otmetka::engine {

// How far a partition is along to a bound that it would break: 1 is the bound.
struct Pressure {
  std::int32_t partition = 0;
  double to_pause = 0;   // at kPauseAt it is paused
  double to_resume = 0;  // at kResumeAt or below it may be resumed
};

// What a client fetched ahead is thrown away by a pause: the two marks are far apart, and so are the two moments. One thread.
class Pauses {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr double kPauseAt = 0.8;
  static constexpr double kResumeAt = 0.3;
  static constexpr std::chrono::milliseconds kLeast{1'000};  // from a pause to its end

  struct Change {
    std::vector<std::int32_t> pause;
    std::vector<std::int32_t> resume;  // only what is paused
  };
  Change look(std::span<const Pressure> pressures, Clock::time_point now);

  bool paused(std::int32_t partition) const { return paused_.contains(partition); }
  std::size_t size() const { return paused_.size(); }

  // They have gone; whoever gets them back gets them unpaused.
  void forget(std::span<const std::int32_t> partitions);

 private:
  std::map<std::int32_t, Clock::time_point> paused_;  // since
};

}  // namespace otmetka::engine
