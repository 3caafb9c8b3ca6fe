// A broker that goes away, a producer that is refused, a worker that is killed.
#include <gtest/gtest.h>

#include <random>

#include "queue/kafka/worker_test_support.h"
#include "tests/contract/child_process.h"
#include "tests/support/seeds.h"

namespace otmetka::queue {
namespace {

TEST(KafkaWorkersTest, ABrokerThatIsKilledAndComesBackCostsTimeAndNothingElse) {
  constexpr std::size_t kPublished = 12'000;
  for (const Delivery delivery : {Delivery::kExactlyOnce, Delivery::kAtLeastOnce}) {
    KafkaOptions options = new_kafka_queue(2);
    options.delivery = delivery;
    options.patience = seconds(3);  // of one commit; the worker polls between two
    publish(options, kPublished);
    Worker worker(options, "one");
    wait_until([&] { return worker.committed() > 100; });
    restart_kafka();
    ASSERT_LT(worker.committed(), kPublished) << "it was all done before the broker went";
    wait_until([&] { return worker.committed() >= kPublished || all_there(options, kPublished); });
    const auto results = results_of(options);
    if (delivery == Delivery::kExactlyOnce) {
      EXPECT_EQ(results, each_once(numbers(kPublished)));
    } else {
      EXPECT_EQ(std::set<std::string>(results.begin(), results.end()), numbers(kPublished)) << "some may be there twice";
    }
  }
}

// The brokers end a transaction that is open for too long, and its producer may write no more.
TEST(KafkaWorkersTest, ABrokerThatIsAwayForLongerThanATransactionMayLastCostsTimeAndNothingElse) {
  constexpr std::size_t kPublished = 12'000;
  KafkaOptions options = new_kafka_queue(2);
  options.patience = seconds(3);  // of one commit; the worker polls between two
  publish(options, kPublished);
  Worker worker(options, "one");
  wait_until([&] { return worker.committed() > 100; });
  restart_kafka(seconds(13));
  ASSERT_LT(worker.committed(), kPublished) << "it was all done before the broker went";
  wait_until([&] { return worker.committed() >= kPublished || all_there(options, kPublished); });
  EXPECT_EQ(results_of(options), each_once(numbers(kPublished)));
}

// Whoever has the group's place goes on: the broker's words for a transaction that it has ended and for another worker's are the same.
TEST(KafkaWorkersTest, AWorkerWhoseProducerIsRefusedGoesOnAsLongAsTheGroupKnowsIt) {
  const KafkaOptions options = new_kafka_queue();
  publish(options, 3);
  const auto worker = open_worker(options, "one");
  const auto records = take(worker->source(), 3);
  ASSERT_TRUE(worker->sink().commit(commit_of({records[0]})).ok());
  {
    KafkaOptions other = options;  // it joins no group
    other.instance = "one";
    ASSERT_TRUE(KafkaQueue::open(other, KafkaRole::kServe).ok());
  }
  ASSERT_TRUE(worker->sink().commit(commit_of({records[1]})).ok());
  ASSERT_TRUE(worker->sink().commit(commit_of({records[2]})).ok());
  EXPECT_EQ(results_of(options), each_once(numbers(3)));
}

// At no particular instruction, again and again: what it had in a transaction is either there, with its offsets, or it is not.
TEST(KafkaWorkersTest, AWorkerThatIsKilledLosesNothingAndRepeatsNothing) {
  constexpr std::size_t kPublished = 3'000;
  const KafkaOptions options = new_kafka_queue(2);
  publish(options, kPublished);
  std::mt19937 random(11);
  std::size_t acknowledged = 0;
  for (unsigned round = 0; round < seeds(6); ++round) {
    ChildProcess child([&](const Acknowledge& acknowledge) {
      const auto worker = open_worker(options, "one");
      while (true) {
        const auto records = worker->source().poll(40, kMany, milliseconds(100));
        if (!records) return 1;
        if (!worker->sink().commit(commit_of(*records)).ok()) return 2;
        acknowledge(static_cast<std::int64_t>(records->size()));
      }
    });
    const auto done = child.kill_after(3, std::chrono::microseconds(std::uniform_int_distribution<>(0, 60'000)(random)));
    ASSERT_GE(done.size(), 3u);
    for (const std::int64_t n : done) acknowledged += static_cast<std::size_t>(n);
  }
  EXPECT_LT(acknowledged, kPublished) << "nothing was left to be killed in";
  Worker last(options, "one");
  wait_until([&] { return last.committed() + acknowledged >= kPublished || all_there(options, kPublished); });
  EXPECT_EQ(results_of(options), each_once(numbers(kPublished)));
}

}  // namespace
}  // namespace otmetka::queue
