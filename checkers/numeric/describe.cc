// What numbers and their faults are called in messages.
#include "checkers/numeric/number_parser.h"

namespace otmetka::checkers::numeric {
namespace {

constexpr int kShownDecimals = 6;   // those that messages write as a decimal
constexpr int kScientificFrom = 15;  // and the length from which zeros stop being readable

std::string mark_name(char mark) { return mark == ' ' ? "␣" : std::string(1, mark); }

// "6.02e23": for what is too long to be read digit by digit. At most 12 figures.
std::string scientific(const Rational& value) {
  const int exponent = value.magnitude();
  const Rational mantissa = (value * Rational::power_of_ten(-exponent)).rounded(11);
  return mantissa.to_decimal(11).value_or("") + "e" + std::to_string(exponent);
}

}  // namespace

Message describe(ParseFault fault) {
  switch (fault) {
    case ParseFault::kNone:
    case ParseFault::kEmpty:
    case ParseFault::kNotANumber: return {"numeric.not_a_number", {}};
    case ParseFault::kTrailing: return {"numeric.trailing", {}};
    case ParseFault::kGrouping: return {"numeric.grouping", {}};
    case ParseFault::kTooLong:
    case ParseFault::kTooManyDigits: return {"numeric.too_long", {std::int64_t{kMaxDigits}}};
    case ParseFault::kExponent: return {"numeric.exponent", {std::int64_t{kMaxExponent}}};
    case ParseFault::kZeroDivisor: return {"numeric.zero_divisor", {}};
    case ParseFault::kNotText: return {"numeric.not_text", {}};
  }
  return {"numeric.not_a_number", {}};
}

Message describe(const Reading& reading) {
  Arg value = number_arg(reading.value);
  if (reading.form == Form::kFraction) return {"numeric.read_fraction", {std::move(value)}};
  if (reading.form == Form::kMixed) return {"numeric.read_mixed", {std::move(value)}};
  const bool decimal = reading.decimal_mark != 0;
  const bool group = reading.group_mark != 0;
  if (decimal && group) {
    return {"numeric.read_both", {std::move(value), mark_name(reading.decimal_mark), mark_name(reading.group_mark)}};
  }
  if (decimal) return {"numeric.read_decimal", {std::move(value), mark_name(reading.decimal_mark)}};
  if (group) return {"numeric.read_groups", {std::move(value), mark_name(reading.group_mark)}};
  return {"numeric.read_plain", {std::move(value)}};
}

Arg number_arg(const Rational& value) {
  const auto ratio = value.to_ratio();
  if (value.is_zero()) return Ratio(0);
  const int size = value.magnitude();
  const bool readable = size < kScientificFrom && size > -kScientificFrom;
  if (ratio && readable && value.to_decimal(kShownDecimals)) return *ratio;
  if (readable) {
    if (auto text = value.to_decimal(kScientificFrom)) return *text;
    if (value.bit_size() < 64) return value.to_string();
  }
  return scientific(value);
}

}  // namespace otmetka::checkers::numeric
