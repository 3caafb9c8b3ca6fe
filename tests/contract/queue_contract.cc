#include "tests/contract/queue_contract.h"

#include <set>
#include <thread>

#include "queue/codec.h"
#include "queue/offset_ledger.h"

namespace otmetka::queue {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMany = 1'000'000;

std::vector<std::string> numbers(std::size_t n, std::size_t from) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(std::to_string(from + i));
  return out;
}

std::vector<std::string> payloads_of(const std::vector<Record>& records) {
  std::vector<std::string> out;
  for (const Record& record : records) out.push_back(record.payload);
  return out;
}

Commit commit_of(const std::vector<Record>& records, std::int64_t next, std::string metadata) {
  Commit commit;
  for (const Record& record : records) commit.results.push_back({0, "key", "result of " + record.payload});
  commit.progress.push_back({0, next, std::move(metadata)});
  return commit;
}

void QueueContract::publish(std::size_t n, std::size_t from) {
  std::vector<Outgoing> batch;
  for (std::string& payload : numbers(n, from)) batch.push_back({"learner/assignment", std::move(payload), Encoding::kJson});
  const auto published = world_->publisher().publish(batch);
  ASSERT_TRUE(published.ok()) << published.failure().code();
}

std::vector<Record> QueueContract::take(std::size_t n, milliseconds patience) {
  std::vector<Record> taken;
  while (taken.size() < n) {
    auto polled = world_->source().poll(n - taken.size(), kMany, patience);
    EXPECT_TRUE(polled.ok());
    if (!polled || polled->empty()) break;
    for (Record& record : *polled) taken.push_back(std::move(record));
  }
  return taken;
}

Status QueueContract::commit_and_settle(const Commit& commit) {
  const Status done = world_->sink().commit(commit);
  world_->settle();
  return done;
}

std::vector<std::string> QueueContract::result_payloads() {
  std::vector<std::string> out;
  const auto results = world_->results().poll_results(0, kMany, kMany, milliseconds(0));
  EXPECT_TRUE(results.ok());
  for (const ResultRecord& result : *results) out.push_back(result.payload);
  return out;
}

TEST_P(QueueContract, WhatIsPublishedArrivesInOrderWithItsBytesAndEncoding) {
  const std::string bytes("\x00\xFF{\"", 4);
  const std::vector<Outgoing> batch{{"k", bytes, Encoding::kProtobuf}, {"k", "", Encoding::kJson}, {"", "x", Encoding::kJson}};
  const Timestamp before = now();
  ASSERT_TRUE(world_->publisher().publish(batch).ok());
  const auto records = take(3);
  ASSERT_EQ(payloads_of(records), (std::vector<std::string>{bytes, "", "x"}));
  EXPECT_EQ(records[0].encoding, Encoding::kProtobuf);
  EXPECT_EQ(records[1].encoding, Encoding::kJson);
  EXPECT_LT(records[0].position.offset, records[1].position.offset);
  EXPECT_LT(records[1].position.offset, records[2].position.offset);
  EXPECT_GE(records[0].published_at, before);
  EXPECT_LE(records[2].published_at, now());
}

TEST_P(QueueContract, ABatchOfNothingIsPublishedAtOnce) {
  EXPECT_TRUE(world_->publisher().publish({}).ok());
  EXPECT_TRUE(*world_->source().at_end());
}

