#include "checkers/program/decimal.h"

#include <gtest/gtest.h>

#include <string>

namespace otmetka::checkers::program {
namespace {

TEST(FiniteDecimal, ReadsWhatTheFormatCallsAFloatingPointNumber) {
  const struct {
    std::string text;
    double value;
  } rows[] = {
      {"0", 0},           {"-0", 0},        {"+7", 7},           {"0100", 100},     {"5.", 5},     {".5", 0.5},  {"-.5", -0.5},
      {"1e2", 100},       {"1E+2", 100},    {"100e-1", 10},      {"5.e0", 5},       {".1e3", 100}, {"0e99", 0},  {"3.14159", 3.14159},
      {"1e0000000002", 100}, {"1e-4000", 0}, {"-1e-999999999999999999999", 0},      {"0e999999999999999999999", 0},
      {"1" + std::string(400, '0') + "e-400", 1}, {"0." + std::string(400, '0') + "1e401", 1},
      {"1." + std::string(1000, '0') + "1", 1},   {"1.7976931348623157e308", 1.7976931348623157e308},
  };
  for (const auto& row : rows) EXPECT_EQ(finite_decimal(row.text), row.value) << row.text;
}

TEST(FiniteDecimal, RefusesAllElse) {
  const std::string rows[] = {
      "",    "+",   "-",   ".",    "+.",    "..",  "e",    "e2",  ".e2",      "1e",  "1e+",  "1e1.0", "1..0", "++1",
      "+-1", "--1", "1-1", "0x10", "0x1p3", "inf", "-inf", "nan", "infinity", "1,5", "1.5f", "1d5",   " 1",   "1 ",
      "1_000", "٣", "1e400", "-1e400", "1e999999999999999999999", "1" + std::string(400, '0'),
  };
  for (const std::string& row : rows) EXPECT_EQ(finite_decimal(row), std::nullopt) << row;
  EXPECT_EQ(finite_decimal(std::string("1\0", 2)), std::nullopt);
}

TEST(DecimalShare, IsExactToTheMillionth) {
  const std::pair<std::string, Ratio> rows[] = {
      {"0", 0},
      {"1", 1},
      {"0.5", Ratio(1, 2)},
      {".25", Ratio(1, 4)},
      {"1.", 1},
      {"+0.1", Ratio(1, 10)},
      {"5e-1", Ratio(1, 2)},
      {"1e-05", Ratio(1, 100'000)},
      {"0.000125E3", Ratio(1, 8)},
      {"100e-2", 1},
      {"0.123456", Ratio(123'456, 1'000'000)},
      {"0.3333333333", Ratio(333'333, 1'000'000)},
      {"0.6666666667", Ratio(666'667, 1'000'000)},
      {"0.30000000000000004", Ratio(3, 10)},
      {"0.7999999999999999", Ratio(4, 5)},
      {"0.9999999999999999", 1},
      {"1.0000000000000002", 1},
      {"0.0000005", Ratio(1, 1'000'000)},
      {"0.00000049", 0},
      {"-0.0", 0},
      {"0e999999999999999999", 0},
      {"1e-999999999999999999", 0},
      {"000000000000000000000000.5", Ratio(1, 2)},
  };
  for (const auto& [text, share] : rows) EXPECT_EQ(decimal_share(text), share) << text;
}

TEST(DecimalShare, RefusesWhatIsNoShare) {
  for (const char* row : {"", "x", "1.1", "1.000001", "2", "10e-1x", "100", "1e1", "1e999999999999999999", "-1", "-0.5", "50%", "1/2",
                          "0,5", "nan", "inf"}) {
    EXPECT_EQ(decimal_share(row), std::nullopt) << row;
  }
}

}  // namespace
}  // namespace otmetka::checkers::program
