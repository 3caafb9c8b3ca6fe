#include "engine/retry_queue.h"

#include <algorithm>

namespace otmetka::engine {

void RetryQueue::add(Work work) {
  const auto doublings = std::min<std::int32_t>(work.faults - 1, 20);
  const auto ceiling = std::min<std::int64_t>(policy_.base.count() << doublings, policy_.longest.count());
  const std::lock_guard lock(mutex_);
  const std::chrono::milliseconds wait(std::uniform_int_distribution<std::int64_t>(0, ceiling)(random_));
  push(std::move(work), Clock::now() + wait);
}

void RetryQueue::add(Work work, Clock::time_point due) {
  const std::lock_guard lock(mutex_);
  push(std::move(work), due);
}

void RetryQueue::push(Work work, Clock::time_point due) {
  waiting_.push_back({due, std::move(work)});
  std::push_heap(waiting_.begin(), waiting_.end(), later);
}

// All the same moment is a heap.
void RetryQueue::make_all_due() {
  const std::lock_guard lock(mutex_);
  for (Waiting& one : waiting_) one.due = Clock::time_point{};
}

std::vector<Work> RetryQueue::take_due(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  std::vector<Work> out;
  while (!waiting_.empty() && waiting_.front().due <= now) {
    std::pop_heap(waiting_.begin(), waiting_.end(), later);
    out.push_back(std::move(waiting_.back().work));
    waiting_.pop_back();
  }
  return out;
}

std::chrono::milliseconds RetryQueue::next_wait(std::chrono::milliseconds most) const {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return most;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(waiting_.front().due - Clock::now());
  return std::clamp(left, std::chrono::milliseconds(0), most);
}

void RetryQueue::drop(const std::function<bool(const Work&)>& which) {
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [&](const Waiting& one) { return which(one.work); });
  std::make_heap(waiting_.begin(), waiting_.end(), later);
}

std::size_t RetryQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace otmetka::engine
