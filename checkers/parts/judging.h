// One item's answers on their way through gates and follow-throughs.
#pragma once

#include "checkers/parts/parts.h"

namespace otmetka::checkers::parts {

// `answers[i]` is part i's answer, null where there is none. One pass in the spec's order.
std::vector<Outcome> judge_parts(std::span<const Part> parts, std::span<const Answer* const> answers,
                                 const CheckContext& context);

// The item's outcome from its parts'.
Outcome sum_up(std::span<const Part> parts, std::vector<Outcome> outcomes, const CheckContext& context);

}  // namespace otmetka::checkers::parts
