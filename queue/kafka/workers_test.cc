// Several workers of one group: who has which partition, what becomes of late work, and of what goes on to other lanes.
#include <gtest/gtest.h>

#include "queue/kafka/names.h"
#include "queue/kafka/worker_test_support.h"

namespace otmetka::queue {
namespace {

TEST(KafkaWorkersTest, TheySharePartitionsAndOneTakesOverWhatAnotherLeaves) {
  const KafkaOptions options = new_kafka_queue(4);
  publish(options, 200);
  Worker one(options, "one");
  wait_until([&] { return one.committed() == 200; });
  {
    Worker two(options, "two");
    std::size_t published = 200;
    wait_until([&] {  // in a group that is just being shared out anew, the first may still get some of the second's
      publish(options, 100, published);
      published += 100;
      return two.committed() > 0;
    });
    wait_until([&] { return one.committed() + two.committed() == published; });
    EXPECT_GT(one.committed(), 200u);
    EXPECT_EQ(results_of(options), each_once(numbers(published)));
  }
}

// Notes what it is told; on a revoke it commits what it was given before.
class Drain final : public PartitionListener {
 public:
  explicit Drain(ResultSink& sink) : sink_(sink) {}
  void assigned(std::span<const PartitionProgress> progress) override {
    assigned_.emplace_back(progress.begin(), progress.end());
  }
  void revoking(std::span<const std::int32_t> partitions, milliseconds most) override {
    revoked_.assign(partitions.begin(), partitions.end());
    EXPECT_GT(most, milliseconds(0));
    EXPECT_TRUE(sink_.commit(under_way).ok());
  }
  void lost(std::span<const std::int32_t> partitions) override { lost_.assign(partitions.begin(), partitions.end()); }

  Commit under_way;
  std::vector<std::vector<PartitionProgress>> assigned_;
  std::vector<std::int32_t> revoked_;
  std::vector<std::int32_t> lost_;

