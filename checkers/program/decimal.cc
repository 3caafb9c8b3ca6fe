#include "checkers/program/decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "model/text.h"

namespace otmetka::checkers::program {
namespace {

constexpr std::int64_t kMostExponent = 1'000'000'000'000;  // further does not matter, and sums with sizes stay in 64 bits

struct Decimal {
  bool negative = false;
  std::string_view whole, fraction;  // digits; not both are empty
  std::int64_t exponent = 0;

  char digit(std::size_t i) const { return i < whole.size() ? whole[i] : fraction[i - whole.size()]; }
  std::size_t digits() const { return whole.size() + fraction.size(); }
  // The power of ten that digit i counts.
  std::int64_t place(std::size_t i) const {
    return exponent + static_cast<std::int64_t>(whole.size()) - 1 - static_cast<std::int64_t>(i);
  }
};

std::string_view take_digits(std::string_view& text) {
  const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(end);
  return out;
}

// Whether there was a minus; a plus is taken too.
bool take_sign(std::string_view& text) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return false;
  const bool minus = text.front() == '-';
  text.remove_prefix(1);
  return minus;
}

std::optional<Decimal> split(std::string_view text) {
  Decimal out;
  out.negative = take_sign(text);
  out.whole = take_digits(text);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    out.fraction = take_digits(text);
  }
  if (out.digits() == 0) return std::nullopt;
  if (text.empty()) return out;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool minus = take_sign(text);
  const std::string_view digits = take_digits(text);
  if (digits.empty() || !text.empty()) return std::nullopt;
  for (const char c : digits) out.exponent = std::min(kMostExponent, out.exponent * 10 + (c - '0'));
  if (minus) out.exponent = -out.exponent;
  return out;
}

// The place of the first digit that is not zero.
std::int64_t magnitude(const Decimal& decimal) {
  std::size_t i = 0;
  while (i < decimal.digits() && decimal.digit(i) == '0') ++i;
  return decimal.place(i);
}

}  // namespace

std::optional<double> finite_decimal(std::string_view text) {
  const auto decimal = split(text);
  if (!decimal) return std::nullopt;
  if (text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc{} && end == text.data() + text.size()) return value;
  // Out of range is either end of the range.
  return magnitude(*decimal) < 0 ? std::optional(0.0) : std::nullopt;
}

std::optional<Ratio> decimal_share(std::string_view text) {
  constexpr std::int64_t kUnit = 1'000'000;
  constexpr std::int64_t kLastPlace = -6;
  const auto decimal = split(text);
  if (!decimal) return std::nullopt;
  std::int64_t units = 0;
  for (std::size_t i = 0; i < decimal->digits(); ++i) {
    const std::int64_t place = decimal->place(i);
    const std::int64_t digit = decimal->digit(i) - '0';
    if (place < kLastPlace - 1) break;
    if (place > 0 && digit != 0) return std::nullopt;
    if (place > 0) continue;
    std::int64_t unit = kUnit;
    for (std::int64_t k = place; k < 0; ++k) unit /= 10;
    units += place < kLastPlace ? (digit >= 5 ? 1 : 0) : digit * unit;
  }
  if (units > kUnit || (decimal->negative && units > 0)) return std::nullopt;
  return Ratio(units, kUnit);
}

}  // namespace otmetka::checkers::program
