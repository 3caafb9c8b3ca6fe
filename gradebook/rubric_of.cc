#include "gradebook/rubric_of.h"

#include <algorithm>

namespace otmetka::gradebook {
namespace {

Ratio ratio_of(const v1::Ratio& ratio) { return otmetka::ratio_of(ratio.num(), ratio.den()).value_or(Ratio()); }

AttemptPolicy policy_of(v1::Attempts::Use use) {
  switch (use) {
    case v1::Attempts::USE_LAST: return AttemptPolicy::kLast;
    case v1::Attempts::USE_FIRST: return AttemptPolicy::kFirst;
    case v1::Attempts::USE_MEAN: return AttemptPolicy::kMean;
    default: return AttemptPolicy::kBest;
  }
}

Rounding rounding_of(v1::Round::Mode mode) {
  switch (mode) {
    case v1::Round::MODE_HALF_EVEN: return Rounding::kHalfEven;
    case v1::Round::MODE_DOWN: return Rounding::kDown;
    case v1::Round::MODE_UP: return Rounding::kUp;
    default: return Rounding::kHalfUp;
  }
}

LatePolicy late_of(const v1::Late& late) {
  LatePolicy out;
  out.grace = std::chrono::seconds(std::max<std::int64_t>(late.grace(), 0));
  if (late.per() > 0) out.period = std::chrono::seconds(late.per());
  out.minus_per_period = ratio_of(late.minus());
  out.floor_share = ratio_of(late.floor());
  return out;
}

}  // namespace

Rubric rubric_of(const v1::AssessmentSpec& spec) {
  const v1::Rubric& rubric = spec.rubric();
  Rubric out;
  out.max_attempts = std::max(rubric.attempts().max(), 0);
  out.use = policy_of(rubric.attempts().use());
  for (const v1::Ratio& factor : rubric.attempts().factor()) out.factors.push_back(ratio_of(factor));
  if (rubric.has_late()) out.late = late_of(rubric.late());
  out.round_step = ratio_of(rubric.round().to());
  out.round_mode = rounding_of(rubric.round().mode());
  return out;
}

}  // namespace otmetka::gradebook
