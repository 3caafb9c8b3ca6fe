#include "checkers/numeric/tolerance.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::numeric {
namespace {

Reading number(std::string_view text) {
  const Readings readings = parse_number(text, Locale::kRussian);
  EXPECT_EQ(readings.count, 1U) << text;
  return readings.all[0];
}

struct Row {
  std::string_view tolerance;
  std::string_view key;
  std::string_view answer;
  bool accepted;
};

void expect(const Row& row) {
  Tolerance tolerance;
  const auto fault = parse_tolerance(row.tolerance, Notation::kAny, {}, &tolerance);
  ASSERT_FALSE(fault) << row.tolerance;
  const Reading answer = number(row.answer);
  EXPECT_EQ(tolerance.accepts(number(row.key).value, answer.value, answer), row.accepted)
      << row.answer << " for " << row.key << " within " << row.tolerance;
}

TEST(Tolerance, AbsoluteIsInclusive) {
  for (const Row& row : std::initializer_list<Row>{{"0.05", "9.8", "9.85", true},
                                                   {"0.05", "9.8", "9.75", true},
                                                   {"0.05", "9.8", "9.8500001", false},
                                                   {"0,05", "9.8", "9.85", true},
                                                   {"±0.05", "9.8", "9.85", true},
                                                   {"0.02", "-11.7", "-11.72", true},  // doubles get this one wrong
                                                   {"0.02", "-11.7", "-11.721", false},
                                                   {"0.1", "0.3", "0.2", true},
                                                   {"0", "9.8", "9.8", true},
                                                   {"0", "9.8", "9.80", true},
                                                   {"exact", "1/3", "2/6", true},
                                                   {"exact", "1/3", "0.333", false}}) {
    expect(row);
  }
}

TEST(Tolerance, RelativeIsOfTheKey) {
  for (const Row& row : std::initializer_list<Row>{{"1%", "200", "202", true},
                                                   {"1%", "200", "198", true},
                                                   {"1%", "200", "202.001", false},
                                                   {"1%", "-200", "-202", true},
                                                   {"1 %", "200", "202", true},
                                                   {"1%", "0", "0", true},
                                                   {"1%", "0", "0.0001", false}}) {
    expect(row);
  }
}

// One peer adds the two: 1 + 1% of 200 would let 203 pass.
TEST(Tolerance, AbsoluteAndRelativeMeanEither) {
  for (const std::string_view both : {"1 or 1%", "1 или 1%", "1% or 1"}) {
    expect({both, "200", "202", true});
    expect({both, "200", "203", false});
    expect({both, "10", "11", true});
    expect({both, "10", "11.1", false});
  }
}

TEST(Tolerance, SignificantFigures) {
  for (const Row& row : std::initializer_list<Row>{{"3 sig", "9.80665", "9.81", true},
                                                   {"3 sig", "9.80665", "9.810", false},  // written with four
                                                   {"3 sig", "9.80665", "9.80665", false},
                                                   {"3 sig", "9.80665", "9.8", false},
                                                   {"3 sig", "9.80665", "0.981e1", true},
                                                   {"3 sig loose", "9.80665", "9.810", true},
                                                   {"3 sig loose", "9.80665", "981/100", true},
                                                   {"3 sig loose", "9.80665", "9.80665", false},
                                                   {"2 sig", "9.75", "9.8", true},    // halves away from zero
                                                   {"2 sig", "-9.75", "-9.8", true},
                                                   {"2 sig", "9.85", "9.9", true},
                                                   {"2 sig", "978", "980", true},     // two or three figures
                                                   {"3 sig", "980", "980", true},
                                                   {"1 sig", "978", "980", false},
                                                   {"1 sig", "978", "1000", true},
                                                   {"2 sig", "978", "9.8e2", true},
                                                   {"3 sig", "0.0012345", "0.00123", true},
                                                   {"3 sig", "0.0012345", "1,23·10^-3", true},
                                                   {"3 sig", "2", "2.00", true},
                                                   {"3 sig", "2", "2", false},
                                                   {"3 sig loose", "2", "2", true}}) {
    expect(row);
  }
}

TEST(Tolerance, DecimalPlaces) {
  for (const Row& row : std::initializer_list<Row>{{"2 dp", "3.14159", "3.14", true},
                                                   {"2 dp", "3.14159", "3.140", false},
                                                   {"2 dp", "3.14159", "3.1", false},
                                                   {"2 dp loose", "3.1", "3.1", true},
                                                   {"2 dp", "3.1", "3.10", true},
                                                   {"2 dp", "3.1", "3.1", false},
                                                   {"2 dp", "1.005", "1.01", true},  // doubles give 1.00
                                                   {"0 dp", "2.5", "3", true},
                                                   {"2 dp", "0.5", "1/2", false},
                                                   {"2 dp loose", "0.5", "1/2", true},
                                                   {"2 dp", "0.5", "50%", true}}) {
    expect(row);
  }
}

TEST(Tolerance, Ranges) {
  for (const Row& row : std::initializer_list<Row>{{"[9.75; 9.85)", "9.8", "9.75", true},
                                                   {"[9.75; 9.85)", "9.8", "9.85", false},
                                                   {"(9.75; 9.85]", "9.8", "9.75", false},
                                                   {"(9,75;9,85]", "9.8", "9.85", true},
                                                   {"(0; ∞)", "1", "1e300", true},
                                                   {"(0; +∞)", "1", "0", false},
                                                   {"(-∞; 0]", "1", "-5", true},
                                                   {"(−inf; +inf)", "1", "-5", true},
                                                   {"[5; 5]", "5", "5", true},
                                                   {"[-3; −2]", "-2.5", "-2.5", true}}) {
    expect(row);
  }
}

TEST(Tolerance, RefusesWhatItCannotRead) {
  struct Bad { std::string_view text, code; };
  for (const Bad& bad : std::initializer_list<Bad>{{"", "OT152"},
                                                   {"примерно", "OT152"},
                                                   {"-0.05", "OT152"},
                                                   {"-1%", "OT152"},
                                                   {"1,234", "OT151"},
                                                   {"3 figures", "OT152"},
                                                   {"0 sig", "OT152"},
                                                   {"65 sig", "OT152"},
                                                   {"-1 dp", "OT152"},
                                                   {"99999999999999 sig", "OT152"},
                                                   {"0.05 м", "OT152"},
                                                   {"[2; 1]", "OT154"},
                                                   {"[1; 1)", "OT154"},
                                                   {"[1, 2]", "OT152"},
                                                   {"[∞; 5]", "OT154"},  // not (−∞; 5]
                                                   {"[+inf; 5]", "OT154"},
                                                   {"[5; -∞)", "OT154"},  // not [5; +∞)
                                                   {"[5; −inf)", "OT154"},
                                                   {"(∞; ∞)", "OT154"},
                                                   {"[1; 2", "OT154"},
                                                   {"[1; x]", "OT150"},
                                                   {"[1; 2] м", "OT152"},
                                                   {"0.05 or", "OT152"},
                                                   {"9,75; 9,85", "OT152"},  // the brackets of a range forgotten
                                                   {"0.05 | 1%", "OT152"},
                                                   {"0.05 or or 1%", "OT152"}}) {
    Tolerance tolerance;
    const auto fault = parse_tolerance(bad.text, Notation::kAny, {}, &tolerance);
    ASSERT_TRUE(fault) << bad.text;
    EXPECT_EQ(fault->message.id, bad.code) << bad.text;
    EXPECT_LE(fault->offset + fault->length, bad.text.size()) << bad.text;
  }
}

TEST(Tolerance, PointsAtTheFault) {
  Tolerance tolerance;
  const auto fault = parse_tolerance("0.05 or x", Notation::kAny, {}, &tolerance);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->offset, 8U);
  EXPECT_EQ(fault->length, 1U);
  for (const std::string_view text : {"[1; )", "[;]", "1 or  or 2"}) {  // nothing to point at: the whole text
    const auto whole = parse_tolerance(text, Notation::kAny, {}, &tolerance);
    ASSERT_TRUE(whole) << text;
    EXPECT_EQ(whole->offset + whole->length, 0U) << text;
  }
}

