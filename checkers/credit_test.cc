#include "checkers/credit.h"

#include <gtest/gtest.h>

#include <limits>

namespace otmetka::checkers {
namespace {

v1::Ratio wire(std::int64_t num, std::int64_t den) {
  v1::Ratio out;
  out.set_num(num);
  out.set_den(den);
  return out;
}

TEST(ReadRatio, AbsentIsZeroAndNonsenseIsNothing) {
  EXPECT_EQ(read_ratio({}), Ratio(0));
  EXPECT_EQ(read_ratio(wire(-2, 4)), Ratio(-1, 2));
  for (const auto& bad : {wire(1, 0), wire(1, -2), wire(0, -1), wire(1, std::numeric_limits<std::int64_t>::max())}) {
    EXPECT_EQ(read_ratio(bad), std::nullopt) << bad.ShortDebugString();
  }
}

TEST(CommonDenominator, IsTheLeastCommonMultipleUpToABound) {
  EXPECT_EQ(common_denominator(4, 6), 12);
  EXPECT_EQ(common_denominator(1, 7), 7);
  EXPECT_EQ(common_denominator(999'999'999'989, 999'999'999'961), kTooFine);
  EXPECT_EQ(common_denominator(kTooFine, 3), kTooFine);
}

TEST(RuleOf, NamesTheThreeOutcomes) {
  EXPECT_EQ(rule_of(1), "answer");
  EXPECT_EQ(rule_of(Ratio(1, 3)), "partial");
  EXPECT_EQ(rule_of(0), "wrong");
  EXPECT_EQ(rule_of(Ratio(-1, 3)), "wrong");
}

TEST(ErrorTableTest, WithoutRowsAnyErrorCostsAll) {
  const ErrorTable table;
  EXPECT_EQ(table.credit(0), Ratio(1));
  EXPECT_EQ(table.credit(1), Ratio(0));
}

TEST(ErrorTableTest, PastTheLastRowThereIsNothing) {
  google::protobuf::RepeatedPtrField<v1::Ratio> rows;
  *rows.Add() = wire(1, 1);
  *rows.Add() = wire(2, 3);
  std::vector<Problem> problems;
  const auto table = ErrorTable::read(rows, problems);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->credit(1), Ratio(2, 3));
  EXPECT_EQ(table->credit(2), Ratio(0));
  EXPECT_EQ(table->credit(std::numeric_limits<std::size_t>::max()), Ratio(0));
  EXPECT_EQ(table->denominator(), 3);
}

}  // namespace
}  // namespace otmetka::checkers
