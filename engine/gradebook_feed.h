// Carries results from the queue into the gradebook, from the position that the gradebook itself keeps.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

#include "gradebook/store.h"
#include "model/result.h"
#include "queue/source.h"

namespace otmetka::engine {

// The store must hold a spec before a result that names it is in the queue: a mark is made by that spec's rubric.
// run() once, on its own thread. Rows and position move in one transaction of the store, so a crash between the two
// cannot exist; a result that arrives again is a duplicate and changes nothing.
class GradebookFeed {
 public:
  // `on_applied` is told the position behind each batch that the store has taken, on the feed's thread. May be empty.
  GradebookFeed(queue::ResultSource& results, gradebook::Store& store,
                std::function<void(std::int64_t)> on_applied = {})
      : results_(results), store_(store), on_applied_(std::move(on_applied)) {}

  // Until stop() (then whatever is already in the queue is still applied), or until the store fails for good.
  Status run();
  void stop();

  std::uint64_t applied() const { return applied_; }
  std::uint64_t conflicts() const { return conflicts_; }

 private:
  Result<std::int64_t> step(std::int64_t position, std::chrono::milliseconds wait);

  queue::ResultSource& results_;
  gradebook::Store& store_;
  std::function<void(std::int64_t)> on_applied_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> applied_{0};
  std::atomic<std::uint64_t> conflicts_{0};
};

}  // namespace otmetka::engine