TEST(Tolerance, ConvertsItsUnitToTheKeys) {
  Tolerance tolerance;
  ASSERT_FALSE(parse_tolerance("5 см", Notation::kAny, parse_unit("м"), &tolerance));
  EXPECT_EQ(tolerance.absolute, Rational::fraction(1, 20));
  ASSERT_FALSE(parse_tolerance("1 К", Notation::kAny, parse_unit("°C"), &tolerance));
  EXPECT_EQ(tolerance.absolute, Rational(1)) << "a difference has no offset";
}

TEST(TeacherNumber, HasOneReadingWithoutALocale) {
  Reading reading;
  Unit unit;
  for (const std::string_view good : {"9.8", "9,8", "9,8 м/с²", "1\u00A0234,5", "1 234", "0,123", "1.234", "3/4"}) {
    EXPECT_FALSE(parse_teacher_number(good, Notation::kAny, &reading, &unit)) << good;
  }
  const auto fault = parse_teacher_number("1,234", Notation::kAny, &reading, &unit);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->message, (Message{"OT151", {std::string("1,234"), Ratio(617, 500), Ratio(1234)}}));
  EXPECT_FALSE(parse_teacher_number("1,234", Notation::kComma, &reading, &unit));
  EXPECT_EQ(reading.value, Rational::fraction(617, 500));
  EXPECT_FALSE(parse_teacher_number("1,234", Notation::kPoint, &reading, &unit));
  EXPECT_EQ(reading.value, Rational(1234));
}

}  // namespace
}  // namespace otmetka::checkers::numeric
