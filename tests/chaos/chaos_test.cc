// Workers on a real broker, and what befalls them in operation: each schedule says that its faults have hit, and a model that
// knows every record says what came of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

#include "tests/chaos/engine_worker.h"
#include "tests/chaos/model.h"
#include "tests/chaos/worker_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/let_pass.h"
#include "tests/support/seeds.h"

namespace otmetka::chaos {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::IsEmpty;
using Clock = std::chrono::steady_clock;

constexpr seconds kPatience{60};
constexpr Mixture kMixture{.slow = 30, .twice = 5, .undecodable = 1, .batch = 5, .throwing = 1};
constexpr int kWorkers = 4;

class ChaosTest : public testing::TestWithParam<unsigned> {
 protected:
  ChaosTest() : options_(new_kafka_queue(8)), random_(GetParam()), model_(options_, GetParam()) {
    RecordProperty("seed", static_cast<int>(GetParam()));
    for (int i = 0; i < kWorkers; ++i) workers_.push_back(std::make_unique<WorkerProcess>(options_, "w" + std::to_string(i)));
  }

  std::size_t some(std::size_t least, std::size_t most) { return std::uniform_int_distribution<std::size_t>(least, most)(random_); }
  WorkerProcess& any() { return *workers_[some(0, workers_.size() - 1)]; }

  // Publishes on, and starts again what has ended, as an init system does.
  void flow_for(milliseconds time) {
    const auto until = Clock::now() + time;
    while (Clock::now() < until) {
      model_.publish(20, kMixture);
      revive();
      let_pass(milliseconds(100));  // the publishers' own pace
    }
  }
  void revive() {
    for (const auto& worker : workers_) {
      if (!worker->running()) worker->start();
    }
  }
  // All is graded, whoever has to be started again for it.
  void settle() {
    for (const auto& worker : workers_) {
      if (worker->held()) worker->go_on();
    }
    for (int i = 0; i < 6; ++i) {
      revive();
      model_.wait_for(model_.expected_results(), seconds(15));
    }
    model_.wait(kPatience);
    EXPECT_THAT(model_.wrong(false), IsEmpty()) << "seed " << GetParam();
  }
  int sum(int (WorkerProcess::*of)() const) const {
    int all = 0;
    for (const auto& worker : workers_) all += (worker.get()->*of)();
    return all;
  }
  // Results that nobody who reads what is committed has seen: of transactions that a fault has ended.
  std::size_t aborted_results() const {
    const auto lines = [&](const char* isolation) {
      const std::string all = kcat_reads(options_, "results", "%o\n", isolation);
      return static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
    };
    return lines("read_uncommitted") - lines("read_committed");
  }

  queue::KafkaOptions options_;
  std::mt19937 random_;
  Model model_;
  std::vector<std::unique_ptr<WorkerProcess>> workers_;
};

TEST_P(ChaosTest, KilledAtNoParticularInstruction) {
  constexpr int kKills = 12;
  flow_for(seconds(6));
  for (int i = 0; i < kKills; ++i) {
    flow_for(milliseconds(some(200, 1'500)));
    any().kill();
  }
  settle();
  EXPECT_GT(aborted_results(), 0u) << "no kill hit a transaction";
}

TEST_P(ChaosTest, HeldForLongerThanTheGroupWaits) {
  flow_for(seconds(6));
  for (int i = 0; i < 2; ++i) {
    WorkerProcess& held = any();
    held.hold();
    const std::size_t before = model_.results();
    flow_for(seconds(11));
    model_.wait_for(before + 1, kPatience);
    EXPECT_GT(model_.results(), before) << "the others go on";
    held.go_on();
    flow_for(seconds(2));
  }
  settle();
  EXPECT_EQ(sum(&WorkerProcess::crashes), 0);
}

TEST_P(ChaosTest, WithoutABrokerForAMoment) {
  flow_for(seconds(6));
  for (int i = 0; i < 2; ++i) {
    const std::size_t before = model_.results();
    model_.publish(1'000, kMixture);
    restart_kafka(seconds(some(0, 3)));
    model_.wait_for(before + 1'000, kPatience);
  }
  settle();
  EXPECT_EQ(sum(&WorkerProcess::failures), 0) << "a broker that comes back is no reason to end";
}

TEST_P(ChaosTest, WorkersJoinAndLeave) {
  flow_for(seconds(4));
  for (int i = 0; i < 6; ++i) {
    flow_for(milliseconds(some(300, 2'500)));
    EXPECT_EQ(any().leave(), 0);
  }
  settle();
}

TEST_P(ChaosTest, AWorkThatEndsItsWorkerIsParkedAndAllElseGoesOn) {
  flow_for(seconds(4));
  model_.publish_one(kCrashes, "bad");
  flow_for(seconds(12));
  settle();
  EXPECT_EQ(sum(&WorkerProcess::crashes), 2) << "once among others and once alone";
}

std::vector<unsigned> chosen_seeds() {
  std::vector<unsigned> out;
  for (unsigned seed = 1; seed <= seeds(1); ++seed) out.push_back(seed);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Seed, ChaosTest, testing::ValuesIn(chosen_seeds()), testing::PrintToStringParamName());

}  // namespace
}  // namespace otmetka::chaos