 private:
  ResultSink& sink_;
};

TEST(KafkaWorkersTest, WhatIsFinishedBeforeAPartitionGoesIsCommittedAndWhatIsFinishedLaterIsNot) {
  const KafkaOptions options = new_kafka_queue(2);
  publish(options, 100);
  const auto one = open_worker(options, "one");
  Drain drain(one->sink());
  one->source().listen(&drain);
  const auto records = take(one->source(), 100);
  ASSERT_EQ(drain.assigned_.size(), 1u);
  EXPECT_EQ(drain.assigned_[0].size(), 2u);
  // Of each partition the last record is still being worked on when the second worker comes.
  std::map<std::int32_t, Record> last;
  for (const Record& record : records) last[record.position.partition] = record;
  ASSERT_EQ(last.size(), 2u);
  std::vector<Record> finished;
  std::vector<Record> late;
  for (const Record& record : records) {
    (record.position.offset == last[record.position.partition].position.offset ? late : finished).push_back(record);
  }
  drain.under_way = commit_of(finished);

  const auto two = open_worker(options, "two");
  std::thread joining([&] { EXPECT_TRUE(two->source().committed().ok()); });
  wait_until([&] {
    EXPECT_TRUE(one->source().poll(1, kMany, milliseconds(20)).ok());
    return drain.assigned_.size() == 2;
  });
  joining.join();
  EXPECT_EQ(drain.revoked_.size(), 2u) << "all go, and half of them come back";
  EXPECT_TRUE(drain.lost_.empty());
  ASSERT_EQ(drain.assigned_[1].size(), 1u);
  EXPECT_EQ(drain.assigned_[1][0].epoch, 1u) << "it came back, and is told apart from the time before";

  ASSERT_TRUE(one->sink().commit(commit_of(late)).ok());
  EXPECT_EQ(one->stale_results(), 2u) << "neither counts any more: one is another's, one is of an earlier time";
  const auto again = take(two->source(), 1);
  ASSERT_EQ(again.size(), 1u);
  ASSERT_TRUE(two->sink().commit(commit_of(again)).ok());
  std::set<std::string> but_one = numbers(100);
  for (const Record& record : late) {
    if (record.payload != again[0].payload) but_one.erase(record.payload);
  }
  EXPECT_EQ(results_of(options), each_once(but_one));
  one->source().listen(nullptr);
}

TEST(KafkaWorkersTest, ASecondWorkerOfTheSameInstanceEndsTheFirst) {
  const KafkaOptions options = new_kafka_queue();
  const auto first = open_worker(options, "one");
  ASSERT_TRUE(first->source().committed().ok());
  const auto second = open_worker(options, "one");
  ASSERT_TRUE(second->source().committed().ok());
  wait_until([&] { return !first->source().poll(1, kMany, milliseconds(50)).ok(); });
  EXPECT_EQ(first->source().poll(1, kMany, milliseconds(50)).failure().code(), "OT444") << "for good";
  EXPECT_EQ(first->sink().commit({{{0, "k", "v"}}, {}, {}}).failure().code(), "OT444");
  publish(options, 1);
  EXPECT_EQ(take(second->source(), 1).size(), 1u);
}

TEST(KafkaWorkersTest, APausedPartitionGivesNothingUntilItIsResumedAndLosesNothing) {
  const KafkaOptions options = new_kafka_queue(2);
  const auto worker = open_worker(options, "one");
  ASSERT_TRUE(worker->source().committed().ok());
  const std::vector<std::int32_t> paused{0};
  worker->source().resume(paused);  // what is not paused stays as it is
  worker->source().pause(paused);
  publish(options, 100);
  std::map<std::int32_t, std::set<std::string>> seen;
  for (std::size_t empty = 0; empty < 3;) {
    const auto records = worker->source().poll(1'000, kMany, milliseconds(200));
    ASSERT_TRUE(records.ok());
    empty = records->empty() ? empty + 1 : 0;
    for (const Record& record : *records) seen[record.position.partition].insert(record.payload);
  }
  EXPECT_FALSE(seen.contains(0));
  EXPECT_FALSE(*worker->source().at_end());
  worker->source().resume(paused);
  for (const Record& record : take(worker->source(), 100 - seen[1].size())) seen[record.position.partition].insert(record.payload);
  EXPECT_EQ(seen[0].size() + seen[1].size(), 100u);
  EXPECT_FALSE(seen[0].empty());
  EXPECT_TRUE(*worker->source().at_end());
}

TEST(KafkaWorkersTest, EachLaneHasItsTopicAndKeepsItsOwnProgress) {
  KafkaOptions options = new_kafka_queue();
  options.lanes = {Lane::kSubmissions, Lane::kPrograms, Lane::kBatch};
  kcat_publishes(options.prefix + ".programs", "{\"p\": 1}");
  kcat_publishes(options.prefix + ".batch", "{\"b\": 1}");
  auto worker = open_worker(options, "one");
  const auto records = take(worker->source(), 2);
  std::map<std::string, std::int32_t> partitions;
  for (const Record& record : records) partitions[record.payload] = record.position.partition;
  EXPECT_EQ(partitions.at("{\"p\": 1}"), kafka::queue_partition(Lane::kPrograms, 0));
  EXPECT_EQ(partitions.at("{\"b\": 1}"), kafka::queue_partition(Lane::kBatch, 0));
  const Record& programs = records[0].payload.find('p') != std::string::npos ? records[0] : records[1];
  ASSERT_TRUE(worker->sink().commit(commit_of({programs})).ok());
  worker.reset();
  worker = open_worker(options, "one");
  const auto again = take(worker->source(), 1);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].payload, "{\"b\": 1}");
}

TEST(KafkaWorkersTest, WhatIsForwardedStandsInItsLaneWithAllThatItHadAndWithTheProgressThatLeftIt) {
  for (const Delivery delivery : {Delivery::kExactlyOnce, Delivery::kAtLeastOnce}) {
    KafkaOptions options = new_kafka_queue(2);
    options.delivery = delivery;
    options.lanes = {Lane::kSubmissions, Lane::kRetry};
    kcat_publishes(options.prefix + ".submissions", "{\"s\": 1}",
                   {"content-type=application/json", "ce_time=2026-02-03T04:05:06.789012Z", "traceparent=00-ab-cd-01"});
    auto worker = open_worker(options, "one");
    const Record came = take(worker->source(), 1).at(0);
    EXPECT_EQ(came.journey, Journey());
    Commit commit = commit_of({came});
    commit.results.clear();
    commit.forwarded.push_back({Lane::kRetry, "learner/assignment", came});
    commit.forwarded[0].record.journey = {
        .forwarded = true, .attempts = 4, .rounds = 2, .suspected = 1, .not_before = came.published_at + seconds(90)};
    ASSERT_TRUE(worker->sink().commit(commit).ok());
    const Record copy = take(worker->source(), 1).at(0);
    EXPECT_EQ(lane_of(copy.position.partition), Lane::kRetry);
    EXPECT_EQ(copy.payload, came.payload);
    EXPECT_EQ(copy.encoding, came.encoding);
    EXPECT_EQ(copy.published_at, came.published_at) << "its age is the submission's";
    EXPECT_EQ(copy.traceparent, came.traceparent);
    EXPECT_EQ(copy.journey, commit.forwarded[0].record.journey);
    ASSERT_TRUE(worker->sink().commit(commit_of({copy})).ok());
    worker.reset();
    worker = open_worker(options, "one");
    EXPECT_TRUE(*worker->source().at_end()) << "neither comes again";
    EXPECT_EQ(results_of(options).size(), 1u);
  }
}

TEST(KafkaWorkersTest, WhatIsForwardedOfAPartitionThatHasGoneIsLeftOut) {
  KafkaOptions options = new_kafka_queue(1);
  options.lanes = {Lane::kSubmissions, Lane::kBatch};
  publish(options, 1);
  const auto worker = open_worker(options, "one");
  Record came = take(worker->source(), 1).at(0);
  ++came.position.epoch;
  Commit commit;
  commit.forwarded.push_back({Lane::kBatch, "k", came});
  ASSERT_TRUE(worker->sink().commit(commit).ok());
  EXPECT_EQ(worker->stale_results(), 1u);
  EXPECT_EQ(kcat_reads(options, "batch", "%s\n"), "");
}

TEST(KafkaWorkersTest, HowManyWaitToBePolledIsKnownAboutAndAskingCostsNothing) {
  const KafkaOptions options = new_kafka_queue(2);
  const auto worker = open_worker(options, "one");
  EXPECT_TRUE(worker->source().committed().ok());
  EXPECT_TRUE(worker->source().poll(1, kMany, seconds(1)).ok());
  publish(options, 100);
  take(worker->source(), 40);
  wait_until([&] { return worker->source().unpolled()->value_or(-1) == 60; });
  take(worker->source(), 60);
  EXPECT_EQ(*worker->source().unpolled(), 0);
  const auto begun = Clock::now();
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(worker->source().unpolled().ok());
  EXPECT_LT(Clock::now() - begun, seconds(1)) << "no broker was asked";
}

}  // namespace
}  // namespace otmetka::queue
