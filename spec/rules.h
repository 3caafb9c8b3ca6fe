// What must hold of a whole spec beyond its fields taken one by one, as far as it can be told without checkers.
#pragma once

#include <cstdint>

#include "proto/spec.pb.h"
#include "spec/location_map.h"
#include "spec/reporter.h"

namespace otmetka::spec {

// 10^12: past it the exact arithmetic of model/ratio.h is not promised.
inline constexpr std::int64_t kMostDenominator = 1'000'000'000'000;
inline constexpr std::int64_t kMostRubricDenominator = 10'000;

// The version, item ids (equal; equal to the eye; of mixed alphabets), the statuses that samples name, the points' common
// denominator, and the rubric: attempt factors, lateness, rounding.
void check_rules(const v1::AssessmentSpec& spec, const LocationMap& locations, Reporter& reporter);

}  // namespace otmetka::spec