TEST_P(QueueContract, EachRecordIsPolledOnce) {
  publish(1'000);
  EXPECT_EQ(payloads_of(take(1'000)), numbers(1'000));
  EXPECT_TRUE(take(1, milliseconds(0)).empty());
}

TEST_P(QueueContract, APollKeepsToItsBoundsButAlwaysTakesOneRecord) {
  const std::vector<Outgoing> batch{{"k", std::string(500, 'a'), Encoding::kJson},
                                    {"k", std::string(500, 'b'), Encoding::kJson},
                                    {"k", std::string(900'000, 'c'), Encoding::kJson}};
  ASSERT_TRUE(world_->publisher().publish(batch).ok());
  EXPECT_EQ(world_->source().poll(1, kMany, seconds(10))->size(), 1u);
  EXPECT_EQ(world_->source().poll(9, 600, seconds(10))->size(), 1u);
  const auto large = world_->source().poll(9, 600, seconds(10));
  ASSERT_EQ(large->size(), 1u) << "a record larger than the bound comes alone";
  EXPECT_EQ(large->front().payload.size(), 900'000u);
}

TEST_P(QueueContract, APollOfNoRecordsTakesNoneAndLosesNone) {
  publish(3);
  const auto none = world_->source().poll(0, 0, milliseconds(0));
  ASSERT_TRUE(none.ok());
  EXPECT_TRUE(none->empty());
  EXPECT_EQ(payloads_of(take(1)), numbers(1));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(world_->source().poll(0, 0, milliseconds(50))->empty());
  EXPECT_FALSE(*world_->source().at_end());
  EXPECT_EQ(payloads_of(take(2)), numbers(2, 1));
  EXPECT_TRUE(*world_->source().at_end());
}

TEST_P(QueueContract, AtEndIsTrueOnlyWhenAllThatWasPublishedHasBeenPolled) {
  EXPECT_TRUE(*world_->source().at_end());
  publish(2);
  EXPECT_FALSE(*world_->source().at_end());
  take(1);
  EXPECT_FALSE(*world_->source().at_end());
  take(1);
  EXPECT_TRUE(*world_->source().at_end());
}

TEST_P(QueueContract, APollThatFindsNothingWaitsItsTimeAndNoLonger) {
  const auto begun = Clock::now();
  EXPECT_TRUE(world_->source().poll(1, kMany, milliseconds(50))->empty());
  EXPECT_GE(Clock::now() - begun, milliseconds(50));
  EXPECT_LT(Clock::now() - begun, seconds(20));
}

TEST_P(QueueContract, APublishWakesAPollThatWaits) {
  for (std::size_t round = 0; round < 20; ++round) {
    std::thread publisher([&] { publish(1, round); });
    const auto begun = Clock::now();
    const auto records = world_->source().poll(1, kMany, seconds(60));
    publisher.join();
    ASSERT_EQ(payloads_of(*records), numbers(1, round));
    EXPECT_LT(Clock::now() - begun, milliseconds(900)) << "it was found by looking now and then, not by being woken";
  }
}

TEST_P(QueueContract, WakeEndsAPollNowOrTheNextOne) {
  world_->source().wake();
  const auto begun = Clock::now();
  EXPECT_TRUE(world_->source().poll(1, kMany, seconds(60))->empty());
  std::thread waker([&] { world_->source().wake(); });
  EXPECT_TRUE(world_->source().poll(1, kMany, seconds(60))->empty());
  waker.join();
  EXPECT_LT(Clock::now() - begun, seconds(30));
}

TEST_P(QueueContract, ACommitIsReadBackInOrderAndFromAnyPosition) {
  publish(3);
  const auto records = take(3);
  ASSERT_TRUE(commit_and_settle(commit_of(records, records.back().position.offset + 1)).ok());
  const auto all = world_->results().poll_results(0, kMany, kMany, seconds(10));
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ(all->front().payload, "result of 0");
  EXPECT_EQ(all->front().key, "key");
  const auto rest = world_->results().poll_results(all->front().offset + 1, kMany, kMany, milliseconds(0));
  ASSERT_EQ(rest->size(), 2u);
  EXPECT_EQ(rest->front().offset, (*all)[1].offset);
  EXPECT_EQ(world_->results().poll_results(0, 2, kMany, milliseconds(0))->size(), 2u);
  EXPECT_TRUE(world_->results().poll_results(all->back().offset + 1, kMany, kMany, milliseconds(0))->empty());
}

TEST_P(QueueContract, ACommitWakesAReaderOfResults) {
  std::int64_t position = 0;
  for (std::size_t round = 0; round < 20; ++round) {
    publish(1, round);
    const auto records = take(1);
    std::thread committer([&] {
      EXPECT_TRUE(world_->sink().commit(commit_of(records, records.back().position.offset + 1)).ok());
    });
    const auto begun = Clock::now();
    const auto results = world_->results().poll_results(position, kMany, kMany, seconds(60));
    committer.join();
    ASSERT_EQ(results->size(), 1u);
    EXPECT_LT(Clock::now() - begun, milliseconds(900));
    position = results->back().offset + 1;
  }
  world_->results().wake();
  EXPECT_TRUE(world_->results().poll_results(position, 1, kMany, seconds(60))->empty());
}

TEST_P(QueueContract, ARestartBeginsWhereTheLastCommitStood) {
  publish(6);
  auto records = take(6);
  const std::int64_t next = records[3].position.offset;
  const std::vector<Record> first(records.begin(), records.begin() + 3);
  ASSERT_TRUE(commit_and_settle(commit_of(first, next)).ok());
  world_->restart_server();
  EXPECT_EQ(payloads_of(take(10, milliseconds(0))), numbers(3, 3));
  EXPECT_EQ(result_payloads().size(), 3u);
}

TEST_P(QueueContract, ARestartGivesTheLedgerBackSoThatNothingFinishedIsDoneAgain) {
  publish(6);
  const auto records = take(6);
  OffsetLedger ledger(world_->source().committed()->front().next);
  for (const Record& record : records) ledger.start(record.position.offset);
  for (const std::size_t i : {0u, 2u, 5u}) ledger.finish(records[i].position.offset);
  const std::vector<Record> finished{records[0], records[2], records[5]};
  ASSERT_TRUE(commit_and_settle(commit_of(finished, ledger.next(), ledger.metadata())).ok());
  world_->restart_server();
  const auto committed = world_->source().committed();
  ASSERT_EQ(committed->size(), 1u);
  const OffsetLedger again(committed->front().next, committed->front().metadata);
  std::vector<std::string> left;
  for (const Record& record : take(10, milliseconds(0))) {
    if (!again.finished_before(record.position.offset)) left.push_back(record.payload);
  }
  EXPECT_EQ(left, (std::vector<std::string>{"1", "3", "4"}));
}

TEST_P(QueueContract, WithoutACommitARestartDoesEverythingAgain) {
  publish(5);
  take(5);
  world_->restart_server();
  EXPECT_EQ(payloads_of(take(10, milliseconds(0))), numbers(5));
}

TEST_P(QueueContract, OffsetsAreNeverGivenTwice) {
  publish(3);
  const auto first = take(3);
  ASSERT_TRUE(commit_and_settle(commit_of(first, first.back().position.offset + 1)).ok());
  world_->restart_server();
  publish(1, 3);
  const auto second = take(1);
  EXPECT_GT(second.front().position.offset, first.back().position.offset);
}

TEST_P(QueueContract, AServerThatWasReplacedCommitsNothing) {
  publish(2);
  const auto records = take(2);
  const auto later = world_->sink_of_a_later_server();
  if (later == nullptr) GTEST_SKIP() << "this queue fences in another way";
  const std::int64_t next = records.back().position.offset + 1;
  const auto refused = world_->sink().commit(commit_of(records, next));
  ASSERT_FALSE(refused.ok());
  EXPECT_FALSE(refused.failure().retryable);
  EXPECT_TRUE(result_payloads().empty()) << "results and progress are one";
  EXPECT_TRUE(later->commit(commit_of(records, next)).ok());
  world_->settle();
  EXPECT_EQ(result_payloads().size(), 2u);
}

DeadLetter letter_of(const Record& record) {
  DeadLetter letter;
  letter.record = record;
  letter.reason = {"OT302", {std::string("\xD0\xBE\xD1\x82"), std::int64_t{-5}, Ratio(2, 3)}};
  letter.attempts = 4;
  letter.parked_at = Timestamp(std::chrono::microseconds(1'700'000'000'123'456));
  letter.submission_id = "s-1";
  letter.assignment_id = "a-1";
  letter.learner_id = "p-1";
  return letter;
}

TEST_P(QueueContract, ADeadLetterKeepsTheBytesTheReasonAndWhoseItIs) {
  const std::string bytes("\x00not json\xFF", 10);
  ASSERT_TRUE(world_->publisher().publish(std::vector<Outgoing>{{"k", bytes, Encoding::kJson}}).ok());
  const auto records = take(1);
  Commit commit;
  commit.dead_letters.push_back(letter_of(records[0]));
  commit.progress.push_back({0, records[0].position.offset + 1, ""});
  ASSERT_TRUE(commit_and_settle(commit).ok());
  const auto listed = world_->dead_letters().list(0, 10);
  ASSERT_EQ(listed->size(), 1u);
  const auto shown = world_->dead_letters().show(listed->front().id);
  ASSERT_TRUE(shown.ok());
  EXPECT_EQ(shown->record.payload, bytes);
  EXPECT_EQ(shown->record.encoding, Encoding::kJson);
  EXPECT_EQ(shown->record.position.offset, records[0].position.offset);
  EXPECT_EQ(shown->record.published_at, records[0].published_at);
  EXPECT_EQ(shown->reason, commit.dead_letters[0].reason);
  EXPECT_EQ(shown->attempts, 4);
  EXPECT_EQ(shown->parked_at, commit.dead_letters[0].parked_at);
  EXPECT_EQ(shown->submission_id + shown->assignment_id + shown->learner_id, "s-1a-1p-1");
}

TEST_P(QueueContract, AReplayPublishesTheWorkAgainOneRevisionUpAndRemovesTheLetter) {
  Submission work;
  work.submission = SubmissionId("s-1");
  work.learner = LearnerId("p-1");
  work.assignment = AssignmentId("a-1");
  work.revision = 3;
  work.responses.push_back({PartId("gravity"), TextAnswer{"9,8"}});
  const std::vector<Outgoing> batch{{"k", encode_submission(work), Encoding::kProtobuf}};
  ASSERT_TRUE(world_->publisher().publish(batch).ok());
  const auto records = take(1);
  Commit commit;
  commit.dead_letters = {letter_of(records[0])};
  commit.progress.push_back({0, records[0].position.offset + 1, ""});
  ASSERT_TRUE(commit_and_settle(commit).ok());
  const std::int64_t id = world_->dead_letters().list(0, 1)->front().id;
  ASSERT_TRUE(world_->dead_letters().replay(id).ok());
  EXPECT_TRUE(world_->dead_letters().list(0, 10)->empty());
  EXPECT_FALSE(world_->dead_letters().replay(id).ok()) << "a letter is replayed once";
  const auto again = take(1);
  ASSERT_EQ(again.size(), 1u);
  const auto decoded = decode_submission(again[0].payload, again[0].encoding);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->revision, 4);
  EXPECT_EQ(decoded->submission.value, "s-1");
  EXPECT_EQ(decoded->submitted_at, records[0].published_at) << "the work is as old as it was";
  EXPECT_EQ(std::get<TextAnswer>(decoded->responses.at(0).answer).text, "9,8");
}

TEST_P(QueueContract, BytesThatDoNotDecodeAreReplayedAsTheyAre) {
  publish(1);
  const auto records = take(1);
  Commit commit;
  commit.dead_letters = {letter_of(records[0])};
  ASSERT_TRUE(commit_and_settle(commit).ok());
  ASSERT_TRUE(world_->dead_letters().replay(world_->dead_letters().list(0, 1)->front().id).ok());
  const auto again = take(1);
  ASSERT_EQ(payloads_of(again), numbers(1));
  EXPECT_EQ(again[0].encoding, Encoding::kJson);
}

TEST_P(QueueContract, DroppingALetterLeavesTheOthers) {
  publish(3);
  const auto records = take(3);
  Commit commit;
  for (const Record& record : records) commit.dead_letters.push_back(letter_of(record));
  ASSERT_TRUE(commit_and_settle(commit).ok());
  const auto listed = *world_->dead_letters().list(0, 10);
  ASSERT_EQ(listed.size(), 3u);
  EXPECT_EQ(listed[0].record.payload, "") << "a list of thousands must not hold their payloads";
  EXPECT_EQ(world_->dead_letters().list(0, 2)->size(), 2u);
  const auto rest = *world_->dead_letters().list(listed[0].id, 10);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0].id, listed[1].id);
  ASSERT_TRUE(world_->dead_letters().drop(listed[1].id).ok());
  for (const auto& missing : {world_->dead_letters().drop(listed[1].id), world_->dead_letters().drop(-1)}) {
    EXPECT_FALSE(missing.ok());
  }
  EXPECT_FALSE(world_->dead_letters().show(listed[1].id).ok());
  EXPECT_EQ(world_->dead_letters().list(0, 10)->size(), 2u);
}

TEST_P(QueueContract, SeveralPublishersAtOnceLoseNothing) {
  constexpr std::size_t kThreads = 4;
  constexpr std::size_t kEach = 50;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < kEach; ++i) publish(1, t * kEach + i);
    });
  }
  const auto records = take(kThreads * kEach, seconds(60));
  for (std::thread& thread : threads) thread.join();
  const auto payloads = payloads_of(records);
  EXPECT_EQ(payloads.size(), kThreads * kEach);
  EXPECT_EQ(std::set<std::string>(payloads.begin(), payloads.end()).size(), kThreads * kEach);
}

}  // namespace otmetka::queue
