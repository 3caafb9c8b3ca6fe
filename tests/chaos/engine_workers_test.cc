// Engines of one group on a real broker that join and leave while submissions flow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/chaos/engine_worker.h"
#include "tests/chaos/model.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/wait_until.h"

namespace otmetka::chaos {
namespace {

using std::chrono::seconds;
using testing::IsEmpty;

constexpr seconds kPatience{40};

class EngineWorkersTest : public testing::TestWithParam<queue::Delivery> {
 protected:
  EngineWorkersTest() {
    options_ = all_lanes(new_kafka_queue(4));
    options_.delivery = GetParam();
  }
  bool repeats() const { return GetParam() == queue::Delivery::kAtLeastOnce; }
  queue::KafkaOptions options_;
};

TEST_P(EngineWorkersTest, TheyJoinAndLeaveAndEachSubmissionGetsItsOneResult) {
  Model model(options_, 1);
  const Mixture mixture{.slow = 40, .twice = 5, .undecodable = 1, .batch = 5};
  model.publish(1'000, mixture);
  EngineWorker one(options_, "one");
  model.wait_for(100, kPatience);
  auto two = std::make_unique<EngineWorker>(options_, "two");
  wait_until([&] {
    model.publish(50, mixture);
    return two->counters().graded > 100;
  });
  EXPECT_FALSE(two->leave());
  model.publish(500, mixture);
  two = std::make_unique<EngineWorker>(options_, "two");
  model.wait_for(model.results() + 100, kPatience);
  EngineWorker three(options_, "three");
  wait_until([&] {  // a quick machine has all done before the group has moved
    model.publish(200, mixture);
    model.wait(kPatience);
    return three.counters().graded > 0;
  });
  EXPECT_THAT(model.wrong(repeats()), IsEmpty());
  EXPECT_FALSE(one.leave());
  EXPECT_FALSE(two->leave());
  EXPECT_FALSE(three.leave());
}

TEST_P(EngineWorkersTest, WhatFailsComesBackThroughRetryAndIsParkedOnceWithOneFailedResult) {
  Model model(options_, 2);
  model.publish(200, {.throwing = 20});
  EngineWorker one(options_, "one");
  model.wait(kPatience);
  EXPECT_THAT(model.wrong(repeats()), IsEmpty());
  EXPECT_GT(one.counters().dead_letters, 0u);
  EXPECT_EQ(one.counters().forwarded, one.counters().dead_letters) << "each went through .retry once";
  EXPECT_FALSE(one.leave());
}

INSTANTIATE_TEST_SUITE_P(, EngineWorkersTest, testing::Values(queue::Delivery::kExactlyOnce, queue::Delivery::kAtLeastOnce),
                         [](const auto& delivery) {
                           return delivery.param == queue::Delivery::kExactlyOnce ? "ExactlyOnce" : "AtLeastOnce";
                         });

}  // namespace
}  // namespace otmetka::chaos
