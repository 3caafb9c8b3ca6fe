#include "checkers/numeric/number_parser.h"

#include <algorithm>
#include <span>

#include "checkers/numeric/normal_form.h"
#include "checkers/numeric/numeral.h"
#include "checkers/numeric/unit_table.h"
#include "checkers/numeric/units.h"
#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

class Parser {
 public:
  Parser(std::string_view text, Locale locale, Notation notation)
      : text_(text), locale_(locale), notation_(notation) {}

  Readings parse() {
    if (text_.empty()) return refuse(ParseFault::kEmpty);
    read_sign();
    const Runs runs = read_runs();
    if (runs.too_many) return refuse(ParseFault::kTooManyDigits);
    if (runs.count == 0 || is_programmers_prefix(runs)) return refuse(ParseFault::kNotANumber);
    const ParseFault fault = read_after(runs);
    if (fault != ParseFault::kNone) return refuse(fault);
    read_percent();
    return finish();
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool take(std::string_view what) {
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }

  static Readings refuse(ParseFault fault) {
    Readings none;
    none.fault = fault;
    return none;
  }

  void read_sign() {
    if (peek() != '-' && peek() != '+') return;
    negative_ = peek() == '-';
    ++at_;
    take(" ");
  }

  std::string_view read_digits() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Runs read_runs() {
    Runs runs;
    if (is_digit(peek()) || ((peek() == ',' || peek() == '.') && is_digit(peek(1)))) {
      runs.all[runs.count++] = {read_digits(), '\0'};
    }
    while (runs.count > 0 && is_digit(peek(1)) && std::string_view(",.' ").find(peek()) != std::string_view::npos) {
      if (runs.count == runs.all.size()) {
        runs.too_many = true;
        return runs;
      }
      const char mark = peek();
      ++at_;
      runs.all[runs.count++] = {read_digits(), mark};
    }
    return runs;
  }

  // 0x1F, 0b1, 0o7: a number to a programmer, a zero with a strange unit to the rest of the grammar.
  bool is_programmers_prefix(const Runs& runs) const {
    if (runs.count != 1 || runs.all[0].digits != "0" || text_.substr(at_).size() < 2) return false;
    if (text_.substr(at_ + 1).starts_with("10^")) return false;  // 0x10^5 is zero times a power
    const bool prefix = std::string_view("xXbBoO").find(peek()) != std::string_view::npos;
    return prefix && (is_digit(peek(1)) || (peek(1) >= 'a' && peek(1) <= 'f') || (peek(1) >= 'A' && peek(1) <= 'F'));
  }

  ParseFault read_after(const Runs& runs) {
    const std::size_t slash = at_ + (peek() == ' ' ? 1 : 0);
    if (slash < text_.size() && text_[slash] == '/') {
      const std::size_t below = slash + (slash + 1 < text_.size() && text_[slash + 1] == ' ' ? 2 : 1);
      if (below < text_.size() && is_digit(text_[below])) {
        at_ = below;
        return read_fraction(runs);
      }
      if (runs.count > 1 && runs.all[runs.count - 1].digits == "1" && runs.all[runs.count - 1].mark == ' ') {
        return read_per_unit(runs);
      }
    }
    if (runs.count == 1 && runs.all[0].digits == "10" && peek() == '^') return read_bare_power();
    const ParseFault fault = read_exponent();
    if (fault != ParseFault::kNone) return fault;
    return add_decimals(runs.span());
  }

  // "5 1/с": the 1 belongs to the unit.
  ParseFault read_per_unit(const Runs& runs) {
    at_ -= 1;
    return add_decimals(runs.span().first(runs.count - 1));
  }

  ParseFault read_power(int* exponent) {
    const bool bracket = take("(");
    bool negative = false;
    if (peek() == '-' || peek() == '+') {
      negative = peek() == '-';
      ++at_;
    }
    const std::string_view digits = read_digits();
    if (digits.empty() || (bracket && !take(")"))) return ParseFault::kTrailing;
    int size = 0;
    for (const char c : digits) size = std::min(size * 10 + (c - '0'), kMaxExponent + 1);
    if (size > kMaxExponent) return ParseFault::kExponent;
    *exponent = negative ? -size : size;
    return ParseFault::kNone;
  }

  ParseFault read_bare_power() {
    ++at_;
    int exponent = 0;
    const ParseFault fault = read_power(&exponent);
    if (fault != ParseFault::kNone) return fault;
    Reading reading;
    reading.value = Rational::power_of_ten(exponent);
    reading.form = Form::kPower;
    reading.exponent = exponent;
    add(std::move(reading));
    return ParseFault::kNone;
  }

  ParseFault read_exponent() {
    const std::size_t before = at_;
    if (take("e") || take("E") || take("е") || take("Е")) {
      const std::size_t digit = peek() == '-' || peek() == '+' ? 1 : 0;
      if (is_digit(peek(digit))) return read_power(&exponent_);
      at_ = before;
      return ParseFault::kNone;
    }
    take(" ");
    if (take("*") || take("x") || take("X") || take("х") || take("Х")) {
      take(" ");
      if (take("10^")) return read_power(&exponent_);
    }
    at_ = before;
    return ParseFault::kNone;
  }

  ParseFault add_decimals(std::span<const Run> runs) {
    Digits digits;
    if (!collect(runs, &digits)) return ParseFault::kTooManyDigits;
    const std::span<const Marks> wanted = marks_of(locale_, notation_);
    for (const Marks& marks : runs.size() == 1 ? wanted.first(1) : wanted) add_decimal(runs, digits, marks);
    if (result_.count == 0 && notation_ == Notation::kAny) {
      for (const Marks& marks : every_marks()) add_decimal(runs, digits, marks);
    }
    return result_.count == 0 ? ParseFault::kGrouping : ParseFault::kNone;
  }

  void add_decimal(std::span<const Run> runs, const Digits& digits, const Marks& marks) {
    Shape shape;
    if (!is_shaped(runs, marks, &shape)) return;
    const auto decimals = static_cast<int>(shape.decimals);
    Reading reading;
    reading.form = shape.has_decimal_mark ? Form::kDecimal : Form::kInteger;
    reading.decimals = std::max(0, decimals - exponent_);
    // The digits are the same under all marks: places and groups are all that can differ.
    for (const Reading& other : result_) {
      if (other.form == reading.form && other.decimals == reading.decimals) return;
    }
    reading.decimal_mark = shape.has_decimal_mark ? marks.decimal : '\0';
    reading.group_mark = shape.grouped ? marks.group : '\0';
    reading.exponent = exponent_;
    reading.value = Rational::decimal(digits.text(), exponent_ - decimals);
    reading.most_figures = static_cast<int>(digits.count);
    reading.least_figures = reading.most_figures;
    if (!shape.has_decimal_mark && digits.count > 0) {
      const std::size_t last = digits.text().find_last_not_of('0');
      reading.least_figures = static_cast<int>(last + 1);
    }
    add(std::move(reading));
  }

  ParseFault read_fraction(const Runs& above) {
    const Runs below = read_runs();
    if (below.too_many) return ParseFault::kTooManyDigits;
    Digits divisor;
    if (!collect(below.span(), &divisor)) return ParseFault::kTooManyDigits;
    if (divisor.count == 0) return ParseFault::kZeroDivisor;
    const Rational whole_below = Rational::decimal(divisor.text(), 0);
    ParseFault fault = ParseFault::kNone;
    for (const Marks& marks : marks_of(locale_, notation_)) {
      fault = std::max(fault, add_fractions(above.span(), below.span(), whole_below, marks));
    }
    if (result_.count == 0 && notation_ == Notation::kAny) {
      for (const Marks& marks : every_marks()) {
        fault = std::max(fault, add_fractions(above.span(), below.span(), whole_below, marks));
      }
    }
    if (fault != ParseFault::kNone) return fault;
    return result_.count == 0 ? ParseFault::kGrouping : ParseFault::kNone;
  }

  // "1 234/500" is 1234/500 and, as a mixed number, 1 and 234/500.
  ParseFault add_fractions(std::span<const Run> above, std::span<const Run> below, const Rational& divisor,
                           const Marks& marks) {
    Shape shape;
    if (!is_shaped(below, marks, &shape) || shape.has_decimal_mark) return ParseFault::kNone;
    Digits digits;
    if (is_shaped(above, marks, &shape) && !shape.has_decimal_mark) {
      if (!collect(above, &digits)) return ParseFault::kTooManyDigits;
      add_fraction(Form::kFraction, Rational::decimal(digits.text(), 0) / divisor, shape.grouped ? marks.group : '\0');
    }
    if (above.size() < 2 || above.back().mark != ' ' || above.back().digits.front() == '0') return ParseFault::kNone;
    const std::span<const Run> whole = above.first(above.size() - 1);
    if (!is_shaped(whole, marks, &shape) || shape.has_decimal_mark) return ParseFault::kNone;
    if (!collect(above.last(1), &digits)) return ParseFault::kTooManyDigits;
    const Rational part = Rational::decimal(digits.text(), 0) / divisor;
    if (part >= 1) return ParseFault::kNone;
    if (!collect(whole, &digits)) return ParseFault::kTooManyDigits;
    add_fraction(Form::kMixed, Rational::decimal(digits.text(), 0) + part, shape.grouped ? marks.group : '\0');
    return ParseFault::kNone;
  }

  void add_fraction(Form form, Rational value, char group) {
    for (const Reading& other : result_) {
      if (other.form == form) return;
    }
    Reading reading;
    reading.form = form;
    reading.value = std::move(value);
    reading.group_mark = group;
    add(std::move(reading));
  }

  void add(Reading reading) {
    if (result_.count == result_.all.size()) return;  // four forms at most are built above
    if (negative_) reading.value = -reading.value;
    result_.all[result_.count++] = std::move(reading);
  }

  bool take_percent_word() {
    for (const std::string_view word : {"процентов", "процента", "проценты", "процент", "проц", "percent", "per cent"}) {
      const std::string_view rest = text_.substr(at_);
      if (rest.size() != word.size() || fold_case(rest) != word) continue;
      at_ += word.size();
      return true;
    }
    return false;
  }

  void read_percent() {
    const std::size_t before = at_;
    take(" ");
    const bool percent = take("%") || take_percent_word();
    const bool permille = !percent && take("‰");
    if (!percent && !permille) {
      at_ = before;
      return;
    }
    for (std::size_t i = 0; i < result_.count; ++i) {
      Reading& reading = result_.all[i];
      reading.percent = true;
      reading.value = reading.value * Rational::power_of_ten(percent ? -2 : -3);
      if (reading.is_in_figures()) reading.decimals += percent ? 2 : 3;
    }
  }

  Readings finish() {
    take(" ");
    const std::string_view rest = text_.substr(at_);
    if (!rest.empty()) {
      if (!looks_like_unit(rest)) return refuse(ParseFault::kTrailing);
      result_.unit = rest;
    }
    return std::move(result_);
  }

  std::string_view text_;
  Locale locale_;
  Notation notation_;
  std::size_t at_ = 0;
  bool negative_ = false;
  int exponent_ = 0;
  Readings result_;
};

ParseFault fault_of(NormalFault fault) {
  switch (fault) {
    case NormalFault::kNone: return ParseFault::kNone;
    case NormalFault::kTooLong: return ParseFault::kTooLong;
    case NormalFault::kBadUtf8:
    case NormalFault::kControl: return ParseFault::kNotText;
  }
  return ParseFault::kNotText;
}

std::string_view without_marks_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(",;. ");
  return last == std::string_view::npos ? text : text.substr(0, last + 1);
}

