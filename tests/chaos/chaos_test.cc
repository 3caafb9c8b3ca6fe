// Workers on a real broker, and what befalls them in operation: each schedule says that its faults have hit, and a model that
// knows every record says what came of them.
#include "tests/chaos/chaos.h"
#include "tests/chaos/engine_worker.h"
#include "tests/support/kafka_broker.h"

namespace otmetka::chaos {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ChaosTest : public Chaos {};

// Every other time at any moment at all, every other time where it hurts; then until a transaction was hit.
TEST_P(ChaosTest, KilledAtNoParticularInstruction) {
  const int planned = is_long() ? 12 : 4;
  int kills = 0;
  const auto kill_one = [&](bool in_commit) {
    flow_for(milliseconds(some(200, 1'500)));
    WorkerProcess& killed = any();
    if (in_commit) {
      ASSERT_TRUE(hold_in_commit(killed));
    }
    killed.kill();
    ++kills;
  };
  flow_for(beginning());
  while (kills < planned) ASSERT_NO_FATAL_FAILURE(kill_one(kills % 2 == 0));
  settle_results();  // what is open now is no result that was given up
  while (kills < planned + 20 && aborted_results() == 0) {
    ASSERT_NO_FATAL_FAILURE(kill_one(true));
    settle_results();
  }
  settle();
  EXPECT_EQ(sum(&Befallen::kills), kills);
  EXPECT_GE(sum(&Befallen::kills_in_commit), planned / 2);
  EXPECT_GT(aborted_results(), 0u) << "no kill hit a transaction";
}

// Held in the middle of a commit: the broker ends the transaction meanwhile, and its producer may write no more.
TEST_P(ChaosTest, HeldForLongerThanTheGroupWaits) {
  constexpr int kMost = 5;
  flow_for(beginning());
  for (int i = 0; i < kMost && (i < 2 || fenced_producers() == 0); ++i) {
    WorkerProcess& held = any();
    ASSERT_TRUE(hold_in_commit(held));
    const std::size_t before = model_.results();
    flow_for(seconds(12));
    model_.wait_for(before + 1, kPatience);
    EXPECT_GT(model_.results(), before) << "the others go on";
    held.go_on();
    flow_for(seconds(2));
  }
  settle();
  EXPECT_EQ(sum(&Befallen::crashes), 0);
  EXPECT_GT(fenced_producers(), 0u) << "nobody was fenced";
}

TEST_P(ChaosTest, WithoutABrokerForAMoment) {
  flow_for(beginning());
  for (int i = 0; i < 2; ++i) {
    const std::size_t before = model_.results();
    model_.publish(1'000, kMixture);
    restart_kafka(seconds(some(0, 3)));
    model_.wait_for(before + 1'000, kPatience);
  }
  settle();
  EXPECT_EQ(sum(&Befallen::failures), 0) << "a broker that comes back is no reason to end";
}

TEST_P(ChaosTest, WorkersJoinAndLeave) {
  const int leaving = is_long() ? 6 : 2;
  flow_for(beginning());
  for (int i = 0; i < leaving; ++i) {
    flow_for(milliseconds(some(300, 2'500)));
    EXPECT_EQ(any().leave(), 0);
  }
  settle();
}

TEST_P(ChaosTest, AWorkThatEndsItsWorkerIsParkedAndAllElseGoesOn) {
  flow_for(beginning());
  model_.publish_one(kCrashes, "bad");
  for (int i = 0; i < 12 && sum(&Befallen::crashes) < 2; ++i) flow_for(seconds(1));
  if (is_long()) flow_for(beginning());
  settle();
  EXPECT_GE(sum(&Befallen::crashes), 2) << "once among others and once alone";
  EXPECT_LE(sum(&Befallen::crashes), 4) << "a worker that has got its partition meanwhile begins to count anew";
}

// Works that wait for a spec and programs that run are open when a worker goes, and are begun again by the next.
TEST_P(ChaosTest, BadWorksAndProgramsThatTakeTheWholeLimitAreParkedOrGradedOnce) {
  constexpr Mixture kBad{.slow = 20, .twice = 5, .undecodable = 1, .batch = 5, .throwing = 1, .unknown = 1, .whole_limit = 1};
  constexpr int kKills = 2;
  flow_for(beginning(), kBad);
  for (int i = 0; i < kKills; ++i) {
    flow_for(milliseconds(some(1'000, 2'500)), kBad);
    any().kill();
  }
  flow_for(seconds(2), kBad);
  settle();
  EXPECT_EQ(sum(&Befallen::kills), kKills);
  EXPECT_GT(model_.expected_of("FINAL 0 TIME_LIMIT"), 0u);
  EXPECT_GT(model_.expected_of("FAILED", "OT380"), 0u);
  EXPECT_GT(model_.undecodable(), 0u);
}

// The one of the same name that comes to itself again after another has taken its place. Where it was away for longer than the
// group waits it joins as a newcomer, and puts the other one out first.
TEST_P(ChaosTest, OneWhosePlaceIsTakenWhileItIsHeldWritesNothingMore) {
  flow_for(beginning());
  ASSERT_TRUE(hold_in_commit(*workers_[0]));
  const std::unique_ptr<WorkerProcess> old = std::move(workers_[0]);
  workers_[0] = std::make_unique<WorkerProcess>(options_, old->instance());
  flow_for(seconds(2));
  old->go_on();
  for (int i = 0; i < 60 && old->running(); ++i) flow_for(seconds(1));
  ASSERT_FALSE(old->running());
  EXPECT_EQ(old->befallen().fenced, 1);
  settle();
  EXPECT_LE(sum(&Befallen::failures), 1);
  EXPECT_EQ(sum(&Befallen::failures), sum(&Befallen::fenced));
}

INSTANTIATE_TEST_SUITE_P(Seed, ChaosTest, testing::ValuesIn(chosen_seeds()), testing::PrintToStringParamName());

// Results may come twice; a gradebook does not show it.
class AtLeastOnceChaosTest : public Chaos {
 protected:
  AtLeastOnceChaosTest() : Chaos(queue::Delivery::kAtLeastOnce) {}
};

TEST_P(AtLeastOnceChaosTest, KilledAtNoParticularInstruction) {
  const int kills = is_long() ? 12 : 4;
  flow_for(beginning());
  for (int i = 0; i < kills; ++i) {
    flow_for(milliseconds(some(200, 1'500)));
    WorkerProcess& killed = any();
    if (i % 2 == 0) {
      ASSERT_TRUE(hold_in_commit(killed));
    }
    killed.kill();
  }
  settle_results();
  for (int i = 0; i < 20 && model_.repeats() == 0; ++i) {
    WorkerProcess& killed = any();
    ASSERT_TRUE(hold_in_commit(killed));
    killed.kill();
    flow_for(seconds(1));
    model_.wait_for(model_.expected_results(), seconds(5));
  }
  settle();
  EXPECT_GE(sum(&Befallen::kills), kills);
  EXPECT_GE(sum(&Befallen::kills_in_commit), kills / 2);
  EXPECT_GT(model_.repeats(), 0u) << "no kill fell between a result and its offset";
}

INSTANTIATE_TEST_SUITE_P(Seed, AtLeastOnceChaosTest, testing::ValuesIn(chosen_seeds()), testing::PrintToStringParamName());

}  // namespace
}  // namespace otmetka::chaos
