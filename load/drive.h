// Sends a load at its times, and reads what comes back until all of it is there.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "load/measured.h"
#include "load/recorder.h"
#include "load/schedule.h"
#include "model/result.h"
#include "queue/record.h"

namespace otmetka::load {

// What is measured: a queue with a server behind it.
class Target {
 public:
  virtual ~Target() = default;

  // Returns when the queue has them for good. One thread.
  virtual Status publish(std::span<const queue::Outgoing> submissions) = 0;

  // Results come through so many readers, each on a thread of its own. Waits up to `wait` for the first; those of others may be among
  // them.
  virtual std::size_t readers() const = 0;
  virtual Result<std::vector<Arrival>> read(std::size_t reader, std::chrono::milliseconds wait) = 0;

  // Why there is no server any more; nullopt: it runs. Any thread, ten times a second.
  virtual std::optional<Error> ended() = 0;

  // Of the server; nullopt: it cannot be seen. Any thread.
  virtual std::optional<ProcessUse> use() = 0;
};

struct LoadPlan {
  double rate = 1'000;  // a second; 0: a closed loop, in which a submission goes as soon as fewer than `in_flight` have no result
  Arrivals arrivals = Arrivals::kPoisson;
  std::chrono::nanoseconds warmup{0};
  std::chrono::nanoseconds duration{std::chrono::seconds(10)};
  std::uint64_t first = 0;         // number of its first submission; those of one Workload must not be sent twice
  std::size_t in_flight = 2'000;
  std::chrono::milliseconds patience{10'000};  // without a single new result, once all is sent
};

struct RunProgress {
  double elapsed = 0;  // seconds
  double whole = 0;
  Recorder::Now now;
};

struct Driven {
  Measured measured;
  std::uint64_t next = 0;        // the first number that was not sent
  std::optional<Error> failure;  // why it ended early: publishing failed, the server is gone
  bool stopped = false;          // `stop` was set
};

// Blocks until all results have come, or nothing comes any more, or `stop` is set. In an open loop times of sending stand before the
// first is sent, and what is late is sent as soon as may be and counts from when it was due. `on_progress` is called twice a second on
// a thread of its own; may be empty.
Driven drive(const Workload& load, Target& target, const LoadPlan& plan, const std::atomic<bool>& stop,
             const std::function<void(const RunProgress&)>& on_progress = {});

// How many blocks a measured time is cut into: pieces of a quarter of a second, 5 at least and 60 at most.
int blocks_of(std::chrono::nanoseconds duration);

}  // namespace otmetka::load