// "x = 2,5" without its letter.
std::string_view without_name(std::string_view text) {
  const CodePoint letter = decode(text);
  const char32_t c = letter.value;
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x391 && c < 0x3CA) || (c >= 0x400 && c < 0x530);
  std::string_view rest = is_letter ? text.substr(letter.length) : std::string_view();
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  if (!rest.starts_with('=')) return text;
  rest.remove_prefix(1);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  return rest.empty() ? text : rest;
}

// "(-7)" without its brackets, where they are the only ones.
std::string_view without_brackets(std::string_view text) {
  if (text.size() < 3 || text.front() != '(' || text.back() != ')') return text;
  std::string_view inside = text.substr(1, text.size() - 2);
  if (inside.starts_with(' ')) inside.remove_prefix(1);
  return inside.empty() || inside.find_first_of("()") != std::string_view::npos ? text : inside;
}

Readings parse(std::string_view text, Locale locale, Notation notation, bool is_answer) {
  const NormalForm normal(text);
  if (normal.fault() != NormalFault::kNone) {
    Readings none;
    none.fault = fault_of(normal.fault());
    return none;
  }
  std::string_view number = normal.text();
  if (is_answer) number = without_brackets(without_name(without_marks_at_end(number)));
  return Parser(number, locale, notation).parse();
}

}  // namespace

Locale locale_from_tag(std::string_view tag) {
  const auto is = [tag](std::string_view language) {
    return tag.starts_with(language) && (tag.size() == 2 || tag[2] == '-' || tag[2] == '_');
  };
  if (is("ru")) return Locale::kRussian;
  return is("en") ? Locale::kEnglish : Locale::kNone;
}

Readings parse_number(std::string_view text, Locale locale, Notation notation) { return parse(text, locale, notation, false); }

Readings parse_answer(std::string_view text, Locale locale, Notation notation) { return parse(text, locale, notation, true); }

}  // namespace otmetka::checkers::numeric
