#include "checkers/numeric/number_parser.h"

#include <gtest/gtest.h>

#include <chrono>

namespace otmetka::checkers::numeric {
namespace {

constexpr Locale kRu = Locale::kRussian;
constexpr Locale kEn = Locale::kEnglish;
constexpr Locale kNo = Locale::kNone;

// "2469/2 | 1234 [м/с^2]": the readings and the unit, as the tables below write them.
std::string read(std::string_view text, Locale locale, Notation notation = Notation::kAny) {
  const Readings readings = parse_number(text, locale, notation);
  if (readings.fault != ParseFault::kNone) return "fault";
  std::string all;
  for (const Reading& reading : readings) all += (all.empty() ? "" : " | ") + reading.value.to_string();
  return readings.unit.empty() ? all : all + " [" + readings.unit + "]";
}

struct Row {
  std::string_view text;
  std::string_view ru;
  std::string_view en;
  std::string_view none;
};

TEST(NumberParser, ReadsWhatTheLocaleAllows) {
  const Row rows[] = {
      {"72", "72", "72", "72"},
      {"007", "7", "7", "7"},
      {"9,8", "49/5", "49/5", "49/5"},  // no reading in en: every grammatical one
      {"9.8", "49/5", "49/5", "49/5"},
      {",5", "1/2", "1/2", "1/2"},
      {".5", "1/2", "1/2", "1/2"},
      {"5.", "5", "5", "5"},
      {"1,234", "617/500", "1234", "617/500 | 1234"},
      {"1.234", "617/500", "617/500", "617/500"},
      {"0,123", "123/1000", "123/1000", "123/1000"},  // no group begins with a zero
      {"1.234,5", "2469/2", "2469/2", "2469/2"},
      {"1,234.5", "2469/2", "2469/2", "2469/2"},
      {"1 234", "1234", "1234", "1234"},
      {"1 234,5", "2469/2", "2469/2", "2469/2"},
      {"1 234.5", "2469/2", "2469/2", "2469/2"},
      {"1 234,567", "1234567/1000", "1234567/1000", "1234567/1000"},
      {"1'234,567", "1234567/1000", "1234567/1000", "1234567/1000"},
      {"1’234'567", "1234567", "1234567", "1234567"},
      {"1,234,567", "1234567", "1234567", "1234567"},
      {"1.234.567", "1234567", "1234567", "1234567"},
      {"12.345.678,9", "123456789/10", "123456789/10", "123456789/10"},
      {"1,234e5", "123400", "123400000", "123400 | 123400000"},
      {"1 234/500", "617/250 | 367/250", "367/250 | 617/250", "617/250 | 367/250"},  // 1234/500, or 1 and 234/500
      {"1/1,000", "1/1000", "1/1000", "1/1000"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(read(row.text, kRu), row.ru) << row.text << " in ru";
    EXPECT_EQ(read(row.text, kNo), row.none) << row.text << " without a locale";
    const std::string en = read(row.text, kEn);
    if (row.text == "1 234/500") {
      EXPECT_TRUE(en == row.en || en == row.ru) << en;  // a set has no order
    } else {
      EXPECT_EQ(en, row.en) << row.text << " in en";
    }
  }
}

TEST(NumberParser, NotationTakesThePlaceOfTheLocale) {
  struct NotationRow { std::string_view text, comma, point; };
  const NotationRow rows[] = {
      {"1,234", "617/500", "1234"},  {"1.234", "1234", "617/500"}, {"9.8", "fault", "49/5"},   {"9,8", "49/5", "fault"},
      {"1.234,5", "2469/2", "fault"}, {"1,234.5", "fault", "2469/2"}, {"1 234", "1234", "1234"}, {"3/4", "3/4", "3/4"},
  };
  for (const NotationRow& row : rows) {
    for (const Locale locale : {kRu, kEn, kNo}) {
      EXPECT_EQ(read(row.text, locale, Notation::kComma), row.comma) << row.text;
      EXPECT_EQ(read(row.text, locale, Notation::kPoint), row.point) << row.text;
    }
  }
}

TEST(NumberParser, TakesEverySpellingOfTheSameNumber) {
  for (const std::string_view text :
       {"-1234", "−1234", "–1234", "—1234", "‐1234", "‑1234", "‒1234", "―1234", "﹣1234", "－1234", "- 1234", "-1 234",
        "-1\u00A0234", "-1\u202F234", "-1\u2009234", "-1\u2007234", "-1'234", "-1’234", "  -1234\n", "\u00A0-1234\u00A0",
        "-1\u00AD234", "\u200E-1234", "\uFEFF-1234", "-12\u200B34", "-1234.", "-1  234"}) {
    EXPECT_EQ(read(text, kRu), "-1234") << text;
  }
}

TEST(NumberParser, ReadsExponents) {
  struct ExponentRow { std::string_view text, value; };
  const ExponentRow rows[] = {
      {"3e5", "300000"},      {"3E5", "300000"},       {"3e+5", "300000"},     {"3е5", "300000"},
      {"25e-2", "1/4"},       {"3·10^5", "300000"},    {"3×10⁵", "300000"},    {"3*10^5", "300000"},
      {"3 · 10^5", "300000"}, {"3x10^5", "300000"},    {"3х10⁵", "300000"},    {"25·10^-2", "1/4"},
      {"25·10⁻²", "1/4"},     {"25*10^(-2)", "1/4"},   {"2,5·10^3", "2500"},   {"2.5e3", "2500"},
      {"10^5", "100000"},     {"10⁻²", "1/100"},       {"-10^2", "-100"},      {"1 000·10^3", "1000000"},
      {"3⋅10^5", "300000"},   {"3•10⁵ м", "300000 [м]"}, {"1,6е-19 Кл", "1/6250000000000000000 [Кл]"}, {"0e0", "0"},
  };
  for (const ExponentRow& row : rows) EXPECT_EQ(read(row.text, kRu), row.value) << row.text;
}

TEST(NumberParser, ReadsFractionsAndPercent) {
  struct FractionRow { std::string_view text, value; };
  const FractionRow rows[] = {
      {"3/4", "3/4"},    {"3 / 4", "3/4"},    {"3⁄4", "3/4"},  {"-3/4", "-3/4"},    {"1 3/4", "7/4"}, {"−1 3/4", "-7/4"},
      {"½", "1/2"},      {"1½", "3/2"},       {"1 ½", "3/2"},  {"1 000/3", "1000/3"}, {"12 1/2", "25/2"}, {"6/3", "2"},
      {"50%", "1/2"},    {"50 %", "1/2"},     {"12,5%", "1/8"}, {"1/2%", "1/200"},   {"5‰", "1/200"}, {"1÷3", "1/3"}, {"6 ÷ 2", "3"},
      {"-50%", "-1/2"},
      {"1 3/4 ч", "7/4 [ч]"}, {"7/2 м/с", "7/2 [м/с]"}, {"1 000 1/2", "2001/2"}, {"1/1000", "1/1000"},
  };
  for (const FractionRow& row : rows) EXPECT_EQ(read(row.text, kRu), row.value) << row.text;
}

TEST(NumberParser, LeavesTheUnit) {
  struct UnitRow { std::string_view text, value; };
  const UnitRow rows[] = {
      {"9,8 м/с²", "49/5 [м/с^2]"}, {"9,8м/с2", "49/5 [м/с2]"}, {"72 км/ч.", "72 [км/ч]"}, {"5 1/с", "5 [1/с]"},
      {"5 /с", "5 [/с]"},           {"20 °C", "20 [°C]"},       {"20°", "20 [°]"},         {"5 яблок", "5 [яблок]"},
      {"5 eV", "5 [eV]"},           {"5eV", "5 [eV]"},          {"5 e", "5 [e]"},          {"100 руб.", "100 [руб]"},
      {"10 Дж/(кг·К)", "10 [Дж/(кг*К)]"}, {"7 $", "7 [$]"},
  };
  for (const UnitRow& row : rows) EXPECT_EQ(read(row.text, kRu), row.value) << row.text;
}

TEST(NumberParser, RefusesEverythingElse) {
  const std::string_view texts[] = {
      "девять", "--1", "+-1", "-", "1_000", "0x1F", "0x1p3", "0xff", "0b101", "0o17", "inf", "nan", "NaN", "∞", "-inf",
      "١٢٣", "１２３", "1,23,4", "1,2,3", "1.2.3", "12 34", "1 2", "1234 567", "1,2345,678", "1..2", "1,,2", "1,.5", "5,",
      "3/0", "3/", "/3", "3//4", "3/4/5", "1,5/2", "1 7/4", "1 03/4", "5²", "2^5", "3*10", "3·10", "10^", "10^x", "3·10^",
      "12 и 13", "5 или 6", "5;6", "5 = 5", "=5", "≈5", "±5", "9.8 ± 0.05", "(5)", "5 (5)", "5!", "5?", "#5", "5 м²²",
      "5 м 6", "1\t000", "1\n000", "1'23", "1 23", "1 234'567", "1,234 567", "1e", "e5", "1e5.5", "5%%", "%", "м", "5 🍎",
      "0,000,000", "5 мм55"};
  for (const std::string_view text : texts) {
    for (const Locale locale : {kRu, kEn, kNo}) {
      if (text == "1e") continue;  // one of an unknown unit
      EXPECT_EQ(read(text, locale), "fault") << text;
    }
  }
}

TEST(NumberParser, SaysWhy) {
  struct FaultRow { std::string text; ParseFault fault; };
  const FaultRow rows[] = {
      {"", ParseFault::kEmpty},
      {" \t\n", ParseFault::kEmpty},
      {"\u00A0\u200B", ParseFault::kEmpty},
      {"девять", ParseFault::kNotANumber},
      {"5 и 6", ParseFault::kTrailing},
      {"1,23,4", ParseFault::kGrouping},
      {"3/0", ParseFault::kZeroDivisor},
      {std::string(64, '9'), ParseFault::kNone},
      {std::string(65, '9'), ParseFault::kTooManyDigits},
      {"0." + std::string(100, '0') + "1", ParseFault::kNone},  // leading zeros are not significant
      {"0." + std::string(100, '0') + std::string(65, '1'), ParseFault::kTooManyDigits},
      {"1/" + std::string(65, '9'), ParseFault::kTooManyDigits},
      {"1e400", ParseFault::kNone},
      {"1e-400", ParseFault::kNone},
      {"1e401", ParseFault::kExponent},
      {"1e-401", ParseFault::kExponent},
      {"1e99999999999999999999", ParseFault::kExponent},
      {"10^999", ParseFault::kExponent},
      {std::string(10000, '1'), ParseFault::kTooLong},
      {std::string(1000000, ' ') + "5", ParseFault::kNone},
      {std::string("5\0", 2), ParseFault::kNotText},
      {std::string("\0", 1), ParseFault::kNotText},
      {"5\x01", ParseFault::kNotText},
      {"5\xC2\x85", ParseFault::kNotText},
      {"\xFF", ParseFault::kNotText},
      {"5 \xD0", ParseFault::kNotText},
      {"\xC0\xB5", ParseFault::kNotText},          // overlong
      {"\xED\xA0\x80", ParseFault::kNotText},      // a surrogate
      {"\xF4\x90\x80\x80", ParseFault::kNotText},  // beyond Unicode
  };
  for (const FaultRow& row : rows) {
    const Readings readings = parse_number(row.text, kRu);
    EXPECT_EQ(readings.fault, row.fault) << row.text.substr(0, 80);
    EXPECT_EQ(readings.count == 0, row.fault != ParseFault::kNone);
  }
}

TEST(NumberParser, CountsFiguresAndPlacesAsWritten) {
  struct FigureRow { std::string_view text; int least, most, decimals; };
  const FigureRow rows[] = {
      {"9.80", 3, 3, 2},  {"0.098", 2, 2, 3}, {"980", 2, 3, 0},   {"980.", 2, 3, 0},   {"9.8e2", 2, 2, 0},
      {"9.80e1", 3, 3, 1}, {"98e-1", 2, 2, 1}, {"1 000", 1, 4, 0}, {"50%", 1, 2, 2},    {"1.5%", 2, 2, 3},
      {"3/4", 0, 0, 0},   {"10^5", 0, 0, 0},  {"007", 1, 1, 0},   {"0.00", 0, 0, 2},
  };
  for (const FigureRow& row : rows) {
    const Readings readings = parse_number(row.text, kNo);
    ASSERT_EQ(readings.count, 1U) << row.text;
    EXPECT_EQ(readings.all[0].least_figures, row.least) << row.text;
    EXPECT_EQ(readings.all[0].most_figures, row.most) << row.text;
    EXPECT_EQ(readings.all[0].decimals, row.decimals) << row.text;
  }
}

TEST(NumberParser, TellsHowItRead) {
  EXPECT_EQ(describe(parse_number("1.234,5", kRu).all[0]),
            (Message{"numeric.read_both", {Ratio(2469, 2), std::string(","), std::string(".")}}));
  EXPECT_EQ(describe(parse_number("1 3/4", kRu).all[0]), (Message{"numeric.read_mixed", {Ratio(7, 4)}}));
}

TEST(NumberParser, ShowsLongNumbersShort) {
  EXPECT_EQ(number_arg(Rational::fraction(49, 5)), Arg(Ratio(49, 5)));
  EXPECT_EQ(number_arg(Rational::fraction(1, 3)), Arg(std::string("1/3")));
  EXPECT_EQ(number_arg(parse_number("6,02214076·10^23", kRu).all[0].value), Arg(std::string("6.02214076e23")));
  EXPECT_EQ(number_arg(parse_number("-1,6e-19", kRu).all[0].value), Arg(std::string("-1.6e-19")));
}

// Time is linear and bounded by kMaxNumberBytes: a megabyte of anything is answered at once.
TEST(NumberParser, IsNotSlowedDownByLongTexts) {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view piece : {"1", "1,", "1 ", "1/", "-", "м", "^", "1e", "½", "²", "("}) {
    std::string text;
    while (text.size() < 1000000) text += piece;
    EXPECT_EQ(read(text, kRu), "fault") << piece;
    text.resize(300);
    read(text, kRu);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(Locale, ComesFromATag) {
  EXPECT_EQ(locale_from_tag("ru"), kRu);
  EXPECT_EQ(locale_from_tag("ru-RU"), kRu);
  EXPECT_EQ(locale_from_tag("en_GB"), kEn);
  EXPECT_EQ(locale_from_tag("rue"), kNo);
  EXPECT_EQ(locale_from_tag(""), kNo);
  EXPECT_EQ(locale_from_tag("de"), kNo);
}

}  // namespace
}  // namespace otmetka::checkers::numeric
