#include "engine/retry_queue.h"

#include <algorithm>

namespace otmetka::engine {

void RetryQueue::add(Work work) {
  const std::lock_guard lock(mutex_);
  const auto doublings = std::min<std::int32_t>(work.attempts - 1, 20);
  const auto ceiling = std::min<std::int64_t>(policy_.base.count() << doublings, policy_.longest.count());
  const std::chrono::milliseconds wait(std::uniform_int_distribution<std::int64_t>(0, ceiling)(random_));
  waiting_.push({Clock::now() + wait, std::move(work)});
}

std::vector<Work> RetryQueue::take_due(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  std::vector<Work> out;
  while (!waiting_.empty() && waiting_.top().due <= now) {
    out.push_back(waiting_.top().work);
    waiting_.pop();
  }
  return out;
}

std::chrono::milliseconds RetryQueue::next_wait(std::chrono::milliseconds most) const {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return most;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(waiting_.top().due - Clock::now());
  return std::clamp(left, std::chrono::milliseconds(0), most);
}

std::size_t RetryQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace otmetka::engine
