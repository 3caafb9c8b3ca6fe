// What trimming takes, and what is done when a queue and a gradebook no longer fit.
#include <gtest/gtest.h>

#include <filesystem>

#include "queue/embedded/database.h"
#include "queue/embedded/embedded_queue.h"
#include "queue/embedded/schema.h"
#include "tests/contract/queue_contract.h"
#include "tests/contract/test_folder.h"

namespace otmetka::queue {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMany = 1'000'000;

std::unique_ptr<EmbeddedQueue> open_queue(const std::string& folder, EmbeddedRole role = EmbeddedRole::kServe) {
  auto opened = EmbeddedQueue::open({.folder = folder}, role);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

std::vector<Outgoing> batch_of(std::size_t n, const std::string& payload = "{}") {
  return std::vector<Outgoing>(n, Outgoing{"k", payload, Encoding::kJson});
}

std::size_t submissions_in(const std::string& folder) {
  const auto database = embedded::Database::open({.file = folder + "/queue.db"}, embedded::kQueueSchema);
  return static_cast<std::size_t>(*(*database)->integer("SELECT count(*) FROM submissions"));
}

TEST(TrimTest, TrimTakesWhatIsFinishedAndAppliedAndNothingElse) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  ASSERT_TRUE(queue->publisher().publish(batch_of(30)).ok());
  const auto records = *queue->source().poll(20, kMany, seconds(1));
  const auto commit = [&](std::size_t from, std::size_t to) {
    const std::vector<Record> some(records.begin() + static_cast<std::ptrdiff_t>(from), records.begin() + static_cast<std::ptrdiff_t>(to));
    Commit one = commit_of(some, some.back().position.offset + 1);
    one.dead_letters.emplace_back().record = some[0];
    ASSERT_TRUE(queue->sink().commit(one).ok());
  };
  commit(0, 10);
  commit(10, 20);
  const auto results = *queue->results().poll_results(0, 100, kMany, milliseconds(0));
  ASSERT_EQ(results.size(), 20u);

  auto trimmed = queue->trim(results[9].offset + 1 - 5, {});  // half of the first commit is not applied yet
  EXPECT_EQ(trimmed->submissions, 0) << "none of which all results are applied";
  EXPECT_EQ(trimmed->results, 5);
  trimmed = queue->trim(results[9].offset + 1, {});
  EXPECT_EQ(trimmed->submissions, 10);
  EXPECT_EQ(trimmed->results, 5);
  trimmed = queue->trim(results[19].offset + 1, {.results = 4, .submissions = 4});
  EXPECT_EQ(trimmed->submissions, 6);
  EXPECT_EQ(trimmed->results, 6);
  EXPECT_FALSE(trimmed->more);
  EXPECT_EQ(queue->results().range()->first, results[16].offset);
  EXPECT_EQ(queue->results().poll_results(results[16].offset, 100, kMany, milliseconds(0))->size(), 4u);
  EXPECT_EQ(queue->dead_letters().list(0, 10)->size(), 2u);
  EXPECT_EQ(queue->source().poll(100, kMany, seconds(1))->size(), 10u) << "what is not finished stays";
}

// Publishes n, and grades and commits each `at_once` of them together.
void grade(EmbeddedQueue& queue, std::size_t n, std::size_t at_once) {
  ASSERT_TRUE(queue.publisher().publish(batch_of(n)).ok());
  for (std::size_t done = 0; done < n; done += at_once) {
    const auto records = *queue.source().poll(at_once, kMany, seconds(1));
    ASSERT_EQ(records.size(), at_once);
    ASSERT_TRUE(queue.sink().commit(commit_of(records, records.back().position.offset + 1)).ok());
  }
}

void trim_all(EmbeddedQueue& queue, Keep keep) {
  while (queue.trim(queue.results().range()->next, keep)->more) {
  }
}

TEST(TrimTest, WhoAsksForTrimmedResultsIsToldAndNotGivenTheNextOnes) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  EXPECT_EQ(queue->results().range()->next, 1);
  grade(*queue, 10, 10);
  EXPECT_EQ(queue->results().range()->first, 0);
  EXPECT_EQ(queue->results().range()->next, 11);
  trim_all(*queue, {.results = 4, .submissions = kKeepAll});
  EXPECT_EQ(queue->results().range()->first, 7);
  for (const std::int64_t missed : {0, 6}) {
    const auto refused = queue->results().poll_results(missed, 100, kMany, milliseconds(0));
    ASSERT_FALSE(refused.ok()) << missed;
    EXPECT_EQ(refused.failure().code(), "OT423");
    EXPECT_FALSE(refused.failure().retryable);
  }
  EXPECT_EQ(queue->results().poll_results(7, 100, kMany, milliseconds(0))->size(), 4u);
  trim_all(*queue, {.results = 0, .submissions = kKeepAll});
  EXPECT_FALSE(queue->results().poll_results(7, 100, kMany, milliseconds(0)).ok()) << "nothing is left, and something was missed";
  EXPECT_TRUE(queue->results().poll_results(11, 100, kMany, milliseconds(0)).ok());
}

