#include "model/ratio.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace otmetka {
namespace {

Int128 abs128(Int128 v) { return v < 0 ? -v : v; }

[[noreturn]] void left_128_bits() {
  std::fputs("otmetka: exact arithmetic left 128 bits\n", stderr);
  std::abort();
}

Int128 checked_mul(Int128 a, Int128 b) {
  Int128 out = 0;
  if (__builtin_mul_overflow(a, b, &out)) left_128_bits();
  return out;
}

Int128 checked_add(Int128 a, Int128 b) {
  Int128 out = 0;
  if (__builtin_add_overflow(a, b, &out)) left_128_bits();
  return out;
}

Int128 floor_div(Int128 a, Int128 b) {
  const Int128 q = a / b;
  return (a % b != 0 && a < 0) ? q - 1 : q;
}

// Compares a/b with c/d (all denominators positive) by continued fractions: cross products could leave 128 bits.
std::strong_ordering compare(Int128 a, Int128 b, Int128 c, Int128 d) {
  while (true) {
    const Int128 p = floor_div(a, b);
    const Int128 q = floor_div(c, d);
    if (p != q) return p < q ? std::strong_ordering::less : std::strong_ordering::greater;
    const Int128 r = a - p * b;
    const Int128 s = c - q * d;
    if (r == 0 || s == 0) return r == s ? std::strong_ordering::equal
                                        : (r == 0 ? std::strong_ordering::less : std::strong_ordering::greater);
    a = d;  // r/b against s/d is d/s against b/r
    const Int128 old_b = b;
    b = s;
    c = old_b;
    d = r;
  }
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Ratio> parse_decimal(std::string_view text) {
  const auto mark = text.find_first_of(".,");
  if (mark == std::string_view::npos) {
    const auto whole = parse_digits(text);
    return whole ? std::optional<Ratio>(Ratio(*whole)) : std::nullopt;
  }
  const auto whole = parse_digits(text.substr(0, mark));
  const auto fraction = parse_digits(text.substr(mark + 1));
  if (!whole || !fraction) return std::nullopt;
  Int128 scale = 1;
  for (std::size_t i = mark + 1; i < text.size(); ++i) scale *= 10;
  return Ratio(*whole * scale + *fraction, scale);
}

}  // namespace

Ratio::Ratio(Int128 num, Int128 den) : num_(num), den_(den) {
  assert(den != 0);
  if (den_ < 0) {
    num_ = -num_;
    den_ = -den_;
  }
  if (den_ == 1) return;
  const Int128 g = gcd(num_, den_);
  if (g > 1) {
    num_ /= g;
    den_ /= g;
  }
}

bool Ratio::fits_wire() const {
  constexpr Int128 kMax = std::numeric_limits<std::int64_t>::max();
  return num_ <= kMax && num_ >= -kMax && den_ <= kMax;
}

Ratio operator+(const Ratio& a, const Ratio& b) {
  if (a.den_ == b.den_) return Ratio(checked_add(a.num_, b.num_), a.den_);
  const Int128 g = gcd(a.den_, b.den_);
  const Int128 left = checked_mul(a.num_, b.den_ / g);
  const Int128 right = checked_mul(b.num_, a.den_ / g);
  return Ratio(checked_add(left, right), checked_mul(a.den_, b.den_ / g));
}

Ratio operator-(const Ratio& a, const Ratio& b) { return a + Ratio(-b.num_, b.den_); }

Ratio operator*(const Ratio& a, const Ratio& b) {
  if (a.num_ == 0 || b.num_ == 0) return Ratio();
  const Int128 g = gcd(a.num_, b.den_);
  const Int128 h = gcd(b.num_, a.den_);
  return Ratio(checked_mul(a.num_ / g, b.num_ / h), checked_mul(a.den_ / h, b.den_ / g));
}

Ratio operator/(const Ratio& a, const Ratio& b) {
  assert(b.num_ != 0);
  return a * Ratio(b.den_, b.num_);
}

std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) { return compare(a.num_, a.den_, b.num_, b.den_); }

std::optional<Ratio> ratio_of(std::int64_t num, std::int64_t den) {
  if (num == 0 && den == 0) return Ratio();
  return den < 1 ? std::nullopt : std::optional(Ratio(num, den));
}

Int128 gcd(Int128 a, Int128 b) {
  a = abs128(a);
  b = abs128(b);
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Int128 common_multiple(Int128 a, Int128 b, Int128 most) {
  Int128 out = 0;
  return __builtin_mul_overflow(a / gcd(a, b), b, &out) ? most : std::min(out, most);
}

std::string int128_to_string(Int128 value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  std::string out;
  while (value != 0) {
    out += static_cast<char>('0' + static_cast<int>(abs128(value % 10)));
    value /= 10;
  }
  if (negative) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
}

std::string Ratio::to_string() const {
  return den_ == 1 ? int128_to_string(num_) : int128_to_string(num_) + "/" + int128_to_string(den_);
}

std::int64_t Ratio::to_micro() const {
  // round_to would take ten times as long, and every result carries one of these.
  const Int128 half = num_ < 0 ? -den_ : den_;
  return static_cast<std::int64_t>(checked_add(checked_mul(num_, 2'000'000), half) / checked_mul(den_, 2));
}

double Ratio::to_double() const { return static_cast<double>(num_) / static_cast<double>(den_); }

Ratio round_to(const Ratio& value, const Ratio& step, Rounding mode) {
  assert(step > Ratio(0));
  const Ratio steps = value / step;
  const Int128 magnitude = abs128(steps.num());
  Int128 whole = magnitude / steps.den();
  const Int128 rest = magnitude % steps.den();
  const auto half = Ratio(rest, steps.den()) <=> Ratio(1, 2);
  const bool up = mode == Rounding::kUp     ? rest != 0
                  : mode == Rounding::kDown ? false
                  : half > 0                ? true
                  : half < 0                ? false
                                            : mode == Rounding::kHalfUp || whole % 2 == 1;
  if (up) ++whole;
  return Ratio(steps.is_negative() ? -whole : whole, 1) * step;
}

std::optional<std::string> to_decimal(const Ratio& value, int max_digits) {
  Int128 num = abs128(value.num());
  std::string out = (value.is_negative() ? "-" : "") + int128_to_string(num / value.den());
  num %= value.den();
  if (num == 0) return out;
  out += '.';
  for (int i = 0; i < max_digits && num != 0; ++i) {
    num *= 10;
    out += static_cast<char>('0' + static_cast<int>(num / value.den()));
    num %= value.den();
  }
  if (num != 0) return std::nullopt;
  return out;
}

std::optional<Ratio> parse_ratio(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::optional<Ratio> value;
  const auto slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto num = parse_digits(text.substr(0, slash));
    const auto den = parse_digits(text.substr(slash + 1));
    if (num && den && *den != 0) value = Ratio(*num, *den);
  } else if (!text.empty() && text.back() == '%') {
    text.remove_suffix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    value = parse_decimal(text);
    if (value) value = *value / Ratio(100);
  } else {
    value = parse_decimal(text);
  }
  if (value && negative) value = Ratio(0) - *value;
  return value;
}

}  // namespace otmetka
