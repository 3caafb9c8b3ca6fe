// Decimal numbers as programs print them: [+-] digits with at most one point, and an exponent. No hex, no inf, no nan, no
// locale: the grammar of the problem package format, version 2025-09, "general requirements".
#pragma once

#include <optional>
#include <string_view>

#include "model/ratio.h"

namespace otmetka::checkers::program {

// The nearest double: "1e-4000" is 0. nullopt for what is no decimal and for what a double cannot hold. Linear.
std::optional<double> finite_decimal(std::string_view text);

// A share in [0, 1] to the nearest millionth, halves up, so that credits that judges print keep a small denominator:
// "0.3333333333" is 333333/1000000 and "0.9999999999999999", the sum of ten tenths, is 1. nullopt for all else. Linear.
std::optional<Ratio> decimal_share(std::string_view text);

}  // namespace otmetka::checkers::program
