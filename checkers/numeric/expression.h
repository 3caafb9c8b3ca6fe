// A key that is computed: `= 360 / v`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/numeric/quantity.h"
#include "checkers/numeric/rational.h"

namespace otmetka::checkers::numeric {

// A formula in postfix form. Immutable; evaluate() from any thread.
//
//   sum     = product {("+" | "-") product}
//   product = sign {("*" | "/") sign}                     also · × ⋅ and ÷ :
//   sign    = ["+" | "-"] sign | power
//   power   = atom ["^" sign]                             -2^2 is -4, 2^3^2 is 512; also ² and ³
//   atom    = number | name | "(" sum ")" | ("min" | "max" | "abs") "(" sum {(";" | ",") sum} ")"
//
// A number has `.` or `,` before its decimals; between the arguments of min and max a comma that stands directly between
// two digits is refused, since it could be either: write `;`. Names are letters of any script, digits and `_`.
//
// Everything is exact. Bounds: 1,024 bytes, 256 steps, brackets 32 deep; numbers of 64 digits; exponents are whole and
// at most 1,000; no intermediate result above 4,096 bits, so 9^9^9 is refused rather than computed.
class Expression {
 public:
  // `text` without the leading "=". nullopt and *expression on success.
  static std::optional<Fault> parse(std::string_view text, Expression* expression);

  // The values of names; nullptr for one that is not known.
  using Values = std::function<const Rational*(std::string_view name)>;

  struct Evaluated {
    std::optional<Rational> value;
    Message problem;  // where there is none: an unknown name, a division by zero, a result too large
  };
  Evaluated evaluate(const Values& values) const;

  // The names in it, each once, in order of appearance.
  const std::vector<std::string>& names() const { return names_; }

  // Where a name of names() first stands in the parsed text, in bytes.
  std::size_t offset_of(std::string_view name) const;

 private:
  friend class ExpressionParser;

  enum class Op { kNumber, kName, kNegate, kAdd, kSubtract, kMultiply, kDivide, kPower, kMin, kMax, kAbs };
  struct Step {
    Op op;
    Rational number;        // kNumber
    std::size_t count = 0;  // kName: index into names_; kMin, kMax: how many values
  };

  static std::optional<Message> apply(const Step& step, std::vector<Rational>* stack);

  std::vector<Step> steps_;
  std::vector<std::string> names_;
  std::vector<std::size_t> offsets_;  // of names_
};

}  // namespace otmetka::checkers::numeric
