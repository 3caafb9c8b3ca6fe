// Works that wait before they are tried again: exponential back-off with full jitter.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <random>
#include <vector>

#include "engine/grade_record.h"

namespace otmetka::engine {

struct RetryPolicy {
  std::int32_t tries = 4;                    // the first and three more
  std::chrono::milliseconds base{100};       // the n-th wait is drawn evenly from [0, base × 2^(n-1)]
  std::chrono::milliseconds longest{5'000};  // and never longer
};

// Thread-safe.
class RetryQueue {
 public:
  using Clock = std::chrono::steady_clock;
  explicit RetryQueue(RetryPolicy policy) : policy_(policy), random_(std::random_device{}()) {}

  void add(Work work);  // by the policy; work.faults ≥ 1
  void add(Work work, Clock::time_point due);
  void make_all_due();
  std::vector<Work> take_due(Clock::time_point now);
  // How long until the next is due; `most` when none waits.
  std::chrono::milliseconds next_wait(std::chrono::milliseconds most) const;
  // Forgets those.
  void drop(const std::function<bool(const Work&)>& which);
  std::size_t size() const;

 private:
  struct Waiting {
    Clock::time_point due;
    Work work;
  };
  void push(Work work, Clock::time_point due);  // under the lock
  static bool later(const Waiting& a, const Waiting& b) { return a.due > b.due; }

  RetryPolicy policy_;
  mutable std::mutex mutex_;
  std::vector<Waiting> waiting_;  // a heap, the next due first
  std::mt19937_64 random_;
};

}  // namespace otmetka::engine
