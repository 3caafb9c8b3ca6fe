#include "engine/patience.h"

#include <thread>

namespace otmetka::engine {

bool Patience::again() {
  const auto now = Clock::now();
  if (!failing_since_) failing_since_ = now;
  if (leaving_ && !leaving_since_) leaving_since_ = now;
  if (now - *failing_since_ >= most_) return false;
  if (leaving_since_ && now - *leaving_since_ >= kWhenLeaving) return false;
  std::this_thread::sleep_for(kPause);
  return true;
}

}  // namespace otmetka::engine
