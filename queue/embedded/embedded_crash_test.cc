// Processes that are killed at no particular moment, and processes that crowd.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "queue/embedded/embedded_queue.h"
#include "queue/offset_ledger.h"
#include "tests/contract/child_process.h"
#include "tests/contract/test_folder.h"

namespace otmetka::queue {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMany = 10'000'000;

std::unique_ptr<EmbeddedQueue> open_queue(const std::string& folder, EmbeddedRole role) {
  auto opened = EmbeddedQueue::open({.folder = folder}, role);
  return opened.ok() ? std::move(*opened) : nullptr;
}

std::vector<std::string> all_submissions(const std::string& folder) {
  const auto queue = open_queue(folder, EmbeddedRole::kServe);
  std::vector<std::string> payloads;
  while (true) {
    const auto records = queue->source().poll(10'000, kMany, milliseconds(0));
    if (!records.ok() || records->empty()) return payloads;
    for (const Record& record : *records) payloads.push_back(record.payload);
  }
}

// Publishes batches of 1 to 20 whose payload is the batch's number; acknowledges the number.
int publish_for_ever(const std::string& folder, std::int64_t first, const Acknowledge& acknowledge) {
  const auto queue = open_queue(folder, EmbeddedRole::kClient);
  if (!queue) return 1;
  for (std::int64_t batch = first; true; ++batch) {
    const std::vector<Outgoing> records(static_cast<std::size_t>(batch % 20 + 1), {"k", std::to_string(batch), Encoding::kJson});
    if (!queue->publisher().publish(records).ok()) return 1;
    acknowledge(batch);
  }
}

TEST(EmbeddedCrashTest, WhatAPublisherAcknowledgedBeforeItWasKilledIsThereOnceAndWhole) {
  const TestFolder folder;
  std::mt19937 random(20);
  std::set<std::string> acknowledged;
  for (std::int64_t kill = 0; kill < 20; ++kill) {
    ChildProcess child([&](const Acknowledge& ack) { return publish_for_ever(folder / "queue", kill * 1'000'000, ack); });
    const auto seen = child.kill_after(static_cast<int>(random() % 40), microseconds(random() % 2'000));
    for (const std::int64_t batch : seen) acknowledged.insert(std::to_string(batch));
  }
  std::map<std::string, std::size_t> found;
  for (const std::string& payload : all_submissions(folder / "queue")) ++found[payload];
  EXPECT_GT(acknowledged.size(), 100u) << "the children must get to do something";
  for (const std::string& batch : acknowledged) EXPECT_TRUE(found.contains(batch)) << batch;
  for (const auto& [batch, n] : found) EXPECT_EQ(n, static_cast<std::size_t>(std::stoll(batch) % 20 + 1)) << batch;
  EXPECT_LE(found.size(), acknowledged.size() + 20) << "at most the batch in hand was there and not acknowledged";
}

// Grades like the engine: polls, finishes out of order, commits results with the ledger.
int serve_for_ever(const std::string& folder, unsigned seed, const Acknowledge& acknowledge) {
  const auto queue = open_queue(folder, EmbeddedRole::kServe);
  if (!queue) return 1;
  std::mt19937 random(seed);
  const auto progress = queue->source().committed();
  OffsetLedger ledger(progress->front().next, progress->front().metadata);
  std::vector<Record> open;
  while (true) {
    auto records = queue->source().poll(64, kMany, milliseconds(0));
    if (!records.ok()) return 1;
    for (Record& record : *records) {
      if (ledger.finished_before(record.position.offset)) continue;
      ledger.start(record.position.offset);
      open.push_back(std::move(record));
    }
    if (open.empty()) return 0;
    Commit commit;
    for (std::size_t n = 1 + random() % open.size(); n > 0; --n) {
      std::swap(open[random() % open.size()], open.back());
      ledger.finish(open.back().position.offset);
      commit.results.push_back({0, "k", open.back().payload});
      open.pop_back();
    }
    commit.progress.push_back({0, ledger.next(), ledger.metadata()});
    if (!queue->sink().commit(commit).ok()) return 1;
    acknowledge(static_cast<std::int64_t>(commit.results.size()));
  }
}

TEST(EmbeddedCrashTest, AServerKilledTwentyTimesGivesOneResultForEverySubmission) {
  const TestFolder folder;
  constexpr std::size_t kWorks = 6'000;
  {
    const auto queue = open_queue(folder / "queue", EmbeddedRole::kClient);
    std::vector<Outgoing> works;
    for (std::size_t i = 0; i < kWorks; ++i) works.push_back({"k", std::to_string(i), Encoding::kJson});
    ASSERT_TRUE(queue->publisher().publish(works).ok());
  }
  std::mt19937 random(21);
  std::size_t acknowledged = 0;
  for (unsigned kill = 0; kill < 20; ++kill) {
    ChildProcess child([&](const Acknowledge& ack) { return serve_for_ever(folder / "queue", kill, ack); });
    for (const auto n : child.kill_after(static_cast<int>(random() % 8), microseconds(random() % 2'000))) {
      acknowledged += static_cast<std::size_t>(n);
    }
  }
  EXPECT_LT(acknowledged, kWorks) << "every kill must have met work under way";
  ChildProcess last([&](const Acknowledge& ack) { return serve_for_ever(folder / "queue", 99, ack); });
  last.rest();
  ASSERT_EQ(last.wait(), 0);
  std::map<std::string, int> results;
  const auto queue = open_queue(folder / "queue", EmbeddedRole::kClient);
  const auto read = queue->results().poll_results(0, kMany, kMany, milliseconds(0));
  for (const ResultRecord& result : *read) ++results[result.payload];
  EXPECT_EQ(results.size(), kWorks);
  for (const auto& [work, n] : results) EXPECT_EQ(n, 1) << work;
}

TEST(EmbeddedCrashTest, ProcessesThatMakeAndFillTheSameQueueAtOnceAllSucceed) {
  const TestFolder folder;
  constexpr int kProcesses = 8;
  constexpr int kBatches = 40;
  std::vector<std::unique_ptr<ChildProcess>> children;
  for (int p = 0; p < kProcesses; ++p) {
    children.push_back(std::make_unique<ChildProcess>([&, p](const Acknowledge&) {
      const auto queue = open_queue(folder / "queue", EmbeddedRole::kClient);
      if (!queue) return 1;
      for (int i = 0; i < kBatches; ++i) {
        const std::vector<Outgoing> one{{"k", std::to_string(p * kBatches + i), Encoding::kJson}};
        if (!queue->publisher().publish(one).ok()) return 2;
      }
      return 0;
    }));
  }
  for (const auto& child : children) EXPECT_EQ(child->wait(), 0);
  const auto payloads = all_submissions(folder / "queue");
  EXPECT_EQ(payloads.size(), static_cast<std::size_t>(kProcesses * kBatches));
  EXPECT_EQ(std::set<std::string>(payloads.begin(), payloads.end()).size(), payloads.size());
}

}  // namespace
}  // namespace otmetka::queue
