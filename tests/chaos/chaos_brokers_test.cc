// Workers on three brokers, of which each partition is on all and two must have what is acknowledged: one may be away.
#include <algorithm>
#include <array>

#include "tests/chaos/chaos.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/let_pass.h"

namespace otmetka::chaos {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class BrokersChaosTest : public Chaos {
 protected:
  // In the order of this seed: each leads some partitions, one coordinates the group, one the transactions, one is the controller.
  std::array<int, 3> nodes() {
    std::array<int, 3> nodes{1, 2, 3};
    std::shuffle(nodes.begin(), nodes.end(), random_);
    return nodes;
  }
  // While submissions flow; in a minute at most.
  bool in_sync() {
    for (int i = 0; i < 120; ++i) {
      if (kafka_replicas_in_sync(options_) == 3) return true;
      flow_for(milliseconds(500));
    }
    return false;
  }
};

TEST_P(BrokersChaosTest, EachOfThreeIsKilledInItsTurnAndAWorkerBesideIt) {
  flow_for(seconds(6));
  ASSERT_TRUE(in_sync());
  for (const char* topic : {"submissions", "programs", "batch", "retry", "results", "specs", "dead-letters"}) {
    ASSERT_EQ(kafka_topic_setting(options_, topic, "min.insync.replicas"), "2") << topic;
  }
  for (const int node : nodes()) {
    const std::size_t before = model_.results();
    kill_kafka_node(node);
    flow_for(milliseconds(some(500, 3'000)));
    any().kill();
    flow_for(seconds(8));
    model_.wait_for(before + 200, kPatience);
    EXPECT_GE(model_.results(), before + 200) << "two of three go on without node " << node;
    EXPECT_EQ(kafka_replicas_in_sync(options_), 2);
    start_kafka_node(node);
    ASSERT_TRUE(in_sync()) << node;
  }
  settle();
  EXPECT_EQ(sum(&Befallen::kills), 3);
  EXPECT_EQ(sum(&Befallen::failures), 0) << "a broker that is away is no reason to end";
}

// Nothing is acknowledged by one alone, and nothing that was is lost.
TEST_P(BrokersChaosTest, TwoOfThreeKilledAtOnce) {
  flow_for(seconds(6));
  ASSERT_TRUE(in_sync());
  const auto nodes = this->nodes();
  model_.publish(500, kMixture);
  kill_kafka_node(nodes[0]);
  kill_kafka_node(nodes[1]);
  let_pass(milliseconds(some(500, 6'000)));
  start_kafka_node(nodes[0]);
  start_kafka_node(nodes[1]);
  ASSERT_TRUE(in_sync());
  settle();
  EXPECT_EQ(sum(&Befallen::failures), 0);
}

INSTANTIATE_TEST_SUITE_P(Seed, BrokersChaosTest, testing::ValuesIn(chosen_seeds()), testing::PrintToStringParamName());

}  // namespace
}  // namespace otmetka::chaos
