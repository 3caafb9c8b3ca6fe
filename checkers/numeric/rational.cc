#include "checkers/numeric/rational.h"

#include <gmpxx.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace otmetka::checkers::numeric {

struct Rational::Big {
  mpq_class value;
};

namespace {

__extension__ typedef unsigned __int128 UInt128;

constexpr int kShortDigits = 38;  // 10^38 < 2^127
constexpr std::size_t kPlaceBits = 126;  // held in place up to here; the sum of two such still fits Int128

UInt128 magnitude_of(Int128 value) {
  return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

std::uint64_t low_half(UInt128 value) { return static_cast<std::uint64_t>(value); }
std::uint64_t high_half(UInt128 value) { return static_cast<std::uint64_t>(value >> 64); }

// By hand: clang turns __builtin_mul_overflow on Int128 into a call that libgcc does not have.
bool multiply(Int128 a, Int128 b, Int128* product) {
  const UInt128 x = magnitude_of(a);
  const UInt128 y = magnitude_of(b);
  UInt128 result = static_cast<UInt128>(low_half(x)) * low_half(y);
  if (high_half(x) != 0 || high_half(y) != 0) {
    if (high_half(x) != 0 && high_half(y) != 0) return false;
    const UInt128 cross = high_half(x) != 0 ? static_cast<UInt128>(high_half(x)) * low_half(y)
                                            : static_cast<UInt128>(high_half(y)) * low_half(x);
    if (cross >> 62 != 0) return false;
    result += cross << 64;
  }
  if (result >> 127 != 0) return false;
  *product = (a < 0) == (b < 0) ? static_cast<Int128>(result) : -static_cast<Int128>(result);
  return true;
}

bool add(Int128 a, Int128 b, Int128* sum) {
  constexpr Int128 kLimit = (static_cast<Int128>(1) << 126);
  if (a >= kLimit || a <= -kLimit || b >= kLimit || b <= -kLimit) return false;
  *sum = a + b;
  return true;
}

std::uint64_t gcd64(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  const int twos = std::countr_zero(a | b);
  a >>= std::countr_zero(a);
  while (b != 0) {
    b >>= std::countr_zero(b);
    if (a > b) std::swap(a, b);
    b -= a;
  }
  return a << twos;
}

Int128 greatest_common_divisor(Int128 a, Int128 b) {
  UInt128 x = magnitude_of(a);
  UInt128 y = magnitude_of(b);
  while (high_half(x) != 0 || high_half(y) != 0) {
    if (y == 0) return static_cast<Int128>(x);
    const UInt128 rest = x % y;
    x = y;
    y = rest;
  }
  return static_cast<Int128>(gcd64(low_half(x), low_half(y)));
}

Int128 short_power_of_ten(int exponent) {
  static const std::array<Int128, kShortDigits + 1> kPowers = [] {
    std::array<Int128, kShortDigits + 1> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  return kPowers[static_cast<std::size_t>(exponent)];
}

mpz_class to_mpz(Int128 value) {
  const UInt128 bits = magnitude_of(value);
  const std::array<std::uint64_t, 2> words{low_half(bits), high_half(bits)};
  mpz_class result;
  mpz_import(result.get_mpz_t(), words.size(), -1, sizeof(std::uint64_t), 0, 0, words.data());
  if (value < 0) result = -result;
  return result;
}

std::size_t bits_of(const mpz_class& value) { return mpz_sizeinbase(value.get_mpz_t(), 2); }

std::size_t bits_of(Int128 value) {
  const UInt128 bits = magnitude_of(value);
  return 128U - static_cast<std::size_t>(high_half(bits) != 0 ? std::countl_zero(high_half(bits))
                                                              : 64 + std::countl_zero(low_half(bits)));
}

Int128 from_mpz(const mpz_class& value) {
  std::array<std::uint64_t, 2> words{};
  mpz_export(words.data(), nullptr, -1, sizeof(std::uint64_t), 0, 0, value.get_mpz_t());
  const auto bits = static_cast<Int128>((static_cast<UInt128>(words[1]) << 64) | words[0]);
  return value < 0 ? -bits : bits;
}

mpz_class long_power_of_ten(int exponent) {
  mpz_class result;
  mpz_ui_pow_ui(result.get_mpz_t(), 10, static_cast<unsigned long>(exponent));
  return result;
}

}  // namespace

// What the GMP road of each operation needs of the inside.
struct BigAccess {
  static mpq_class get(const Rational& value) {
    if (value.big_) return value.big_->value;
    return mpq_class(to_mpz(value.num_), to_mpz(value.den_));
  }

  // Takes parts without a common divisor, den > 0.
  static Rational reduced(Int128 num, Int128 den) {
    if (bits_of(num) > kPlaceBits || bits_of(den) > kPlaceBits) return make(mpq_class(to_mpz(num), to_mpz(den)));
    Rational result;
    result.num_ = num;
    result.den_ = den;
    return result;
  }

  // Takes a canonical mpq; comes back in place when it fits.
  static Rational make(mpq_class value) {
    if (bits_of(value.get_num()) <= kPlaceBits && bits_of(value.get_den()) <= kPlaceBits) {
      Rational small;
      small.num_ = from_mpz(value.get_num());
      small.den_ = from_mpz(value.get_den());
      return small;
    }
    return Rational(Rational::BigPointer(new Rational::Big{std::move(value)}));
  }
};

void Rational::DeleteBig::operator()(Big* big) const { delete big; }

Rational::Rational(const Rational& other)
    : num_(other.num_), den_(other.den_), big_(other.big_ ? BigPointer(new Big(*other.big_)) : nullptr) {}

Rational& Rational::operator=(const Rational& other) {
  if (this != &other) *this = Rational(other);
  return *this;
}

Rational Rational::fraction(Int128 num, Int128 den) {
  assert(den != 0);
  const Int128 divisor = den == 1 ? 1 : greatest_common_divisor(num, den);
  return BigAccess::reduced((den < 0 ? -num : num) / divisor, (den < 0 ? -den : den) / divisor);
}

Rational Rational::power_of_ten(int exponent) {
  const int size = exponent < 0 ? -exponent : exponent;
  if (size < kShortDigits) {
    Rational result;
    (exponent < 0 ? result.den_ : result.num_) = short_power_of_ten(size);
    if (exponent < 0) result.num_ = 1;
    return result;
  }
  const mpz_class power = long_power_of_ten(size);
  return BigAccess::make(exponent < 0 ? mpq_class(1, power) : mpq_class(power, 1));
}

Rational Rational::decimal(std::string_view digits, int exponent) {
  if (digits.empty()) return {};
  if (digits.size() < kShortDigits) {
    Int128 value = 0;
    if (digits.size() <= 18) {
      std::int64_t narrow = 0;
      for (const char digit : digits) narrow = narrow * 10 + (digit - '0');
      value = narrow;
    } else {
      for (const char digit : digits) value = value * 10 + (digit - '0');
    }
    if (exponent == 0) return fraction(value, 1);
    if (exponent < 0 && -exponent < kShortDigits) return fraction(value, short_power_of_ten(-exponent));
    return fraction(value, 1) * power_of_ten(exponent);
  }
  return BigAccess::make(mpq_class(mpz_class(std::string(digits), 10), 1)) * power_of_ten(exponent);
}

bool Rational::is_negative() const { return big_ ? sgn(big_->value) < 0 : num_ < 0; }
bool Rational::is_integer() const { return big_ ? big_->value.get_den() == 1 : den_ == 1; }

std::size_t Rational::bit_size() const {
  if (big_) return std::max(bits_of(big_->value.get_num()), bits_of(big_->value.get_den()));
  return std::max(bits_of(num_), bits_of(den_));
}

Rational operator+(const Rational& a, const Rational& b) {
  if (!a.big_ && !b.big_) {
    Int128 sum = 0;
    if (a.den_ == b.den_) {
      if (add(a.num_, b.num_, &sum)) return Rational::fraction(sum, a.den_);
    } else {
      Int128 left = 0;
      Int128 right = 0;
      Int128 den = 0;
      if (multiply(a.num_, b.den_, &left) && multiply(b.num_, a.den_, &right) && multiply(a.den_, b.den_, &den) &&
          add(left, right, &sum)) {
        return Rational::fraction(sum, den);
      }
    }
  }
  return BigAccess::make(BigAccess::get(a) + BigAccess::get(b));
}

Rational operator*(const Rational& a, const Rational& b) {
  if (!a.big_ && !b.big_) {
    const Int128 left = greatest_common_divisor(a.num_, b.den_);
    const Int128 right = greatest_common_divisor(b.num_, a.den_);
    Int128 num = 0;
    Int128 den = 0;
    if (multiply(a.num_ / left, b.num_ / right, &num) && multiply(a.den_ / right, b.den_ / left, &den)) {
      return BigAccess::reduced(num, den);
    }
  }
  return BigAccess::make(BigAccess::get(a) * BigAccess::get(b));
}

Rational Rational::operator-() const {
  if (big_) return BigAccess::make(-big_->value);
  Rational result;
  result.num_ = -num_;
  result.den_ = den_;
  return result;
}

Rational Rational::inverse() const {
  assert(!is_zero());
  if (big_) return BigAccess::make(1 / big_->value);
  Rational result;
  result.num_ = num_ < 0 ? -den_ : den_;
  result.den_ = num_ < 0 ? -num_ : num_;
  return result;
}

bool operator==(const Rational& a, const Rational& b) {
  if (!a.big_ && !b.big_) return a.num_ == b.num_ && a.den_ == b.den_;
  return a.big_ && b.big_ && a.big_->value == b.big_->value;
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  if (!a.big_ && !b.big_) {
    if (a.den_ == b.den_) return a.num_ <=> b.num_;
    Int128 left = 0;
    Int128 right = 0;
    if (multiply(a.num_, b.den_, &left) && multiply(b.num_, a.den_, &right)) return left <=> right;
  }
  return cmp(BigAccess::get(a), BigAccess::get(b)) <=> 0;
}

Rational Rational::power(int exponent) const {
  Rational base = exponent < 0 ? inverse() : *this;
  Rational result = 1;
  for (unsigned left = exponent < 0 ? 0U - static_cast<unsigned>(exponent) : static_cast<unsigned>(exponent);
       left != 0; left >>= 1) {
    if ((left & 1U) != 0) result = result * base;
    if (left > 1) base = base * base;
  }
  return result;
}

Rational Rational::rounded(int places) const {
  const mpq_class scaled = BigAccess::get(abs() * power_of_ten(places));
  mpz_class whole = (2 * scaled.get_num() + scaled.get_den()) / (2 * scaled.get_den());
  if (is_negative()) whole = -whole;
  return BigAccess::make(mpq_class(whole, 1)) * power_of_ten(-places);
}

int Rational::magnitude() const {
  assert(!is_zero());
  const mpq_class value = BigAccess::get(abs());
  int result = static_cast<int>(mpz_sizeinbase(value.get_num_mpz_t(), 10)) -
               static_cast<int>(mpz_sizeinbase(value.get_den_mpz_t(), 10));
  const Rational size = abs();
  while (size < power_of_ten(result)) --result;
  while (size >= power_of_ten(result + 1)) ++result;
  return result;
}

std::string Rational::to_string() const {
  if (big_) return big_->value.get_str();
  const std::string num = int128_to_string(num_);
  return den_ == 1 ? num : num + "/" + int128_to_string(den_);
}

std::optional<std::string> Rational::to_decimal(int max_digits) const {
  Rational scaled = *this;
  int places = 0;
  while (!scaled.is_integer()) {
    if (places == max_digits) return std::nullopt;
    scaled = scaled * 10;
    ++places;
  }
  std::string text = scaled.abs().to_string();
  const auto wanted = static_cast<std::size_t>(places);
  if (places > 0) {
    if (text.size() <= wanted) text.insert(0, wanted + 1 - text.size(), '0');
    text.insert(text.size() - wanted, 1, '.');
  }
  return is_negative() ? "-" + text : text;
}

std::optional<Ratio> Rational::to_ratio() const {
  if (big_ || bits_of(num_) > 120 || bits_of(den_) > 120) return std::nullopt;
  return Ratio(num_, den_);
}

std::optional<std::int64_t> Rational::to_integer() const {
  if (big_ || den_ != 1 || bits_of(num_) > 63) return std::nullopt;
  return static_cast<std::int64_t>(num_);
}

}  // namespace otmetka::checkers::numeric
