#include "model/rubric.h"

#include <algorithm>
#include <cassert>

namespace otmetka {
namespace {

Ratio factor_of(const Rubric& rubric, std::int32_t ordinal) {
  if (rubric.factors.empty()) return 1;
  const auto index = std::min(static_cast<std::size_t>(ordinal), rubric.factors.size()) - 1;
  return rubric.factors[index];
}

// Each started period after due + grace counts whole.
std::int64_t periods_late(const LatePolicy& late, const Attempt& attempt) {
  if (!attempt.submitted_at || !attempt.due_at) return 0;
  const auto over = *attempt.submitted_at - (*attempt.due_at + late.grace);
  if (over.count() <= 0) return 0;
  const auto period = std::chrono::duration_cast<std::chrono::microseconds>(late.period);
  return (over + period - std::chrono::microseconds{1}) / period;
}

Ratio after_lateness(const LatePolicy& late, std::int64_t periods, const Ratio& earned, const Ratio& maximum) {
  if (periods == 0 || earned <= Ratio(0)) return earned;
  // Past the point where nothing but the floor is left the product no longer matters: keep it small.
  const Ratio share = std::min(late.minus_per_period * Ratio(std::min<std::int64_t>(periods, 100'000)), Ratio(1));
  return std::max(earned - share * maximum, late.floor_share * earned);
}

std::optional<std::size_t> choose(const Rubric& rubric, const std::vector<AttemptMark>& marks) {
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (!marks[i].counted) continue;
    const bool better = !chosen || (rubric.use == AttemptPolicy::kLast) ||
                        (rubric.use == AttemptPolicy::kBest && marks[i].after_late > marks[*chosen].after_late);
    if (better) chosen = i;
  }
  return chosen;
}

void set_mean(FinalMark& out) {
  Ratio sum;
  std::int64_t n = 0;
  for (std::size_t i = 0; i < out.attempts.size(); ++i) {
    if (!out.attempts[i].counted) continue;
    sum += out.attempts[i].after_late;
    out.counting = ++n == 1 ? std::optional(i) : std::nullopt;
  }
  if (n > 0) out.value = sum / Ratio(n);
}

// Multiplies up to a bound; from there on it stays beyond it.
class Size {
 public:
  Size& times(Int128 by) {
    fits_ = fits_ && !__builtin_mul_overflow(size_, by, &size_) && size_ <= kMost;
    return *this;
  }
  bool fits() const { return fits_; }

 private:
  static constexpr Int128 kMost = Int128{1} << 125;  // room for a sum of two
  Int128 size_ = 1;
  bool fits_ = true;
};

}  // namespace

bool rubric_stays_exact(const Rubric& rubric, const Ratio& maximum, Int128 denominator) {
  constexpr Int128 kMost = Int128{1} << 120;
  Int128 factors = 1;
  for (const Ratio& factor : rubric.factors) factors = common_multiple(factors, factor.den(), kMost);
  Int128 late = 1;
  if (rubric.late) late = common_multiple(rubric.late->minus_per_period.den(), rubric.late->floor_share.den(), kMost);
  const std::int64_t unlimited = 1'000'000;
  const bool mean = rubric.use == AttemptPolicy::kMean;
  const std::int64_t attempts = !mean ? 1 : rubric.max_attempts > 0 ? rubric.max_attempts : unlimited;
  // Every step is a multiple of one over the product of these, and no larger than the maximum of so many attempts.
  Size numerator;
  numerator.times(maximum.num() / maximum.den() + 1).times(denominator).times(factors).times(late).times(attempts);
  // Then it is rounded, or told in millionths.
  const Int128 step = std::max(rubric.round_step.num(), rubric.round_step.den());
  return numerator.times(std::max<Int128>(step, 2'000'000)).fits();
}

AttemptMark mark_attempt(const Rubric& rubric, const Attempt& attempt, std::int32_t ordinal) {
  assert(ordinal >= 1);
  AttemptMark mark;
  mark.counted = attempt.consumes_attempt && (rubric.max_attempts == 0 || ordinal <= rubric.max_attempts);
  mark.factor = factor_of(rubric, ordinal);
  // A negative score is not made milder by a later attempt's factor.
  mark.after_attempts = attempt.raw.is_negative() ? attempt.raw : attempt.raw * mark.factor;
  if (rubric.late) {
    mark.late_periods = periods_late(*rubric.late, attempt);
    mark.late_minus = rubric.late->minus_per_period;
    mark.late_floor = std::max(rubric.late->floor_share * mark.after_attempts, Ratio(0));
    mark.after_late = after_lateness(*rubric.late, mark.late_periods, mark.after_attempts, attempt.maximum);
  } else {
    mark.after_late = mark.after_attempts;
  }
  mark.after_late = std::clamp(mark.after_late, Ratio(0), std::max(attempt.maximum, Ratio(0)));
  return mark;
}

FinalMark final_mark(const Rubric& rubric, std::span<const Attempt> attempts) {
  FinalMark out;
  out.attempts.reserve(attempts.size());
  std::int32_t unused = 0;
  for (const Attempt& attempt : attempts) {
    out.attempts.push_back(mark_attempt(rubric, attempt, std::max(attempt.attempt_no - unused, 1)));
    if (!attempt.consumes_attempt) ++unused;
  }
  if (rubric.use == AttemptPolicy::kMean) {
    set_mean(out);
  } else {
    out.counting = choose(rubric, out.attempts);
    if (out.counting) out.value = out.attempts[*out.counting].after_late;
  }
  out.round_step = rubric.round_step;
  out.rounded = rubric.round_step > Ratio(0) ? round_to(out.value, rubric.round_step, rubric.round_mode) : out.value;
  return out;
}

}  // namespace otmetka
