// From raw points of attempts to a final mark: attempt factor → late → clamp → choose the attempt → round at export.
// Used by the gradebook and by `grade`; exact throughout.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/ratio.h"
#include "model/submission.h"
#include "model/time.h"

namespace otmetka {

enum class AttemptPolicy { kBest = 1, kLast, kFirst, kMean };

struct LatePolicy {
  std::chrono::seconds grace{0};
  std::chrono::seconds period{std::chrono::hours{24}};  // > 0
  Ratio minus_per_period;                               // share of the maximum, ≥ 0
  Ratio floor_share;                                    // of what was earned, within [0, 1]
};

struct Rubric {
  std::int32_t max_attempts = 0;      // 0: no limit
  AttemptPolicy use = AttemptPolicy::kBest;
  std::vector<Ratio> factors;         // of attempt 1, 2, …; the last one holds for all that follow; empty: 1
  std::optional<LatePolicy> late;
  Ratio round_step;                   // 0: no rounding
  Rounding round_mode = Rounding::kHalfUp;
};

// One attempt as the gradebook's row holds it.
struct Attempt {
  std::int32_t attempt_no = 1;  // from 1
  Ratio raw;
  Ratio maximum;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> due_at;
  bool consumes_attempt = true;
};

// One attempt's arithmetic, step by step, for the explanation.
struct AttemptMark {
  bool counted = false;  // false: it used up no attempt, or stands past max_attempts
  Ratio factor = 1;
  Ratio after_attempts;
  std::int64_t late_periods = 0;
  Ratio late_minus;  // what each period takes: a share of the maximum
  Ratio late_floor;  // what lateness leaves in any case
  Ratio after_late;  // clamped to [0, maximum]
};

struct FinalMark {
  std::vector<AttemptMark> attempts;     // as given
  std::optional<std::size_t> counting;   // index of the attempt that counts; nullopt: none, or the mean of several
  Ratio value;                           // before rounding
  Ratio rounded;                         // as exported
  Ratio round_step;                      // the rubric's
};

// Whether all that final_mark() computes stays within 128 bits: attempts whose points are multiples of 1/`denominator` and
// at most `maximum`, any number of them up to max_attempts (without a limit, a million).
bool rubric_stays_exact(const Rubric& rubric, const Ratio& maximum, Int128 denominator);

// `ordinal`, from 1: which of the attempts that count this one is.
AttemptMark mark_attempt(const Rubric& rubric, const Attempt& attempt, std::int32_t ordinal);

// `attempts` ascending by attempt_no. For factors and the limit an attempt's ordinal is its attempt_no less the attempts
// before it that used up nothing. Ties go to the earliest. No counted attempt: zero.
FinalMark final_mark(const Rubric& rubric, std::span<const Attempt> attempts);

}  // namespace otmetka
