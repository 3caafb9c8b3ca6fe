// What one line of a spec asks for: the answer, an `accept` or a `reject` entry.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checkers/numeric/expression.h"
#include "checkers/numeric/number_parser.h"
#include "checkers/numeric/quantity.h"
#include "checkers/numeric/tolerance.h"

namespace otmetka::checkers::numeric {

// One of: a value with a unit; a range with a unit; a formula. `own` is a tolerance written into the same text.
struct Target {
  Rational value;  // in `unit`; of a formula after evaluation
  Unit unit;
  std::optional<Range> range;  // in `unit`
  std::optional<Expression> formula;
  std::optional<Tolerance> own;  // in `unit`
  bool in_percent = false;       // a bare percentage, `50%`: its value is 0.5
};

// "9.8 м/с²", "9.8 ± 0.05", "(9.8 ± 0.05) м/с²", "9.8 м/с² ± 1%" (also +- and +/-), "[9.75; 9.85) м/с²", "= 360 / v".
// nullopt and *target on success.
std::optional<Fault> parse_target(std::string_view text, Notation notation, Target* target);

// The target in another unit of the same dimension.
void convert_target(const Unit& unit, Target* target);

// An answer that meets the target under a tolerance (in the same unit), written so that it has one reading in every locale
// under `notation` ("9.81 м/с^2"); nullopt where none can be written in a short form.
std::optional<std::string> example_of(const Target& target, const Tolerance& tolerance, Notation notation);

}  // namespace otmetka::checkers::numeric
