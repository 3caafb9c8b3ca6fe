// Carries results from the queue into the gradebook, from the position that the gradebook itself keeps.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/event.h"
#include "engine/heartbeat.h"
#include "engine/patience.h"
#include "gradebook/store.h"
#include "model/result.h"
#include "queue/source.h"

namespace otmetka::engine {

// The store must hold a spec before a result that names it is in the queue: a mark is made by that spec's rubric.
// run() once, on its own thread. Rows and position move in one transaction of the store, so a crash between the two
// cannot exist; a result that arrives again is a duplicate and changes nothing.
class GradebookFeed {
 public:
  struct Options {
    std::chrono::milliseconds patience{30'000};  // how long the store may go on being busy
    // Told the position behind what the store has taken, after each batch and at the start; true: it has more to do and is
    // called again while nothing else is. On the feed's thread; may be empty.
    std::function<bool(std::int64_t)> on_applied = {};
    OnEvent on_event = {};  // may be empty
    std::int32_t partition = 0;  // of the source: what the store files the position under
    // Called with a batch before it is applied: gives the store the specs that it names, if it has not got them. An error is taken
    // as the store's own. May be empty.
    std::function<Status(std::span<const gradebook::Arrival>)> before_apply = {};
  };

  GradebookFeed(queue::ResultSource& results, gradebook::Store& store, Options options)
      : results_(results), store_(store), options_(std::move(options)), patience_(options_.patience, hurrying_) {}

  // Until stop(), or until the store fails for good.
  Status run();
  void stop();   // whatever is already in the queue is still applied
  // Before stop(): half a second from now no further batch is begun, and a store that fails ends the run with its error.
  // What was not applied is read again by the next run.
  void hurry();

  std::uint64_t applied() const { return applied_; }
  std::uint64_t conflicts() const { return conflicts_; }
  const Heartbeat& heartbeat() const { return heartbeat_; }  // while run() does, at least once a second

 private:
  Status follow();
  Result<gradebook::Applied> apply(std::span<const gradebook::Arrival> batch, const gradebook::Move& move);
  void pass_over(const queue::ResultRecord& record, const std::string& code);
  Result<std::int64_t> step(std::int64_t position, std::chrono::milliseconds wait);
  Status after_failure(const Error& failure);
  void worked();
  bool tidy(std::int64_t position, bool leaving);
  bool time_is_up() const;
  void tell(Event event) const;

  queue::ResultSource& results_;
  gradebook::Store& store_;
  Options options_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> hurrying_{false};
  std::atomic<std::chrono::steady_clock::time_point> leave_by_{std::chrono::steady_clock::time_point::max()};
  std::atomic<std::uint64_t> applied_{0};
  std::atomic<std::uint64_t> conflicts_{0};
  Heartbeat heartbeat_;
  Patience patience_;
  std::optional<Error> store_failure_;  // the last, while it has not worked since
  std::int64_t passed_over_ = 0;        // told up to here
  std::chrono::steady_clock::time_point tidy_until_ = std::chrono::steady_clock::time_point::max();
};

}  // namespace otmetka::engine
