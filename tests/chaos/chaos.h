// What all schedules share: workers as processes of one group, a flow of submissions, and the end, when the model is asked.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <random>
#include <vector>

#include "tests/chaos/model.h"
#include "tests/chaos/worker_process.h"

namespace otmetka::chaos {

inline constexpr int kWorkers = 4;
inline constexpr int kPartitions = 8;

// One to twenty seeds, for INSTANTIATE_TEST_SUITE_P. OTMETKA_CHAOS_SEED=N: that one only.
std::vector<unsigned> chosen_seeds();

class Chaos : public testing::TestWithParam<unsigned> {
 protected:
  static constexpr std::chrono::seconds kPatience{60};
  static constexpr Mixture kMixture{.slow = 30, .twice = 5, .undecodable = 1, .batch = 5, .throwing = 1, .unknown = 1};

  explicit Chaos(queue::Delivery delivery = queue::Delivery::kExactlyOnce);

  // With many seeds; otherwise schedules are short.
  static bool is_long();
  // Until all have joined and work.
  static std::chrono::seconds beginning() { return std::chrono::seconds(is_long() ? 6 : 2); }

  // Between the two, and each time the same for a seed.
  std::size_t some(std::size_t least, std::size_t most) { return std::uniform_int_distribution<std::size_t>(least, most)(random_); }
  WorkerProcess& any() { return *workers_[some(0, workers_.size() - 1)]; }

  // Publishes on, and starts again what has ended, as an init system does.
  void flow_for(std::chrono::milliseconds time, const Mixture& mixture = kMixture);
  void revive();
  // All is graded, whoever has to be started again for it; then results, letters and a gradebook are held against the model.
  void settle();
  void settle_results();

  // Publishes on until this one is held in the middle of a commit; false: it was in none for long.
  bool hold_in_commit(WorkerProcess& worker);
  int sum(int Befallen::*of) const;
  std::uint64_t fenced_producers() const;
  // Results that nobody who reads what is committed has seen: of transactions that a fault has ended.
  std::size_t aborted_results() const;

  queue::KafkaOptions options_;
  std::mt19937 random_;
  Model model_;
  std::vector<std::unique_ptr<WorkerProcess>> workers_;
};

}  // namespace otmetka::chaos
