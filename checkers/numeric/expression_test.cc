#include "checkers/numeric/expression.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::numeric {
namespace {

const Rational kV = 72;
const Rational kHalf = Rational::fraction(1, 2);

// The value, the code of what is wrong with the text, or "!" and the code of why it has no value.
std::string value_of(std::string_view text) {
  Expression expression;
  if (const auto fault = Expression::parse(text, &expression)) {
    EXPECT_LE(fault->offset + fault->length, text.size()) << text;
    return fault->message.id;
  }
  const auto result = expression.evaluate([](std::string_view name) -> const Rational* {
    if (name == "v" || name == "скорость") return &kV;
    return name == "x_1" ? &kHalf : nullptr;
  });
  return result.value ? result.value->to_string() : "!" + result.problem.id;
}

TEST(Expression, Computes) {
  struct Row { std::string_view text, value; };
  const Row rows[] = {
      {" 360 / v", "5"},        {"1 + 2 * 3", "7"},       {"(1 + 2) * 3", "9"},     {"1 - 2 - 3", "-4"},
      {"8 / 4 / 2", "1"},       {"-2^2", "-4"},           {"(-2)^2", "4"},          {"2^3^2", "512"},
      {"2^-3", "1/8"},          {"v²", "5184"},           {"x_1³", "1/8"},          {"2 × 3", "6"},
      {"6 ÷ 4", "3/2"},         {"6 : 4", "3/2"},         {"2·3⋅4", "24"},          {"5 − 7", "-2"},
      {"--5", "5"},             {"+-+5", "-5"},           {"0.5 * v", "36"},        {"0,5 * v", "36"},
      {"min(1; 2)", "1"},       {"max(1, 2)", "2"},       {"max(1,5; 2)", "OT156"}, {"max(1; 2; v)", "72"},
      {"min(v)", "72"},         {"abs(-v)", "72"},        {"abs(3 - 5) * 2", "4"},  {"max((1,5); 1)", "3/2"},
      {"скорость / 2", "36"},   {"0.1 + 0.2", "3/10"},    {"1/49 * 49", "1"},       {"min", "!OT155"},
      {"1/3 + 1/3 + 1/3", "1"}, {"2 * -3", "-6"},         {"2^(1+1)", "4"},         {"\u00A01\u00A0+\u00A01", "2"},
  };
  for (const Row& row : rows) EXPECT_EQ(value_of(row.text), row.value) << row.text;
}

TEST(Expression, RefusesWhatIsNoFormula) {
  for (const std::string_view text : {"* 2", "1)", "()", "1 2", "1..2", "v v", "sqrt(4)", "abs(1; 2)",
                                      "min()", "max(1;)", "1 = 1", "v!", "5 км", "1e5", "\"v\"", "min(1,5)", "1,2,3", "$v",
                                      "\xFF", "1 + \xD0"}) {
    EXPECT_EQ(value_of(text), "OT156") << text;
  }
  EXPECT_EQ(value_of(std::string("1\0", 2)), "OT156");
}

TEST(Expression, ThatEndsTooEarlySaysAfterWhat) {
  struct Row { std::string_view text, after; std::size_t offset; };
  for (const Row& row : {Row{"", "=", 0}, Row{" ", "=", 0}, Row{" 5 +", "+", 3}, Row{" 5 + ", "+", 3}, Row{"(1", "1", 1}, Row{"2^", "^", 1},
                         Row{"max(1; 2", "2", 7}, Row{"6 ÷", "÷", 2}}) {
    Expression expression;
    const auto fault = Expression::parse(row.text, &expression);
    ASSERT_TRUE(fault) << row.text;
    EXPECT_EQ(fault->message, (Message{"OT644", {std::string(row.after)}})) << row.text;
    EXPECT_EQ(fault->offset, row.offset) << row.text;
    EXPECT_EQ(fault->length, row.after == "=" ? 0 : row.after.size()) << row.text;
  }
}

TEST(Expression, HasNoValue) {
  EXPECT_EQ(value_of("1 / 0"), "!OT158");
  EXPECT_EQ(value_of("1 / (v - 72)"), "!OT158");
  EXPECT_EQ(value_of("0^0"), "!OT158");
  EXPECT_EQ(value_of("0^-1"), "!OT158");
  EXPECT_EQ(value_of("2^x_1"), "!OT158");
  EXPECT_EQ(value_of("360 / w"), "!OT155");
}

TEST(Expression, IsBounded) {
  EXPECT_EQ(value_of("9^9^9"), "!OT157");
  EXPECT_EQ(value_of("9^9^9^9^9"), "!OT157");
  EXPECT_EQ(value_of("10^1000"), "1" + std::string(1000, '0'));
  EXPECT_EQ(value_of("1^1001"), "!OT157");
  EXPECT_EQ(value_of("(10^1000)^2"), "!OT157");
  EXPECT_EQ(value_of("10^1000 * 10^1000"), "!OT157");
  EXPECT_EQ(value_of("(((v^9)^9)^9)^9"), "!OT157");
  EXPECT_EQ(value_of(std::string(31, '(') + "1" + std::string(31, ')')), "OT157");
  EXPECT_EQ(value_of(std::string(10, '(') + "1" + std::string(10, ')')), "1");
  EXPECT_EQ(value_of(std::string(500, '-') + "1"), "OT157");
  EXPECT_EQ(value_of(std::string(1025, '1')), "OT157");
  EXPECT_EQ(value_of(std::string(65, '1')), "OT157");
  std::string long_sum = "1";
  for (int i = 0; i < 127; ++i) long_sum += "+1";
  EXPECT_EQ(value_of(long_sum), "128");
  for (int i = 0; i < 10; ++i) long_sum += "+1";
  EXPECT_EQ(value_of(long_sum), "OT157");
}

TEST(Expression, PointsAtTheFault) {
  Expression expression;
  const auto fault = Expression::parse(" 360 / × 2", &expression);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->offset, 7U);
  EXPECT_EQ(fault->length, 2U);
  EXPECT_EQ(fault->message, (Message{"OT156", {std::string("×")}}));
}

TEST(Expression, ListsItsNamesOnce) {
  Expression expression;
  ASSERT_FALSE(Expression::parse("a * b + a", &expression));
  EXPECT_EQ(expression.names(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(expression.offset_of("b"), 4U);
}

}  // namespace
}  // namespace otmetka::checkers::numeric