TEST(TrimTest, SubmissionsWhoseResultsWereMissedAreTakenUpAgain) {
  const TestFolder folder;
  for (const auto& [had_below, first] : {std::pair<std::int64_t, std::int64_t>{0, 1}, {3'500, 2'500}, {5'001, 5'001}}) {
    const auto queue = open_queue(folder / ("queue" + std::to_string(had_below)));
    grade(*queue, 5'000, 500);
    trim_all(*queue, {.results = 10, .submissions = kKeepAll});
    const auto again = queue->grade_again(had_below);
    ASSERT_TRUE(again.ok());
    EXPECT_GE(*again, 5'001 - std::max<std::int64_t>(had_below, 1)) << "all that were missed";
    EXPECT_LE(*again, 5'001 - first) << "and hardly more";
    const auto records = *queue->source().poll(10'000, kMany, milliseconds(0));
    ASSERT_EQ(static_cast<std::int64_t>(records.size()), *again);
    if (records.empty()) continue;
    EXPECT_TRUE(queue->sink().commit(commit_of(records, records.back().position.offset + 1)).ok());
    EXPECT_EQ(queue->results().range()->next, 5'001 + *again);
  }
}

TEST(TrimTest, WhatIsGradedAgainIsNoDeadLetterMeanwhile) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  ASSERT_TRUE(queue->publisher().publish(batch_of(1)).ok());
  const auto records = *queue->source().poll(1, kMany, seconds(1));
  Commit parked = commit_of(records, records.back().position.offset + 1);
  parked.dead_letters.emplace_back().record = records[0];
  ASSERT_TRUE(queue->sink().commit(parked).ok());
  ASSERT_TRUE(queue->grade_again(0).ok());
  EXPECT_TRUE(queue->dead_letters().list(0, 10)->empty());
  EXPECT_EQ(queue->source().poll(1, kMany, seconds(1))->size(), 1u);
}

TEST(TrimTest, AQueueMayTakeAnotherIdWhichStays) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  const std::string id = *queue->new_id();
  EXPECT_EQ(id.size(), 32u);
  EXPECT_NE(id, queue->id());
  ASSERT_TRUE(queue->take_id(id));
  EXPECT_EQ(queue->id(), id);
  EXPECT_EQ(open_queue(folder / "queue", EmbeddedRole::kClient)->id(), id);
}

TEST(TrimTest, OffsetsGoOnAfterEverythingWasTrimmed) {
  const TestFolder folder;
  std::int64_t last = 0;
  for (int round = 0; round < 3; ++round) {
    const auto queue = open_queue(folder / "queue");
    ASSERT_TRUE(queue->publisher().publish(batch_of(5)).ok());
    const auto records = *queue->source().poll(10, kMany, seconds(1));
    ASSERT_EQ(records.size(), 5u);
    EXPECT_GT(records.front().position.offset, last);
    last = records.back().position.offset;
    ASSERT_TRUE(queue->sink().commit(commit_of(records, last + 1)).ok());
    const auto results = *queue->results().poll_results(queue->results().range()->first, 100, kMany, milliseconds(0));
    EXPECT_EQ(queue->trim(results.back().offset + 1, {})->submissions, 5);
    EXPECT_EQ(submissions_in(folder / "queue"), 0u);
  }
}

TEST(TrimTest, TrimmingKeepsTheFileFromGrowingForEver) {
  const TestFolder folder;
  const auto queue = open_queue(folder / "queue");
  std::uintmax_t largest_early = 0;
  for (int round = 0; round < 12; ++round) {
    ASSERT_TRUE(queue->publisher().publish(batch_of(500, std::string(2'000, 'x'))).ok());
    const auto records = *queue->source().poll(500, kMany * 10, seconds(1));
    ASSERT_TRUE(queue->sink().commit(commit_of(records, records.back().position.offset + 1)).ok());
    const auto results = *queue->results().poll_results(queue->results().range()->first, kMany, kMany, milliseconds(0));
    while (queue->trim(results.back().offset + 1, {})->more) {
    }
    const auto size = std::filesystem::file_size(folder / "queue/queue.db");
    if (round < 6) largest_early = std::max(largest_early, size);
    EXPECT_TRUE(round < 6 || size <= largest_early + (1u << 20)) << "round " << round << ": " << size;
  }
}

}  // namespace
}  // namespace otmetka::queue
