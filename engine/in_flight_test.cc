#include "engine/in_flight.h"

#include <gtest/gtest.h>

#include <thread>

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

queue::Record record(std::int64_t offset, std::size_t bytes = 10) {
  queue::Record out;
  out.position.offset = offset;
  out.payload.assign(bytes, 'x');
  return out;
}

Finished finished(std::int64_t offset, std::size_t bytes = 10) {
  Finished out;
  out.position.offset = offset;
  out.bytes = bytes;
  out.result = queue::ResultRecord{.key = "k", .payload = std::to_string(offset)};
  return out;
}

constexpr CommitPolicy kEager{.interval = milliseconds(0), .records = 100};
constexpr CommitPolicy kPatient{.interval = milliseconds(60'000), .records = 100};

TEST(InFlightBounds, RoomShrinksWithWhatIsTakenAndComesBackWithTheCommit) {
  InFlight flight({.records = 3, .bytes = 100}, kEager);
  EXPECT_EQ(flight.take({record(1), record(2)}).size(), 2u);
  EXPECT_EQ(flight.room(milliseconds(0)).records, 1u);
  EXPECT_EQ(flight.room(milliseconds(0)).bytes, 80u);
  flight.take({record(3)});
  EXPECT_EQ(flight.room(milliseconds(0)).records, 0u);
  flight.finish({finished(1)});
  EXPECT_EQ(flight.room(milliseconds(0)).records, 0u) << "finished is not committed";
  flight.committed(*flight.next_commit());
  EXPECT_EQ(flight.room(milliseconds(0)).records, 1u);
}

TEST(InFlightBounds, BytesBoundTheDoorToo) {
  InFlight flight({.records = 100, .bytes = 50}, kEager);
  flight.take({record(1, 60)});
  EXPECT_EQ(flight.room(milliseconds(0)).records, 0u);
}

TEST(InFlightBounds, TheOldestHeldIsTheOneThatWasPublishedFirstWhateverIsCommittedBefore) {
  const auto at = [](int s) { return Timestamp(std::chrono::seconds(s)); };
  const auto published = [&](std::int64_t offset, int s) {
    queue::Record out = record(offset);
    out.published_at = at(s);
    return out;
  };
  const auto done = [&](std::int64_t offset, int s) {
    Finished out = finished(offset);
    out.stamp.published_at = at(s);
    return out;
  };
  InFlight flight({}, kEager);
  EXPECT_FALSE(flight.all_held().oldest);
  flight.take({published(1, 20), published(2, 10), published(3, 10), published(4, 30)});
  EXPECT_EQ(flight.all_held().oldest, at(10));
  flight.finish({done(1, 20), done(2, 10)});
  const auto due = flight.next_commit();
  EXPECT_EQ(flight.all_held().oldest, at(10)) << "finished is not committed";
  flight.committed(*due);
  EXPECT_EQ(flight.all_held().oldest, at(10)) << "the other one of that moment";
  flight.finish({done(3, 10)});
  flight.committed(*flight.next_commit());
  EXPECT_EQ(flight.all_held().oldest, at(30));
  EXPECT_EQ(flight.all_held().records, 1u);
}

TEST(InFlightCommit, ALoneResultIsDueAtOnceWhenNothingElseIsUnderWay) {
  InFlight flight({}, kPatient);
  flight.take({record(7)});
  flight.finish({finished(7)});
  const auto due = flight.next_commit();
  ASSERT_TRUE(due);
  ASSERT_EQ(due->commit.results.size(), 1u);
  EXPECT_EQ(due->commit.results[0].payload, "7");
  ASSERT_EQ(due->commit.progress.size(), 1u);
  EXPECT_EQ(due->commit.progress[0].next, 8);
  EXPECT_EQ(due->commit.progress[0].metadata, "");
}

TEST(InFlightCommit, ProgressNeverPassesAnUnfinishedRecord) {
  InFlight flight({}, kEager);
  flight.take({record(1), record(2), record(3)});
  flight.finish({finished(3), finished(2)});
  const auto due = flight.next_commit();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->commit.progress[0].next, 1);
  EXPECT_NE(due->commit.progress[0].metadata, "") << "2 and 3 must be remembered as done";

  InFlight later({}, kEager);
  later.restore(due->commit.progress);
  const auto again = later.take({record(1), record(2), record(3), record(4)});
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(again[0].record.position.offset, 1);
  EXPECT_EQ(again[1].record.position.offset, 4);
}

TEST(InFlightCommit, ACommitHoldsAtMostWhatItsPolicySays) {
  InFlight flight({}, {.interval = milliseconds(0), .records = 2});
  flight.take({record(1), record(2), record(3)});
  flight.finish({finished(1), finished(2), finished(3)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 2u);
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 1u);
}

Finished large(std::int64_t offset, std::size_t bytes) {
  Finished out = finished(offset);
  out.result->payload.assign(bytes, 'r');
  return out;
}

TEST(InFlightResults, AreCountedUntilTheirCommitHasSucceeded) {
  InFlight flight({.records = 100, .bytes = 1'000, .result_bytes = 10'000}, kEager);
  flight.take({record(1), record(2)});
  flight.finish({large(1, 4'000)});
  EXPECT_TRUE(flight.may_grade());
  flight.finish({large(2, 8'000)});
  EXPECT_FALSE(flight.may_grade());
  const auto due = flight.next_commit();
  EXPECT_FALSE(flight.may_grade()) << "under way is not done";
  flight.committed(*due);
  EXPECT_TRUE(flight.may_grade());
}

TEST(InFlightResults, ACommitIsDueByBytesAndHoldsAboutSoMuch) {
  InFlight flight({}, {.interval = milliseconds(60'000), .records = 100, .bytes = 10'000});
  flight.take({record(1), record(2), record(3), record(4)});
  flight.finish({large(1, 6'000), large(2, 6'000), large(3, 6'000)});  // 4 is still being graded
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 2u);
  flight.finish({large(4, 60'000)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 2u);
}

TEST(InFlightRetry, WhatWaitsForItsNextTryKeepsNobodysResultBack) {
  InFlight flight({}, kPatient);
  flight.take({record(1), record(2)});
  const queue::Position first{.offset = 1};
  flight.finish({}, {&first, 1});
  flight.finish({finished(2)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 1u);
  EXPECT_EQ(flight.held(), 2u) << "it is not done either";
  std::vector<Work> again;
  again.push_back({record(1)});
  flight.resumed(again);
  EXPECT_EQ(again.size(), 1u);
  flight.finish({finished(1)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 1u);
}

constexpr milliseconds kInterval{20};
constexpr CommitPolicy kAtIntervals{.interval = kInterval, .records = 100};

// Whether the next commit was due by nothing but the interval.
bool waited_its_interval(InFlight& flight, std::size_t results) {
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(flight.next_commit()->commit.results.size(), results);
  return std::chrono::steady_clock::now() - began >= kInterval / 2;  // it may have begun before
}

TEST(InFlightAside, WhatRunsProgramsKeepsNoAnswerBack) {
  InFlight flight({}, kPatient);
  flight.take({record(1), record(2), record(3)});
  flight.set_aside({.offset = 1});
  flight.finish({finished(2)});
  flight.set_aside({.offset = 3});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 1u);
  EXPECT_FALSE(flight.wait_idle(milliseconds(0))) << "it is being graded all the same";
  flight.finish({finished(1), finished(3)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 2u);
}

TEST(InFlightAside, ACommitterThatWaitsHearsOfIt) {
  InFlight flight({}, kPatient);
  flight.take({record(1), record(2)});
  flight.finish({finished(2)});
  std::thread committer([&] { EXPECT_EQ(flight.next_commit()->commit.results.size(), 1u); });
  flight.set_aside({.offset = 1});
  committer.join();
}

TEST(InFlightAside, ItsOwnResultsWaitForTheIntervalWhileOthersOfTheirKindAreUnderWay) {
  InFlight flight({}, kAtIntervals);
  flight.take({record(1), record(2), record(3)});
  flight.set_aside({.offset = 1});
  flight.set_aside({.offset = 2});
  flight.finish({finished(1)});
  flight.finish({finished(3)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 2u) << "an answer takes them along";
  flight.take({record(4)});
  flight.set_aside({.offset = 4});
  flight.finish({finished(2)});
  EXPECT_TRUE(waited_its_interval(flight, 1));
}

TEST(InFlightAside, AnAnswerWaitsForOtherAnswersAsBefore) {
  InFlight flight({}, kAtIntervals);
  flight.take({record(1), record(2), record(3)});
  flight.set_aside({.offset = 1});
  flight.finish({finished(2)});
  EXPECT_TRUE(waited_its_interval(flight, 1));
}

TEST(InFlightAside, WhatIsPostponedOrForgottenIsCountedAsWhatItIsWhenItComesAgain) {
  InFlight flight({}, kAtIntervals);
  flight.take({record(1), record(2), record(3), record(4)});
  const queue::Position first{.offset = 1}, second{.offset = 2};
  flight.set_aside(first);
  flight.set_aside(second);
  flight.finish({}, {&first, 1});
  flight.forget({&second, 1});
  std::vector<Work> again;
  again.push_back({record(1)});
  flight.resumed(again);
  flight.finish({finished(3), finished(4)});
  EXPECT_TRUE(waited_its_interval(flight, 2)) << "the first one is on its way through the lane of answers again";
  flight.finish({finished(1)});
  EXPECT_EQ(flight.next_commit()->commit.results.size(), 1u);
}

// Two partitions; offsets of the second from 100 on.
queue::Record record_of(std::int32_t partition, std::int64_t offset, std::uint32_t epoch = 0) {
  queue::Record out = record(offset);
  out.position.partition = partition;
  out.position.epoch = epoch;
  return out;
}

Finished finished_of(std::int32_t partition, std::int64_t offset, std::uint32_t epoch = 0) {
  Finished out = finished(offset);
  out.position = {partition, offset, epoch};
  return out;
}

const std::vector<std::int32_t> kFirst{1};

std::size_t room_of(InFlight& flight) { return flight.room(milliseconds(0)).records; }

TEST(InFlightPartitions, OneThatIsDroppedGivesBackItsRoomWhateverStateItsWorksAreIn) {
  InFlight flight({.records = 10, .bytes = 1'000}, {.interval = milliseconds(60'000), .records = 1});
  flight.take({record_of(1, 1), record_of(1, 2), record_of(1, 3), record_of(1, 4), record_of(2, 100)});
  const queue::Position postponed{1, 1, 0};
  flight.finish({finished_of(1, 2), finished_of(1, 3)}, {&postponed, 1});
  const auto under_way = flight.next_commit();  // 2; 3 waits, 4 is being graded
  flight.drop(kFirst);
  EXPECT_EQ(room_of(flight), 9u);
  EXPECT_EQ(flight.room(milliseconds(0)).bytes, 990u);
  EXPECT_EQ(flight.held(), 1u);
  flight.committed(*under_way);
  EXPECT_EQ(room_of(flight), 9u) << "not given back twice";
  EXPECT_EQ(flight.all_held().result_bytes, 0u);
  flight.finish({finished_of(1, 4), finished_of(2, 100)});
  const auto last = flight.next_commit();
  ASSERT_EQ(last->commit.results.size(), 1u) << "4 comes too late";
  EXPECT_EQ(last->commit.progress.at(0).partition, 2);
  flight.committed(*last);
  EXPECT_EQ(room_of(flight), 10u);
  flight.close();
  EXPECT_FALSE(flight.next_commit());
}

TEST(InFlightPartitions, WhatIsOfAnEarlierTimeIsNotOfThisOne) {
  InFlight flight({}, kEager);
  flight.take({record_of(1, 1)});
  flight.drop(kFirst);
  flight.restore(std::vector<queue::PartitionProgress>{{.partition = 1, .next = 1, .metadata = "", .epoch = 1}});
  EXPECT_EQ(flight.take({record_of(1, 1, 1)}).size(), 1u);
  EXPECT_FALSE(flight.wants({1, 1, 0}));
  EXPECT_TRUE(flight.wants({1, 1, 1}));
  flight.finish({finished_of(1, 1, 0)});
  EXPECT_FALSE(flight.wait_idle(milliseconds(0))) << "it is still being graded";
  flight.finish({finished_of(1, 1, 1)});
  const auto due = flight.next_commit();
  EXPECT_EQ(due->commit.results.size(), 1u);
  EXPECT_EQ(due->commit.progress.at(0).epoch, 1u);
}

TEST(InFlightPartitions, WhatIsFinishedOfOneThatLeavesIsCommittedAtOnceAndNoMoreOfItIsBegun) {
  InFlight flight({}, kPatient);
  flight.take({record_of(1, 1), record_of(1, 2), record_of(2, 100)});
  flight.finish({finished_of(1, 1)});
  flight.leave(kFirst);
  EXPECT_FALSE(flight.wants({1, 2, 0}));
  EXPECT_TRUE(flight.wants({2, 100, 0}));
  const auto due = flight.next_commit();
  ASSERT_TRUE(due) << "although 2 and 100 are under way";
  EXPECT_FALSE(flight.drained(kFirst, milliseconds(0)));
  flight.committed(*due);
  EXPECT_FALSE(flight.drained(kFirst, milliseconds(0))) << "2 is being graded";
  const queue::Position unbegun{1, 2, 0};
  flight.forget({&unbegun, 1});
  EXPECT_TRUE(flight.drained(kFirst, milliseconds(0)));
  std::vector<Work> again;
  again.push_back({record_of(1, 2)});
  again.push_back({record_of(2, 100)});
  flight.resumed(again);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].record.position.partition, 2);
}

TEST(InFlightPartitions, OneThatIsDroppedTakesAlongWhatWasSetAsideOfIt) {
  for (const CommitPolicy& policy : {kAtIntervals, kPatient}) {
    InFlight flight({}, policy);
    flight.take({record_of(1, 1), record_of(1, 2), record_of(2, 100), record_of(2, 101)});
    flight.set_aside({1, 1, 0});
    flight.set_aside({1, 2, 0});
    flight.drop(kFirst);
    flight.restore(std::vector<queue::PartitionProgress>{{.partition = 1, .next = 1, .metadata = "", .epoch = 1}});
    flight.take({record_of(1, 1, 1)});
    flight.set_aside({1, 1, 0});  // late
    flight.finish({finished_of(1, 2, 0), finished_of(2, 100)});
    if (policy.interval == kInterval) {
      EXPECT_TRUE(waited_its_interval(flight, 1)) << "the first one of the new time and 101 are under way";
    } else {
      flight.set_aside({1, 1, 1});
      flight.finish({finished_of(2, 101)});
      EXPECT_EQ(flight.next_commit()->commit.results.size(), 2u);
    }
  }
}

TEST(InFlightPartitions, TellsHowLargeTheProgressOfEachHasBecome) {
  InFlight flight({}, kEager);
  std::vector<queue::Record> records;
  for (std::int64_t offset = 0; offset < 1'000; ++offset) records.push_back(record_of(1, offset));
  flight.take(std::move(records));
  EXPECT_EQ(flight.partitions().at(0).metadata_bytes, 0u);
  flight.finish({finished_of(1, 999)});
  const auto due = flight.next_commit();
  EXPECT_EQ(flight.partitions().at(0).metadata_bytes, due->commit.progress.at(0).metadata.size());
  EXPECT_GT(flight.partitions().at(0).metadata_bytes, 1'000u) << "999 are unfinished below it";
  EXPECT_EQ(flight.partitions().at(0).records, 1'000u);
}

TEST(InFlightForwarded, GoIntoTheCommitThatSaysTheyAreDone) {
  InFlight flight({}, kEager);
  flight.take({record(1)});
  Finished onward;
  onward.position.offset = 1;
  onward.bytes = 10;
  onward.forwarded = queue::Forwarded{.to = queue::Lane::kPrograms, .key = "k", .record = record(1)};
  flight.finish({onward});
  const auto due = flight.next_commit();
  EXPECT_TRUE(due->commit.results.empty());
  ASSERT_EQ(due->commit.forwarded.size(), 1u);
  EXPECT_EQ(due->commit.progress.at(0).next, 2);
  flight.committed(*due);
  EXPECT_EQ(flight.all_held().result_bytes, 0u);
}

TEST(InFlightRoom, NobodyWaitsForItOnceStopped) {
  InFlight flight({.records = 1, .bytes = 100}, kPatient);
  flight.take({record(1)});
  std::thread waiting([&] { EXPECT_EQ(flight.room(milliseconds(3'600'000)).records, 0u); });
  flight.stop_waiting();
  waiting.join();
}

TEST(InFlightClose, WhatIsFinishedIsCommittedAndTheAbandonedAreNot) {
  InFlight flight({}, kPatient);
  flight.take({record(1), record(2)});
  flight.finish({finished(1)});
  flight.close();
  const auto due = flight.next_commit();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->commit.progress[0].next, 2) << "2 waits for a retry and is polled again after a restart";
  EXPECT_FALSE(flight.next_commit());
}

TEST(InFlightClose, AWaitingCommitterIsWoken) {
  InFlight flight({}, kPatient);
  std::thread committer([&] { EXPECT_FALSE(flight.next_commit()); });
  flight.close();
  committer.join();
}

TEST(InFlightDeadLetters, GoIntoTheSameCommitAsTheirFailedResult) {
  InFlight flight({}, kEager);
  flight.take({record(1)});
  Finished parked = finished(1);
  parked.dead_letter = queue::DeadLetter{};
  flight.finish({parked});
  const auto due = flight.next_commit();
  EXPECT_EQ(due->commit.results.size(), 1u);
  EXPECT_EQ(due->commit.dead_letters.size(), 1u);
}

}  // namespace
}  // namespace otmetka::engine
