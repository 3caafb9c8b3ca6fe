// Works that wait before they are tried again: exponential back-off with full jitter.
#pragma once

#include <chrono>
#include <mutex>
#include <queue>
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

  void add(Work work);                                   // work.attempts ≥ 1
  std::vector<Work> take_due(Clock::time_point now);
  // How long until the next is due; `most` when none waits.
  std::chrono::milliseconds next_wait(std::chrono::milliseconds most) const;
  std::size_t size() const;

 private:
  struct Waiting {
    Clock::time_point due;
    Work work;
    bool operator<(const Waiting& other) const { return due > other.due; }
  };
  RetryPolicy policy_;
  mutable std::mutex mutex_;
  std::priority_queue<Waiting> waiting_;
  std::mt19937_64 random_;
};

}  // namespace otmetka::engine
