// A spec's rubric as the arithmetic wants it.
#pragma once

#include "model/rubric.h"
#include "proto/spec.pb.h"

namespace otmetka::gradebook {

// What the spec leaves out gets its default: no limit of attempts, the best one, factor 1, no lateness, no rounding; a
// `late` without `per` counts days. The only place that turns otmetka.v1.Rubric into model/rubric.h. Numbers that the spec
// loader would have refused (a denominator of zero, a period of nothing) are read as absent.
Rubric rubric_of(const v1::AssessmentSpec& spec);

}  // namespace otmetka::gradebook
