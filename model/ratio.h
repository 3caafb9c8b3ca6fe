// Exact credit and points: a rational number that never rounds.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otmetka {

__extension__ typedef __int128 Int128;

// A reduced fraction with a positive denominator, 128 bits inside. A value type; threads may share const objects.
//
// Bounds: the spec loader keeps every reachable credit's common denominator at or below 10^12 and those of the rubric's
// factors and lateness at or below 10^4 each, and refuses a spec whose rubric could still leave 128 bits
// (rubric_stays_exact in model/rubric.h). Leaving them all the same is a broken contract: the program ends at once, in every
// build, since a score that has wrapped around would be believed.
class Ratio {
 public:
  constexpr Ratio() = default;
  constexpr Ratio(std::int64_t whole) : num_(whole) {}  // NOLINT(google-explicit-constructor): 1 is a ratio
  Ratio(Int128 num, Int128 den);                        // den != 0

  Int128 num() const { return num_; }
  Int128 den() const { return den_; }
  bool is_zero() const { return num_ == 0; }
  bool is_negative() const { return num_ < 0; }

  // Whether numerator and denominator fit the 64 bits of the wire form.
  bool fits_wire() const;

  friend Ratio operator+(const Ratio& a, const Ratio& b);
  friend Ratio operator-(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Ratio& b);
  friend Ratio operator/(const Ratio& a, const Ratio& b);  // b != 0
  friend bool operator==(const Ratio& a, const Ratio& b) = default;
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

  Ratio& operator+=(const Ratio& b) { return *this = *this + b; }

  // "3/4", "1", "-1/2".
  std::string to_string() const;

  // The nearest multiple of 10^-6, halves away from zero; for readers without rationals.
  std::int64_t to_micro() const;

  // For charts and sorting only; never for a score.
  double to_double() const;

 private:
  Int128 num_ = 0;
  Int128 den_ = 1;
};

enum class Rounding { kHalfUp, kHalfEven, kDown, kUp };

// The multiple of `step` nearest to `value` by `mode`; halves go away from zero under kHalfUp. step > 0.
Ratio round_to(const Ratio& value, const Ratio& step, Rounding mode);

// Decimal digits of a ratio that has a finite decimal form of at most `max_digits` after the point, else nullopt.
// "0.5", "2", "-1.25"; trailing zeros are not written.
std::optional<std::string> to_decimal(const Ratio& value, int max_digits = 9);

// A share as teachers write it: `50%`, `0.5`, `0,5`, `2/3`, `1`, `-25%`. At most 18 digits a number; nullopt for anything else.
std::optional<Ratio> parse_ratio(std::string_view text);

// The ratio of a wire message, where an absent one is 0/0 and means zero; nullopt where the denominator is below 1.
std::optional<Ratio> ratio_of(std::int64_t num, std::int64_t den);

// The greatest common divisor of the magnitudes; of 0 and b it is b.
Int128 gcd(Int128 a, Int128 b);

// The least common multiple of two positive numbers, or `most` where that is smaller.
Int128 common_multiple(Int128 a, Int128 b, Int128 most);

std::string int128_to_string(Int128 value);

}  // namespace otmetka
