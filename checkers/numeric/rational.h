// An exact number of any size: what a learner or a teacher wrote, without rounding.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/ratio.h"

namespace otmetka::checkers::numeric {

// A reduced fraction with a positive denominator. What fits 127 bits above and below is held in place and costs no
// allocation; anything larger moves to GMP behind a pointer and back as soon as it fits again, so that equal numbers
// always have the same form. A value type; threads may share const objects.
//
// Unlike model's Ratio, which is for credit and asserts at 128 bits, nothing here overflows. Whoever lets others choose
// the numbers bounds them: the parser at 64 digits and exponents of 400, expressions by bit_size() before each step.
class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t whole) : num_(whole) {}  // NOLINT(google-explicit-constructor): 1 is a number
  Rational(const Rational& other);
  Rational(Rational&& other) noexcept = default;
  Rational& operator=(const Rational& other);
  Rational& operator=(Rational&& other) noexcept = default;
  ~Rational() = default;

  static Rational fraction(Int128 num, Int128 den);  // den != 0; neither is the least Int128
  static Rational power_of_ten(int exponent);

  // `digits` × 10^exponent; only the characters 0 to 9. An empty string is zero. Any length: linear up to 38 digits,
  // GMP's conversion beyond.
  static Rational decimal(std::string_view digits, int exponent);

  bool is_zero() const { return !big_ && num_ == 0; }
  bool is_negative() const;
  bool is_integer() const;

  // Bits of the longer of numerator and denominator; the size that a product or a power multiplies.
  std::size_t bit_size() const;

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b) { return a + (-b); }
  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b) { return a * b.inverse(); }  // b != 0
  Rational operator-() const;
  friend bool operator==(const Rational& a, const Rational& b);
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  Rational inverse() const;  // *this != 0
  Rational abs() const { return is_negative() ? -*this : *this; }
  Rational power(int exponent) const;  // *this != 0 when exponent < 0; 0^0 is 1

  // The nearest multiple of 10^-places, halves away from zero. `places` may be negative.
  Rational rounded(int places) const;

  // floor(log10 |x|): 0 for 9.8, 2 for 980, -2 for 0.098. *this != 0.
  int magnitude() const;

  // "-3/4", "12": exact, and the same for equal numbers. Length about bit_size() / 3.
  std::string to_string() const;

  // Finite decimal form of at most `max_digits` after the point ("9.8", "-0.05"), else nullopt.
  std::optional<std::string> to_decimal(int max_digits) const;

  // The same number as credit arithmetic and messages hold it, when both parts fit 120 bits.
  std::optional<Ratio> to_ratio() const;

  // The whole number, when it is one and fits.
  std::optional<std::int64_t> to_integer() const;

 private:
  struct Big;
  struct DeleteBig {
    void operator()(Big* big) const;
  };
  using BigPointer = std::unique_ptr<Big, DeleteBig>;
  friend struct BigAccess;  // rational.cc: the GMP road of each operation

  explicit Rational(BigPointer big) : big_(std::move(big)) {}

  Int128 num_ = 0;  // when big_ is null
  Int128 den_ = 1;
  BigPointer big_;
};

}  // namespace otmetka::checkers::numeric
