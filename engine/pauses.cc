#include "engine/pauses.h"

namespace otmetka::engine {

Pauses::Change Pauses::look(std::span<const Pressure> pressures, Clock::time_point now) {
  Change change;
  for (const Pressure& one : pressures) {
    const auto paused = paused_.find(one.partition);
    if (paused == paused_.end()) {
      if (one.to_pause < kPauseAt) continue;
      paused_.emplace(one.partition, now);
      change.pause.push_back(one.partition);
    } else if (one.to_resume <= kResumeAt && now - paused->second >= kLeast) {
      paused_.erase(paused);
      change.resume.push_back(one.partition);
    }
  }
  return change;
}

void Pauses::forget(std::span<const std::int32_t> partitions) {
  for (const std::int32_t partition : partitions) paused_.erase(partition);
}

}  // namespace otmetka::engine
