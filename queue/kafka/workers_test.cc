// Several workers of one group: who has which partition, what becomes of late work, and of a worker that is killed.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "queue/kafka/kafka_queue.h"
#include "queue/kafka/names.h"
#include "tests/contract/child_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/seeds.h"

namespace otmetka::queue {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMany = 1'000'000;

std::unique_ptr<KafkaQueue> open_worker(KafkaOptions options, const std::string& instance) {
  options.instance = instance;
  auto opened = KafkaQueue::open(options, KafkaRole::kServe);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

// Payloads "FROM", … by a hundred learners, so that every partition has some.
void publish(const KafkaOptions& options, std::size_t n, std::size_t from = 0) {
  const auto client = KafkaQueue::open(options, KafkaRole::kClient);
  std::vector<Outgoing> batch;
  for (std::size_t i = from; i < from + n; ++i) batch.push_back({"p" + std::to_string(i % 100), std::to_string(i), Encoding::kJson});
  ASSERT_TRUE((*client)->publisher().publish(batch).ok());
}

std::set<std::string> numbers(std::size_t n) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.insert(std::to_string(i));
  return out;
}

// One result for each, and the partitions' progress behind them: records of a partition come in its order.
Commit commit_of(const std::vector<Record>& records) {
  Commit commit;
  std::map<std::int32_t, PartitionProgress> progress;
  for (const Record& record : records) {
    const Position& at = record.position;
    commit.results.push_back({0, "key", record.payload, at});
    progress[at.partition] = {at.partition, at.offset + 1, "", at.epoch};
  }
  for (const auto& [partition, one] : progress) commit.progress.push_back(one);
  return commit;
}

// What a read_committed reader sees, however often.
std::multiset<std::string> results_of(const KafkaOptions& options) {
  settle_kafka(options);
  std::multiset<std::string> payloads;
  const auto client = KafkaQueue::open(options, KafkaRole::kClient);
  const std::int32_t partitions = *(*client)->results_partitions();
  for (std::int32_t partition = 0; partition < partitions; ++partition) {
    const auto reader = (*client)->results_of(partition);
    std::int64_t from = 0;
    while (true) {
      const auto results = reader->poll_results(from, kMany, kMany * 10, milliseconds(0));
      EXPECT_TRUE(results.ok()) << results.failure().code();
      if (!results || results->empty()) break;
      for (const ResultRecord& result : *results) payloads.insert(result.payload);
      from = results->back().offset + 1;
    }
  }
  return payloads;
}

std::multiset<std::string> each_once(const std::set<std::string>& payloads) { return {payloads.begin(), payloads.end()}; }

// Not all that is committed is known to be: a worker that loses a partition before it is told counts what it has committed as late.
bool all_there(const KafkaOptions& options, std::size_t n) {
  const auto results = results_of(options);
  return std::set<std::string>(results.begin(), results.end()).size() >= n;
}

// Polls until `n` have come.
std::vector<Record> take(SubmissionSource& source, std::size_t n) {
  std::vector<Record> taken;
  const auto until = Clock::now() + seconds(60);
  while (taken.size() < n && Clock::now() < until) {
    auto polled = source.poll(n - taken.size(), kMany, milliseconds(100));
    EXPECT_TRUE(polled.ok()) << polled.failure().code();
    if (!polled) break;
    taken.insert(taken.end(), polled->begin(), polled->end());
  }
  EXPECT_EQ(taken.size(), n);
  return taken;
}

std::string words_of(const Error& error) {
  std::string out = error.code();
  for (const Arg& arg : error.message.args) {
    if (const auto* text = std::get_if<std::string>(&arg)) out += " " + *text;
  }
  return out;
}

// A worker that commits whatever it polls, on a thread of its own, until it is gone.
class Worker {
 public:
  Worker(KafkaOptions options, const std::string& instance) {
    queue_ = open_worker(options, instance);
    thread_ = std::thread([this] { work(); });
  }
  ~Worker() {
    leaving_ = true;
    thread_.join();
  }
  std::size_t committed() const { return committed_ - queue_->stale_results(); }

 private:
  void work() {
    while (!leaving_) {
      std::vector<Record> records = std::move(next_);
      next_.clear();
      poll(records);
      if (records.empty()) continue;
      // The group may have put this worker out, and it joins again in poll() only: the same commit is tried between polls.
      const Commit commit = commit_of(records);
      Status done = queue_->sink().commit(commit);
      while (!done && done.failure().retryable && !leaving_) {
        poll(next_);
        done = queue_->sink().commit(commit);
      }
      ASSERT_TRUE(done.ok() || leaving_) << words_of(done.failure());
      committed_ += records.size();
    }
  }
  void poll(std::vector<Record>& into) {
    auto records = queue_->source().poll(50, kMany, milliseconds(50));
    if (!records) leaving_ = true;  // told once
    ASSERT_TRUE(records.ok()) << words_of(records.failure());
    into.insert(into.end(), records->begin(), records->end());
  }
  std::unique_ptr<KafkaQueue> queue_;
  std::vector<Record> next_;  // polled while a commit was failing
  std::atomic<bool> leaving_{false};
  std::atomic<std::size_t> committed_{0};
  std::thread thread_;
};

template <class Condition>
void wait_until(const Condition& condition) {
  const auto until = Clock::now() + seconds(60);
  while (!condition() && Clock::now() < until) std::this_thread::yield();
  EXPECT_TRUE(condition());
}

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

TEST(KafkaWorkersTest, ABrokerThatIsKilledAndComesBackCostsTimeAndNothingElse) {
  constexpr std::size_t kPublished = 4'000;
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
  constexpr std::size_t kPublished = 6'000;
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
