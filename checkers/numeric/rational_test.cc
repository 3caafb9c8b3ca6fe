#include "checkers/numeric/rational.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <random>

namespace otmetka::checkers::numeric {
namespace {

// Parts of all lengths, so that both the in-place and the GMP road are walked, and the border between them.
std::string random_digits(std::mt19937_64& random) {
  const std::size_t length = 1 + random() % 60;
  std::string digits(1, static_cast<char>('1' + random() % 9));
  while (digits.size() < length) digits += static_cast<char>('0' + random() % 10);
  return digits;
}

struct Pair {
  Rational ours;
  mpq_class gmp;
};

Pair random_number(std::mt19937_64& random) {
  const std::string num = random() % 20 == 0 ? "0" : random_digits(random);
  const std::string den = random_digits(random);
  Pair pair{Rational::decimal(num, 0) / Rational::decimal(den, 0), mpq_class(mpz_class(num), mpz_class(den))};
  pair.gmp.canonicalize();
  if (random() % 2 == 0) {
    pair.ours = -pair.ours;
    pair.gmp = -pair.gmp;
  }
  return pair;
}

TEST(Rational, AgreesWithGmpOnEveryOperation) {
  const std::uint64_t seed = std::random_device{}();
  RecordProperty("seed", std::to_string(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20000; ++i) {
    const Pair a = random_number(random);
    const Pair b = random_number(random);
    ASSERT_EQ(a.ours.to_string(), a.gmp.get_str());
    ASSERT_EQ((a.ours + b.ours).to_string(), mpq_class(a.gmp + b.gmp).get_str());
    ASSERT_EQ((a.ours - b.ours).to_string(), mpq_class(a.gmp - b.gmp).get_str());
    ASSERT_EQ((a.ours * b.ours).to_string(), mpq_class(a.gmp * b.gmp).get_str());
    if (!b.ours.is_zero()) {
      ASSERT_EQ((a.ours / b.ours).to_string(), mpq_class(a.gmp / b.gmp).get_str());
    }
    ASSERT_EQ(a.ours < b.ours, a.gmp < b.gmp);
    ASSERT_EQ(a.ours == b.ours, a.gmp == b.gmp);
    ASSERT_EQ(a.ours - b.ours + b.ours, a.ours) << "equal numbers have the same form";
    ASSERT_EQ(a.ours.is_negative(), sgn(a.gmp) < 0);
    ASSERT_EQ(a.ours.is_integer(), a.gmp.get_den() == 1);
  }
}

TEST(Rational, MultipliesAtTheBorderOf127Bits) {
  Rational ours = 1;
  mpq_class gmp = 1;
  for (int i = 0; i < 300; ++i) {
    ours = ours * 3 + 1;
    gmp = gmp * 3 + 1;
    ASSERT_EQ(ours.to_string(), gmp.get_str()) << i;
    ASSERT_EQ((ours * ours).to_string(), mpq_class(gmp * gmp).get_str()) << i;
    ASSERT_EQ(ours / ours, Rational(1)) << i;
  }
}

TEST(Rational, ReadsDecimals) {
  struct Row { const char* digits; int exponent; const char* value; };
  for (const Row& row : std::initializer_list<Row>{{"", 5, "0"},
                                                   {"98", -1, "49/5"},
                                                   {"980", 0, "980"},
                                                   {"1", 3, "1000"},
                                                   {"25", -2, "1/4"},
                                                   {"00025", -2, "1/4"},
                                                   {"1", 40, "10000000000000000000000000000000000000000"},
                                                   {"1", -40, "1/10000000000000000000000000000000000000000"},
                                                   {"12345678901234567890123456789012345678901", 0,
                                                    "12345678901234567890123456789012345678901"}}) {
    EXPECT_EQ(Rational::decimal(row.digits, row.exponent).to_string(), row.value) << row.digits;
  }
}

TEST(Rational, RoundsHalvesAwayFromZero) {
  struct Row { Rational value; int places; const char* rounded; };
  const Row rows[] = {{Rational::fraction(5, 2), 0, "3"},      {Rational::fraction(-5, 2), 0, "-3"},
                      {Rational::fraction(249, 100), 0, "2"},  {Rational::fraction(9805, 1000), 2, "981/100"},
                      {Rational::fraction(-9805, 1000), 2, "-981/100"}, {Rational(1250), -2, "1300"},
                      {Rational::fraction(1, 3), 3, "333/1000"}, {Rational(0), 2, "0"}};
  for (const Row& row : rows) EXPECT_EQ(row.value.rounded(row.places).to_string(), row.rounded) << row.value.to_string();
}

TEST(Rational, KnowsTheMagnitude) {
  struct Row { Rational value; int magnitude; };
  const Row rows[] = {{Rational::fraction(98, 10), 0}, {980, 2},  {Rational::fraction(98, 1000), -2}, {1, 0}, {10, 1}, {-999, 2},
                      {Rational::fraction(1, 3), -1},  {1000, 3}, {Rational::power_of_ten(-400), -400},
                      {Rational::power_of_ten(400), 400}, {Rational::fraction(999, 1000), -1}};
  for (const Row& row : rows) EXPECT_EQ(row.value.magnitude(), row.magnitude) << row.value.to_string();
}

TEST(Rational, WritesDecimals) {
  EXPECT_EQ(Rational::fraction(49, 5).to_decimal(6), "9.8");
  EXPECT_EQ(Rational::fraction(-1, 20).to_decimal(6), "-0.05");
  EXPECT_EQ(Rational(1200).to_decimal(0), "1200");
  EXPECT_EQ(Rational::fraction(1, 3).to_decimal(6), std::nullopt);
  EXPECT_EQ(Rational::fraction(1, 128).to_decimal(6), std::nullopt);
  EXPECT_EQ(Rational::fraction(1, 128).to_decimal(7), "0.0078125");
}

TEST(Rational, RaisesToPowers) {
  EXPECT_EQ(Rational(2).power(10), Rational(1024));
  EXPECT_EQ(Rational::fraction(-2, 3).power(-3), Rational::fraction(-27, 8));
  EXPECT_EQ(Rational(7).power(0), Rational(1));
  EXPECT_EQ(Rational(10).power(300), Rational::power_of_ten(300));
}

TEST(Rational, HandsOverToMessagesAndIntegersOnlyWhatFits) {
  EXPECT_EQ(Rational::fraction(1, 3).to_ratio(), Ratio(1, 3));
  EXPECT_EQ(Rational::power_of_ten(60).to_ratio(), std::nullopt);
  EXPECT_EQ(Rational(-5).to_integer(), -5);
  EXPECT_EQ(Rational::fraction(1, 2).to_integer(), std::nullopt);
  EXPECT_EQ(Rational::power_of_ten(19).to_integer(), std::nullopt);
}

}  // namespace
}  // namespace otmetka::checkers::numeric
