#include "gradebook/row_plan.h"

#include <gtest/gtest.h>

namespace otmetka::gradebook {
namespace {

using Numbers = std::vector<std::size_t>;

RowVersion version(std::string_view submission, int epoch, int seconds, std::string_view content = "c") {
  static constexpr std::string_view kIds[] = {"r0", "r1", "r2", "r3", "r4", "r5"};
  return {.failed = false, .submitted_at = Timestamp(std::chrono::seconds(seconds)), .submission = submission, .grade_epoch = epoch,
          .revision = 0, .content_sha256 = content, .spec_sha256 = "s", .result_id = kIds[epoch]};
}

struct Planned {
  RowChange change;
  Applied applied;
};

// A row that holds a result of epoch 2, with one of epoch 1 in its history, both of submission m; `arrivals` come.
Planned planned(const std::vector<RowVersion>& arrivals, bool row_is_there = true) {
  RowPlan plan;
  Planned out;
  if (row_is_there) {
    plan.set_holder(version("m", 2, 10));
    plan.add_history(version("m", 1, 10));
  }
  for (std::size_t i = 0; i < arrivals.size(); ++i) plan.take(arrivals[i], i, out.applied);
  out.change = plan.change();
  return out;
}

TEST(RowPlanTest, TheFirstResultsOfARowMakeItAndTheOthersAreItsHistory) {
  const Planned row = planned({version("m", 0, 10), version("m", 2, 10), version("m", 1, 10)}, false);
  EXPECT_EQ(row.change.hold, 1U);
  EXPECT_FALSE(row.change.keep_old);
  EXPECT_EQ(row.change.add, (Numbers{0, 2}));
  EXPECT_EQ(row.applied.stored, 2U) << "the one that was displaced at once has held the row as well";
  EXPECT_EQ(row.applied.history, 1U);
}

TEST(RowPlanTest, WhatIsBetterTakesTheRowAndWhatItHeldIsKept) {
  const Planned row = planned({version("m", 3, 10)});
  EXPECT_EQ(row.change.hold, 0U);
  EXPECT_TRUE(row.change.keep_old);
  EXPECT_TRUE(row.change.add.empty());
}

TEST(RowPlanTest, WhatIsWorseGoesToTheHistoryAndTheRowStays) {
  const Planned row = planned({version("m", 0, 10)});
  EXPECT_FALSE(row.change.hold.has_value());
  EXPECT_FALSE(row.change.keep_old);
  EXPECT_EQ(row.change.add, Numbers{0});
}

TEST(RowPlanTest, CopiesOfWhatIsThereChangeNothingWhereverItStands) {
  const Planned row = planned({version("m", 2, 10), version("m", 1, 10), version("m", 1, 99)});
  EXPECT_FALSE(row.change.hold.has_value());
  EXPECT_TRUE(!row.change.keep_old && row.change.add.empty() && row.change.replace.empty() && row.change.remove.empty());
  EXPECT_EQ(row.applied.duplicates, 3U);
}

TEST(RowPlanTest, ACopyWithAnEarlierTimeReplacesItsOriginalInTheRow) {
  const Planned row = planned({version("m", 2, 5)});
  EXPECT_EQ(row.change.hold, 0U);
  EXPECT_FALSE(row.change.keep_old) << "it is the same result";
  EXPECT_EQ(row.applied.duplicates, 1U);
  EXPECT_EQ(row.applied.stored, 0U);
}

TEST(RowPlanTest, ACopyWithAnEarlierTimeLiftsItsOriginalOutOfTheHistory) {
  const Planned row = planned({version("m", 1, 5)});
  EXPECT_EQ(row.change.hold, 0U);
  EXPECT_TRUE(row.change.keep_old);
  EXPECT_EQ(row.change.remove, Numbers{0});
}

TEST(RowPlanTest, ACopyWithAnEarlierTimeThatIsNotEarlyEnoughStaysInTheHistoryWithIt) {
  RowPlan plan;
  Applied applied;
  plan.set_holder(version("m", 2, 1));
  plan.add_history(version("m", 1, 10));
  plan.take(version("m", 1, 5), 0, applied);
  const RowChange change = plan.change();
  EXPECT_FALSE(change.hold.has_value());
  EXPECT_EQ(change.replace, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}}));
}

TEST(RowPlanTest, AnotherContentOfTheSameVersionIsOneConflictHoweverOftenItComes) {
  const Planned row = planned({version("m", 2, 10, "d"), version("m", 2, 10, "d"), version("m", 2, 10, "a")});
  EXPECT_EQ(row.applied.conflicts, 2U);
  EXPECT_EQ(row.applied.duplicates, 1U);
  EXPECT_EQ(row.change.hold, 2U) << "the smaller content";
}

}  // namespace
}  // namespace otmetka::gradebook
