#include "model/ratio.h"

#include <gtest/gtest.h>

#include <random>

namespace otmetka {
namespace {

TEST(RatioTest, FortyNineFortyNinthsAreOne) {
  Ratio sum;
  for (int i = 0; i < 49; ++i) sum += Ratio(1, 49);
  EXPECT_EQ(sum, Ratio(1));
  EXPECT_EQ(Ratio(1, 49) * Ratio(49), Ratio(1));
}

TEST(RatioTest, IsReducedWithAPositiveDenominator) {
  EXPECT_EQ(Ratio(-6, -4).to_string(), "3/2");
  EXPECT_EQ(Ratio(6, -4).to_string(), "-3/2");
  EXPECT_EQ(Ratio(0, -4).to_string(), "0");
}

TEST(RatioTest, ComparesWhereCrossProductsWouldLeave128Bits) {
  const Int128 big = static_cast<Int128>(1'000'000'000'000'000'000LL) * 1'000'000'000'000LL;  // 10^30
  EXPECT_LT(Ratio(big - 2, big - 1), Ratio(big - 1, big));
  EXPECT_GT(Ratio(-(big - 2), big - 1), Ratio(-(big - 1), big));
}

TEST(RatioTest, OrdersLikeCrossProductsOverAllSmallFractions) {
  for (int a = -7; a <= 7; ++a)
    for (int b = 1; b <= 7; ++b)
      for (int c = -7; c <= 7; ++c)
        for (int d = 1; d <= 7; ++d) EXPECT_EQ(Ratio(a, b) < Ratio(c, d), a * d < c * b) << a << "/" << b << " " << c << "/" << d;
}

TEST(RatioDeathTest, EndsTheProgramInEveryBuildRatherThanWrapAround) {
  const Int128 big = Int128{1} << 100;
  EXPECT_DEATH((void)(Ratio(big, 1) * Ratio(big + 1, 1)), "128 bits");
  EXPECT_DEATH((void)(Ratio(1, big) + Ratio(1, big + 1)), "128 bits");
}

TEST(RatioTest, CommonMultiplesStopAtTheirBound) {
  EXPECT_EQ(common_multiple(4, 6, 1000), Int128{12});
  EXPECT_EQ(common_multiple(999'983, 999'979, 1000), Int128{1000});
  EXPECT_EQ(common_multiple((Int128{1} << 126) - 1, (Int128{1} << 125) - 1, 7), Int128{7});
}

TEST(RatioTest, OfAWireMessageWhereNothingIsZero) {
  EXPECT_EQ(ratio_of(0, 0), Ratio(0));
  EXPECT_EQ(ratio_of(-2, 4), Ratio(-1, 2));
  EXPECT_EQ(ratio_of(1, 0), std::nullopt);
  EXPECT_EQ(ratio_of(1, -2), std::nullopt);
}

TEST(RatioTest, RoundsByEachMode) {
  const struct { Ratio value; Rounding mode; Ratio expected; } rows[] = {
      {Ratio(1, 8), Rounding::kHalfUp, Ratio(13, 100)},   {Ratio(-1, 8), Rounding::kHalfUp, Ratio(-13, 100)},
      {Ratio(1, 8), Rounding::kHalfEven, Ratio(12, 100)}, {Ratio(3, 8), Rounding::kHalfEven, Ratio(38, 100)},
      {Ratio(1, 3), Rounding::kUp, Ratio(34, 100)},       {Ratio(2, 3), Rounding::kDown, Ratio(66, 100)},
      {Ratio(2, 3), Rounding::kHalfUp, Ratio(67, 100)},   {Ratio(1, 2), Rounding::kUp, Ratio(1, 2)}};
  for (const auto& row : rows) EXPECT_EQ(round_to(row.value, Ratio(1, 100), row.mode), row.expected) << row.value.to_string();
}

TEST(RatioTest, MicroIsHalfUp) {
  EXPECT_EQ(Ratio(2, 3).to_micro(), 666667);
  EXPECT_EQ(Ratio(1, 2'000'000).to_micro(), 1);
  EXPECT_EQ(Ratio(0).to_micro(), 0);
}

TEST(ParseRatio, ReadsSharesAsTeachersWriteThem) {
  const std::pair<const char*, Ratio> rows[] = {{"50%", Ratio(1, 2)},  {"0.5", Ratio(1, 2)},    {"0,5", Ratio(1, 2)}, {"2/3", Ratio(2, 3)},
                                                {"1", Ratio(1)},       {"-25%", Ratio(-1, 4)}, {"33.3%", Ratio(333, 1000)}, {"0", Ratio(0)}, {"100 %", Ratio(1)}};
  for (const auto& [text, expected] : rows) EXPECT_EQ(parse_ratio(text), expected) << text;
}

TEST(ParseRatio, RefusesWhatIsNoShare) {
  for (const char* text : {"", "-", "%", "1/0", "1/", "/2", "1.", ".5", "1e3", "0x1", "--1", " 1", "1.2.3", "nan", "1234567890123456789", "1/2%"})
    EXPECT_EQ(parse_ratio(text), std::nullopt) << text;
}

TEST(ToDecimal, OnlyWhereItIsFinite) {
  EXPECT_EQ(to_decimal(Ratio(5, 4)), "1.25");
  EXPECT_EQ(to_decimal(Ratio(-1, 2)), "-0.5");
  EXPECT_EQ(to_decimal(Ratio(1, 3)), std::nullopt);
}

}  // namespace
}  // namespace otmetka
