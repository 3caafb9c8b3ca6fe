// Joins what was sent to what came back.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "load/measured.h"
#include "model/scored_result.h"

namespace otmetka::load {

using Clock = std::chrono::steady_clock;

// A result as it could be read first.
struct Arrival {
  std::string payload;  // protobuf
  Clock::time_point at;
};

// Any thread.
class Recorder {
 public:
  struct Window {
    Clock::time_point begin;  // of the measured time
    Clock::time_point end;
    int blocks = 1;
  };

  Recorder(const Workload& load, const Window& window);

  void due(Clock::time_point intended);  // counted, whether or not it is sent
  // Before it is published: its result may come first.
  void sending(std::uint64_t number, Clock::time_point intended);
  void accepted(std::uint64_t first, std::uint64_t end, Clock::time_point at);  // these numbers: the queue has them
  void came(std::span<const Arrival> arrivals);

  std::size_t outstanding() const;
  void set_window_end(Clock::time_point end);  // a run that ends early
  void block_used(std::size_t block, double cpu_seconds);

  struct Now {
    std::uint64_t sent = 0;
    std::uint64_t came = 0;
    std::size_t outstanding = 0;
    std::chrono::nanoseconds p99{0};  // of the measured ones so far, those that still wait among them
  };
  Now now() const;

  // What is outstanding is missing. Once, when nobody else uses it any more.
  Measured finish();

 private:
  struct Pending {
    Clock::time_point intended;
    std::optional<Clock::time_point> accepted;
  };
  std::optional<std::size_t> block_at(Clock::time_point at) const;
  void came_one(const ScoredResult& result, Clock::time_point at, std::chrono::nanoseconds wall_ahead);
  void came_again(std::uint64_t number, const ScoredResult& result);
  void check(std::uint64_t number, const Expectation& expected, const ScoredResult& result);
  void check_parts(std::uint64_t number, const Expectation& expected, const ScoredResult& result);
  void check_sum(std::uint64_t number, const Expectation& expected, const ScoredResult& result);
  void measure(const Pending& pending, bool program, const ScoredResult& result, Clock::time_point at, std::chrono::nanoseconds wall_ahead);
  void disagree(std::uint64_t number, Disagreement example);

  const Workload& load_;
  mutable std::mutex mutex_;
  Window window_;
  Measured out_;
  std::uint64_t sent_ = 0;
  std::uint64_t came_ = 0;
  std::optional<std::uint64_t> disagreed_last_;  // a submission counts once
  std::unordered_map<std::uint64_t, Pending> pending_;
  std::vector<std::uint64_t> seen_;  // by number: a mark of the content of the result that came; 0: none did
};

}  // namespace otmetka::load
