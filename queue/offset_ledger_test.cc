#include "queue/offset_ledger.h"

#include "tests/support/seeds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace otmetka::queue {
namespace {

TEST(OffsetLedgerTest, AnEmptyLedgerStandsWhereItBegan) {
  const OffsetLedger ledger(17);
  EXPECT_EQ(ledger.next(), 17);
  EXPECT_EQ(ledger.metadata(), "");
  EXPECT_TRUE(ledger.finished_before(16));
  EXPECT_FALSE(ledger.finished_before(17));
}

TEST(OffsetLedgerTest, NextWaitsForTheFirstUnfinishedWhateverFinishesBeyond) {
  OffsetLedger ledger;
  for (std::int64_t offset = 0; offset < 4; ++offset) ledger.start(offset);
  ledger.finish(3);
  ledger.finish(1);
  EXPECT_EQ(ledger.next(), 0);
  EXPECT_EQ(ledger.unfinished(), 2u);
  ledger.finish(0);
  EXPECT_EQ(ledger.next(), 2);
  ledger.finish(2);
  EXPECT_EQ(ledger.next(), 4);
  EXPECT_EQ(ledger.unfinished(), 0u);
}

TEST(OffsetLedgerTest, MetadataIsEmptyWhenNothingBeyondNextIsFinished) {
  OffsetLedger ledger;
  ledger.start(0);
  ledger.start(1);
  ledger.start(2);
  EXPECT_EQ(ledger.metadata(), "");
  ledger.finish(0);
  EXPECT_EQ(ledger.metadata(), "");
  ledger.finish(2);
  EXPECT_NE(ledger.metadata(), "");
}

TEST(OffsetLedgerTest, GapsThatControlRecordsLeaveAreNoWork) {
  OffsetLedger ledger;
  for (const std::int64_t offset : {5L, 6L, 9L, 1'000'000'000'000L}) ledger.start(offset);
  ledger.finish(9);
  ledger.finish(1'000'000'000'000);
  EXPECT_EQ(ledger.next(), 5);
  ledger.finish(5);
  ledger.finish(6);
  EXPECT_EQ(ledger.next(), 1'000'000'000'001);
}

TEST(OffsetLedgerTest, ARestartSkipsWhatIsMarkedFinished) {
  OffsetLedger ledger;
  for (std::int64_t offset = 0; offset < 10; ++offset) ledger.start(offset);
  for (const std::int64_t offset : {0, 1, 3, 4, 7}) ledger.finish(offset);
  const OffsetLedger again(ledger.next(), ledger.metadata());
  const std::set<std::int64_t> unfinished{2, 5, 6, 8, 9, 10, 11};
  for (std::int64_t offset = 0; offset < 12; ++offset) {
    EXPECT_EQ(again.finished_before(offset), !unfinished.contains(offset)) << offset;
  }
}

TEST(OffsetLedgerTest, WhatAnEarlierRunFinishedStaysKnownUntilThisRunGetsThere) {
  OffsetLedger first;
  for (std::int64_t offset = 0; offset < 6; ++offset) first.start(offset);
  for (const std::int64_t offset : {1, 4, 5}) first.finish(offset);
  OffsetLedger second(first.next(), first.metadata());
  second.start(0);
  second.finish(0);  // 2 and 3 are unfinished and not polled yet
  EXPECT_EQ(second.next(), 2);
  const OffsetLedger third(second.next(), second.metadata());
  for (const std::int64_t done : {0, 1, 4, 5}) EXPECT_TRUE(third.finished_before(done)) << done;
  for (const std::int64_t open : {2, 3, 6}) EXPECT_FALSE(third.finished_before(open)) << open;
}

OffsetLedger scattered(std::int64_t of, std::size_t unfinished, unsigned seed) {
  std::mt19937 random(seed);
  std::set<std::int64_t> open{0};
  while (open.size() < unfinished) open.insert(static_cast<std::int64_t>(random() % static_cast<unsigned>(of)));
  OffsetLedger ledger;
  for (std::int64_t offset = 0; offset < of; ++offset) ledger.start(offset);
  for (std::int64_t offset = 0; offset < of; ++offset) {
    if (!open.contains(offset)) ledger.finish(offset);
  }
  return ledger;
}

TEST(OffsetLedgerTest, TwoThousandUnfinishedOfAHundredThousandFitABrokersMetadata) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const OffsetLedger ledger = scattered(100'000, 2'000, seed);
    ASSERT_EQ(ledger.unfinished(), 2'000u);
    EXPECT_LE(ledger.metadata().size(), 2'900u) << "seed " << seed;
  }
}

TEST(OffsetLedgerTest, MetadataIsTextThatAnyBrokerKeeps) {
  const std::string metadata = scattered(5'000, 300, 7).metadata();
  EXPECT_EQ(metadata.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos);
}

TEST(OffsetLedgerTest, WhatWasStartedAfterTheLastFinishedOneTakesNoRoom) {
  OffsetLedger ledger;
  for (std::int64_t offset = 0; offset < 50'000; ++offset) ledger.start(offset);
  for (std::int64_t offset = 1; offset < 100; ++offset) ledger.finish(offset);
  EXPECT_LT(ledger.metadata().size(), 20u) << "those that wait in order for their turn are not out of order";
  const OffsetLedger again(ledger.next(), ledger.metadata());
  EXPECT_TRUE(again.finished_before(99));
  EXPECT_FALSE(again.finished_before(100));
}

// Never skips: whatever is not exactly what was written is ignored.
TEST(OffsetLedgerTest, DamagedMetadataMeansReplay) {
  const OffsetLedger ledger = scattered(1'000, 50, 3);
  const std::string good = ledger.metadata();
  ASSERT_TRUE(OffsetLedger(0, good).finished_before(999) || OffsetLedger(0, good).finished_before(998));
  const auto skips_nothing = [&](const std::string& text, std::int64_t next) {
    const OffsetLedger again(next, text);
    for (std::int64_t offset = next; offset < next + 1'100; ++offset) {
      if (again.finished_before(offset)) return false;
    }
    return again.next() == next;
  };
  for (std::size_t cut = 0; cut < good.size(); ++cut) EXPECT_TRUE(skips_nothing(good.substr(0, cut), 0)) << "cut at " << cut;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bent = good;
    bent[at] = bent[at] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(skips_nothing(bent, 0)) << "character " << at;
  }
  EXPECT_TRUE(skips_nothing(good + "A", 0));
  EXPECT_TRUE(skips_nothing(good + "=", 0));
  EXPECT_TRUE(skips_nothing("an operator's own note", 0));
  EXPECT_TRUE(skips_nothing(std::string(5, '\0'), 0));
  EXPECT_TRUE(skips_nothing(good, 10)) << "the offset was moved by hand and the metadata stayed";
}

// The obvious version: sets, and a walk for everything.
class ObviousLedger {
 public:
  bool finished_before(std::int64_t offset) const { return finished_earlier_.contains(offset); }
  void start(std::int64_t offset) { open_.insert(offset); }
  void finish(std::int64_t offset) {
    open_.erase(offset);
    finished_.insert(offset);
  }
  std::size_t unfinished() const { return open_.size(); }
  void commit() { committed_ = finished_; }
  void restart() {
    finished_ = finished_earlier_ = committed_;
    open_.clear();
  }
  // Of the records that exist, the first that is not finished.
  std::int64_t next(const std::vector<std::int64_t>& records) const {
    for (const std::int64_t offset : records) {
      if (!finished_.contains(offset)) return offset;
    }
    return records.back() + 1;
  }
  bool finished(std::int64_t offset) const { return finished_.contains(offset); }

 private:
  std::set<std::int64_t> open_, finished_, finished_earlier_, committed_;
};

std::vector<std::int64_t> records_with_gaps(std::mt19937& random, std::size_t n) {
  std::vector<std::int64_t> records;
  std::int64_t offset = static_cast<std::int64_t>(random() % 100);
  for (std::size_t i = 0; i < n; ++i) {
    offset += random() % 8 == 0 ? 1 + static_cast<std::int64_t>(random() % 5) : 1;
    if (random() % 200 == 0) offset += 1'000'000;
    records.push_back(offset);
  }
  return records;
}

// One history: take, finish in any order, commit, be killed, come again.
void check_history(unsigned seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto records = records_with_gaps(random, 200 + random() % 400);
  std::int64_t committed_next = records.front();
  std::string committed_metadata;
  OffsetLedger ledger(committed_next);
  ObviousLedger obvious;
  std::vector<std::int64_t> open;
  std::size_t polled = 0;
  while (obvious.next(records) <= records.back()) {
    const auto what = random() % 100;
    if (what < 55 && polled < records.size()) {
      const std::int64_t offset = records[polled++];
      ASSERT_EQ(ledger.finished_before(offset), obvious.finished_before(offset)) << offset;
      if (obvious.finished_before(offset)) continue;
      ledger.start(offset);
      obvious.start(offset);
      open.push_back(offset);
    } else if (what < 95 && !open.empty()) {
      std::swap(open[random() % open.size()], open.back());
      ledger.finish(open.back());
      obvious.finish(open.back());
      open.pop_back();
    } else if (what < 98) {
      committed_next = ledger.next();
      committed_metadata = ledger.metadata();
      obvious.commit();
    } else if (random() % 4 == 0) {
      ledger = OffsetLedger(committed_next, committed_metadata);
      obvious.restart();
      open.clear();
      polled = static_cast<std::size_t>(std::lower_bound(records.begin(), records.end(), committed_next) - records.begin());
    }
    ASSERT_EQ(ledger.unfinished(), obvious.unfinished());
    // Where everything up to a gap is done, next() may stand in the gap: no record lies between it and the obvious one.
    ASSERT_LE(ledger.next(), obvious.next(records));
    ASSERT_EQ(std::lower_bound(records.begin(), records.end(), ledger.next()),
              std::lower_bound(records.begin(), records.end(), obvious.next(records)));
  }
  EXPECT_EQ(ledger.metadata(), "");
}

TEST(OffsetLedgerTest, AgreesWithTheObviousLedgerThroughRandomHistoriesAndRestarts) {
  for (unsigned seed = 1; seed <= seeds(100); ++seed) {
    check_history(seed);
    if (testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace otmetka::queue
