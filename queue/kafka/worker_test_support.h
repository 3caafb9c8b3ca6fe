// Workers of one group and what they have committed: what the tests of several workers share.
#pragma once

#include <gtest/gtest.h>
#include <atomic>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "queue/kafka/kafka_queue.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/wait_until.h"

namespace otmetka::queue {

using std::chrono::milliseconds, std::chrono::seconds;
using Clock = std::chrono::steady_clock;

inline constexpr std::size_t kMany = 1'000'000;

inline std::unique_ptr<KafkaQueue> open_worker(KafkaOptions options, const std::string& instance) {
  options.instance = instance;
  auto opened = KafkaQueue::open(options, KafkaRole::kServe);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

// Payloads "FROM", … by a hundred learners, so that every partition has some.
inline void publish(const KafkaOptions& options, std::size_t n, std::size_t from = 0) {
  const auto client = KafkaQueue::open(options, KafkaRole::kClient);
  std::vector<Outgoing> batch;
  for (std::size_t i = from; i < from + n; ++i) batch.push_back({"p" + std::to_string(i % 100), std::to_string(i), Encoding::kJson});
  ASSERT_TRUE((*client)->publisher().publish(batch).ok());
}

inline std::set<std::string> numbers(std::size_t n) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.insert(std::to_string(i));
  return out;
}

// One result for each, and the partitions' progress behind them: records of a partition come in its order.
inline Commit commit_of(const std::vector<Record>& records) {
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
inline std::multiset<std::string> results_of(KafkaOptions options) {
  options.patience = seconds(30);  // the broker may just be coming back
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

inline std::multiset<std::string> each_once(const std::set<std::string>& payloads) { return {payloads.begin(), payloads.end()}; }

// Not all that is committed is known to be: a worker that loses a partition before it is told counts what it has committed as late.
inline bool all_there(const KafkaOptions& options, std::size_t n) {
  const auto results = results_of(options);
  return std::set<std::string>(results.begin(), results.end()).size() >= n;
}

inline std::vector<Record> take(SubmissionSource& source, std::size_t n) {
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

inline std::string words_of(const Error& error) {
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
      std::vector<Record> records;
      poll(records);
      if (records.empty()) continue;
      // On a thread of its own: who is put out while a commit hangs has to be told so, and joins again in poll() only.
      const Commit commit = commit_of(records);
      Status done = ok_status();
      do {
        auto committing = std::async(std::launch::async, [&] { return queue_->sink().commit(commit); });
        while (committing.wait_for(milliseconds(0)) != std::future_status::ready) mind();
        done = committing.get();
      } while (!done && done.failure().retryable && !leaving_);
      ASSERT_TRUE(done.ok() || leaving_) << words_of(done.failure());
      committed_ += records.size();
    }
  }
  void mind() { EXPECT_TRUE(queue_->source().poll(0, 0, milliseconds(5)).ok()); }
  void poll(std::vector<Record>& into) {
    auto records = queue_->source().poll(50, kMany, milliseconds(50));
    if (!records) leaving_ = true;  // told once
    ASSERT_TRUE(records.ok()) << words_of(records.failure());
    into.insert(into.end(), records->begin(), records->end());
  }
  std::unique_ptr<KafkaQueue> queue_;
  std::atomic<bool> leaving_{false};
  std::atomic<std::size_t> committed_{0};
  std::thread thread_;
};

}  // namespace otmetka::queue
