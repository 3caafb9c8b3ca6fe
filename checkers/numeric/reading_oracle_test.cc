// Number strings by the ten thousand, each written down from a value that the generator chose, against an oracle that
// shares nothing with the parser: a body is a number if writing its digits again gives the body, and GMP has the value.
#include <gmpxx.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <random>
#include <set>

#include "checkers/numeric/number_parser.h"
#include "checkers/numeric/units.h"

namespace otmetka::checkers::numeric {
namespace {

using Values = std::set<std::string>;

mpz_class power_of_ten(unsigned exponent) {
  mpz_class result = 1;
  for (unsigned i = 0; i < exponent; ++i) result *= 10;
  return result;
}

mpq_class scaled(const mpq_class& value, int exponent) {
  const mpz_class power = power_of_ten(static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? mpq_class(value / power) : mpq_class(value * power);
}

// "1234.5" with plain digits and at most one point.
mpq_class plain_value(std::string text) {
  const std::size_t point = text.find('.');
  const std::size_t places = point == std::string::npos ? 0 : text.size() - point - 1;
  if (point != std::string::npos) text.erase(point, 1);
  mpq_class value{mpz_class(text, 10), power_of_ten(static_cast<unsigned>(places))};
  value.canonicalize();
  return value;
}

std::string grouped(const std::string& digits, char mark) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += mark;
    out += digits[i];
  }
  return out;
}

bool all_digits(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

// Decimal mark and group mark of one way to read.
struct Way {
  char decimal;
  char group;
  bool with_decimals_only = false;
};

std::vector<Way> ways(Locale locale) {
  if (locale == Locale::kEnglish) return {{'.', ' '}, {'.', ','}};
  std::vector<Way> all = {{',', ' '}, {',', '\''}, {'.', ' '}, {'.', '\''}};
  if (locale == Locale::kRussian) all.push_back({',', '.', true});
  if (locale == Locale::kNone) all.insert(all.end(), {{',', '.'}, {'.', ','}});
  return all;
}

// A body of digits and marks is a number in one way if its whole part is what comes of writing its digits in that way.
void add_readings(const std::string& body, Locale locale, std::vector<mpq_class>* values) {
  for (const Way& way : ways(locale)) {
    const std::size_t mark = body.find(way.decimal);
    const bool has_decimals = mark != std::string::npos;
    const std::string after = has_decimals ? body.substr(mark + 1) : "";
    const std::string whole = body.substr(0, mark);
    if (!all_digits(after) || (has_decimals && after.empty()) || (!has_decimals && way.with_decimals_only)) continue;
    std::string digits = whole;
    std::erase(digits, way.group);
    const bool in_groups = digits.size() > 3 && digits[0] != '0' && whole == grouped(digits, way.group);
    if (!all_digits(digits) || (whole != digits && !in_groups)) continue;
    values->push_back(plain_value((digits.empty() ? "0" : digits) + (has_decimals ? "." + after : "")));
  }
}

std::vector<mpq_class> body_readings(const std::string& body, Locale locale) {
  std::vector<mpq_class> values;
  if (locale == Locale::kNone) {
    add_readings(body, Locale::kRussian, &values);
    add_readings(body, Locale::kEnglish, &values);
  } else {
    add_readings(body, locale, &values);
  }
  if (values.empty()) add_readings(body, Locale::kNone, &values);
  return values;
}

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  // One string, and what it means in each locale.
  struct Sample {
    std::string text;
    std::map<Locale, Values> meant;
    mpq_class by_construction;
    std::string unit;
  };

  Sample write() {
    Sample sample;
    const bool negative = pick(2) == 0;
    const std::string sign = negative ? one_of({"-", "−", "–", "—", "‑", "- ", "− "}) : one_of({"", "", "", "+", "+ "});
    const int exponent = pick(3) == 0 ? static_cast<int>(pick(61)) - 30 : 0;
    const unsigned percent = pick(6) == 0 ? 2 : 0;
    std::map<Locale, std::vector<mpq_class>> values;
    std::string body;
    const bool fraction = pick(4) == 0;
    if (fraction) {
      write_fraction(&body, &sample, &values);
    } else {
      write_decimal(&body, &sample, &values);
    }
    const int power = fraction ? 0 : exponent;
    for (auto& [locale, readings] : values) {
      for (const mpq_class& reading : readings) {
        mpq_class value = scaled(reading, power - static_cast<int>(percent));
        if (negative) value = -value;
        value.canonicalize();
        sample.meant[locale].insert(value.get_str());
      }
    }
    sample.by_construction = scaled(sample.by_construction, power - static_cast<int>(percent));
    if (negative) sample.by_construction = -sample.by_construction;
    sample.unit = pick(2) == 0 ? "" : one_of({"м", "м/с²", "кг", "km/h", "°C", "руб.", "Дж/(кг·К)", "яблок"});
    sample.text = padding() + sign + dressed(body) + (power == 0 ? "" : exponent_text(power)) +
                  (percent == 0 ? "" : one_of({"%", " %", "\u00A0%"})) + (sample.unit.empty() ? "" : one_of({" ", "\u00A0", "  "})) +
                  sample.unit + padding();
    return sample;
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  std::string one_of(std::vector<std::string> all) { return all[pick(all.size())]; }
  std::string padding() { return pick(4) == 0 ? one_of({" ", "\n", "\t ", "\u00A0"}) : ""; }

  std::string digits(std::size_t length) {
    std::string text(1, static_cast<char>('1' + pick(9)));
    while (text.size() < length) text += static_cast<char>('0' + pick(10));
    return text;
  }

  void write_decimal(std::string* body, Sample* sample, std::map<Locale, std::vector<mpq_class>>* values) {
    const std::string whole = pick(8) == 0 ? "0" : digits(1 + pick(15));
    std::string after;
    if (pick(2) == 0) {
      for (std::size_t i = 1 + pick(6); i > 0; --i) after += static_cast<char>('0' + pick(10));
    }
    const std::string decimal = one_of({",", "."});
    std::string group = one_of({"", "", " ", "'", ",", "."});
    const bool one_group = whole.size() > 3 && whole.size() <= 6;
    if (group == decimal || (group == "." && after.empty() && one_group)) group = "";  // 577.283 is always a decimal
    *body = (group.empty() ? whole : grouped(whole, group[0])) + (after.empty() ? "" : decimal + after);
    if (whole == "0" && !after.empty() && pick(3) == 0) body->erase(0, 1);
    sample->by_construction = plain_value(after.empty() ? whole : whole + "." + after);
    for (const Locale locale : {Locale::kNone, Locale::kRussian, Locale::kEnglish}) (*values)[locale] = body_readings(*body, locale);
  }

  // The second reading of "1 234/500" is known here: the group mark and the gap of a mixed number are both spaces.
  void write_fraction(std::string* body, Sample* sample, std::map<Locale, std::vector<mpq_class>>* values) {
    const std::string below = digits(1 + pick(5));
    const bool mixed = pick(2) == 0;
    mpz_class num(digits(1 + pick(5)), 10);
    const mpz_class den(below, 10);
    std::vector<mpq_class> readings;
    if (mixed) {
      num %= den;
      if (num == 0) num = 1;
      const bool proper = num < den;
      const std::string whole = digits(1 + pick(4));
      const bool spaced = whole.size() > 3 && pick(2) == 0;
      const std::string above = num.get_str();
      *body = (spaced ? grouped(whole, ' ') : whole) + " " + above + "/" + below;
      const mpq_class meant = mpq_class(mpz_class(whole, 10)) + fraction_of(num, den);
      if (proper) readings.push_back(meant);
      if (above.size() == 3 && (whole.size() <= 3 || spaced)) {
        readings.push_back(fraction_of(mpz_class(whole + above, 10), den));
      }
      sample->by_construction = proper || readings.empty() ? meant : readings.back();
    } else {
      const std::string above = num.get_str();
      const bool spaced = above.size() > 3 && pick(2) == 0;
      *body = (spaced ? grouped(above, ' ') : above) + "/" + below;
      readings.push_back(fraction_of(num, den));
      sample->by_construction = readings.back();
      const std::string last = above.size() > 3 ? above.substr(above.size() - 3) : "0";
      if (spaced && last[0] != '0' && mpz_class(last, 10) < den) {
        readings.push_back(mpq_class(mpz_class(above.substr(0, above.size() - 3), 10)) + fraction_of(mpz_class(last, 10), den));
      }
    }
    for (const Locale locale : {Locale::kNone, Locale::kRussian, Locale::kEnglish}) (*values)[locale] = readings;
  }

  static mpq_class fraction_of(const mpz_class& num, const mpz_class& den) {
    mpq_class value(num, den);
    value.canonicalize();
    return value;
  }

  // The same body with typographic spaces and apostrophes.
  std::string dressed(const std::string& body) {
    const std::string space = one_of({" ", "\u00A0", "\u202F", "\u2009", "\u2007"});
    const std::string apostrophe = one_of({"'", "’", "ʼ"});
    std::string out;
    for (const char c : body) {
      if (c == ' ') out += space;
      else if (c == '\'') out += apostrophe;
      else if (c == '/' && pick(3) == 0) out += one_of({" / ", "⁄", "∕", "÷", " ÷ "});
      else out += c;
    }
    return out;
  }

  std::string exponent_text(int power) {
    static const std::vector<std::string> kRaised = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const std::string plain = std::to_string(power);
    if (pick(2) == 0) return one_of({"e", "E", "е"}) + (power > 0 && pick(2) == 0 ? "+" : "") + plain;
    const std::string times = one_of({"·10", "×10", "*10", " · 10", " × 10", "⋅10", "x10"});
    if (pick(2) == 0) return times + "^" + (pick(3) == 0 ? "(" + plain + ")" : plain);
    std::string raised = times;
    for (const char c : plain) raised += c == '-' ? "⁻" : kRaised[static_cast<std::size_t>(c - '0')];
    return raised;
  }

  std::mt19937_64 random_;
};

TEST(ReadingOracle, EveryNumberIsReadAsItWasMeant) {
  const std::uint64_t seed = std::random_device{}();
  Writer writer(seed);
  int grammatical = 0;
  int exact = 0;
  int two_readings = 0;
  int told_ambiguous = 0;
  int differences = 0;
  for (int i = 0; i < 15000; ++i) {
    const Writer::Sample sample = writer.write();
    for (const auto& [locale, meant] : sample.meant) {
      if (meant.empty()) continue;  // no grammar has it: 1 7/4 and the like
      ++grammatical;
      two_readings += meant.size() > 1 ? 1 : 0;
      const Readings readings = parse_number(sample.text, locale);
      Values got;
      for (const Reading& reading : readings) got.insert(reading.value.to_string());
      told_ambiguous += got.size() > 1 ? 1 : 0;
      const bool unit_kept = readings.unit.empty() == sample.unit.empty();
      if (got == meant && unit_kept) {
        ++exact;
      } else {
        differences += got.empty() ? 0 : 1;
        ADD_FAILURE() << "seed " << seed << ", locale " << static_cast<int>(locale) << ": " << sample.text;
        if (differences > 20) return;
      }
      if (locale == Locale::kNone) {
        EXPECT_TRUE(meant.contains(sample.by_construction.get_str())) << sample.text;
      }
    }
  }
  std::cout << "seed " << seed << ": " << grammatical << " grammatical, " << exact << " read exactly, " << two_readings
            << " with two readings, " << told_ambiguous << " told so, " << differences << " silent differences\n";
  EXPECT_GE(grammatical, 30000);
  EXPECT_GE(exact, grammatical * 99 / 100);
  EXPECT_EQ(differences, 0);
  EXPECT_EQ(told_ambiguous, two_readings);
  EXPECT_GT(two_readings, 50);
}

// Bytes at random, and mutations of what is grammatical: never a crash, never a number without digits, always the same.
TEST(ReadingOracle, NoBytesAreTooStrange) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  Writer writer(seed);
  for (int i = 0; i < 20000; ++i) {
    std::string text = writer.write().text;
    for (std::size_t changes = random() % 4; changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0) text[at] = static_cast<char>(random());
      else text.insert(at, 1, ",. '-/e^%1"[random() % 10]);
    }
    const Readings readings = parse_number(text, Locale::kRussian);
    ASSERT_EQ(readings.count == 0, readings.fault != ParseFault::kNone);
    if (readings.count > 0) {
      ASSERT_NE(text.find_first_of("0123456789\xC2\xE2"), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace otmetka::checkers::numeric
