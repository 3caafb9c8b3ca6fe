#include "model/rubric.h"

#include <gtest/gtest.h>

namespace otmetka {
namespace {

using namespace std::chrono_literals;

Timestamp at(const char* text) { return *parse_rfc3339(text); }

Attempt attempt(std::int32_t number, Ratio raw, Ratio maximum = 10) {
  Attempt out;
  out.attempt_no = number;
  out.raw = raw;
  out.maximum = maximum;
  return out;
}

Attempt unused(std::int32_t number) {
  Attempt out = attempt(number, 0);
  out.consumes_attempt = false;
  return out;
}

// Due at noon, handed in so much later.
Attempt late_by(std::chrono::microseconds delay, Ratio raw = 10, Ratio maximum = 10) {
  Attempt out = attempt(1, raw, maximum);
  out.due_at = at("2026-11-23T12:00:00Z");
  out.submitted_at = *out.due_at + delay;
  return out;
}

Rubric late_rubric(Ratio minus, Ratio floor = 0, std::chrono::seconds grace = 0s) {
  Rubric out;
  out.late = LatePolicy{grace, 24h, minus, floor};
  return out;
}

// The rubric of the documentation: five attempts, the best, worth less from the third on.
Rubric documented() {
  Rubric out;
  out.max_attempts = 5;
  out.factors = {1, 1, Ratio(9, 10), Ratio(4, 5), Ratio(4, 5)};
  out.late = LatePolicy{10min, 24h, Ratio(1, 10), Ratio(1, 2)};
  out.round_step = Ratio(1, 100);
  return out;
}

TEST(AttemptFactor, EachAttemptHasItsOwnAndTheLastHoldsForAllThatFollow) {
  Rubric rubric;
  rubric.factors = {1, Ratio(1, 2), Ratio(1, 3)};
  const std::pair<std::int32_t, Ratio> rows[] = {{1, 1}, {2, Ratio(1, 2)}, {3, Ratio(1, 3)}, {4, Ratio(1, 3)}, {1000, Ratio(1, 3)}};
  for (const auto& [ordinal, factor] : rows) {
    const AttemptMark mark = mark_attempt(rubric, attempt(ordinal, 6), ordinal);
    EXPECT_EQ(mark.factor, factor) << ordinal;
    EXPECT_EQ(mark.after_late, factor * Ratio(6)) << ordinal;
  }
}

TEST(AttemptFactor, WithoutFactorsEveryAttemptIsWorthTheSame) {
  EXPECT_EQ(mark_attempt({}, attempt(7, 6), 7).after_late, Ratio(6));
}

TEST(AttemptLimit, AttemptsPastItAreShownAndNeverCounted) {
  Rubric rubric;
  rubric.max_attempts = 2;
  const Attempt tries[] = {attempt(1, 3), attempt(2, 4), attempt(3, 10)};
  const FinalMark mark = final_mark(rubric, tries);
  EXPECT_EQ(mark.value, Ratio(4));
  EXPECT_EQ(mark.counting, 1U);
  ASSERT_EQ(mark.attempts.size(), 3U);
  EXPECT_FALSE(mark.attempts[2].counted);
  EXPECT_EQ(mark.attempts[2].after_late, Ratio(10));
}

TEST(AttemptLimit, AnAttemptThatUsedUpNothingTakesNoPlaceAndNoFactor) {
  Rubric rubric;
  rubric.max_attempts = 2;
  rubric.factors = {1, Ratio(1, 2)};
  const Attempt tries[] = {unused(1), attempt(2, 4), unused(3), attempt(4, 10), attempt(5, 10)};
  const FinalMark mark = final_mark(rubric, tries);
  EXPECT_FALSE(mark.attempts[0].counted);
  EXPECT_EQ(mark.attempts[1].factor, Ratio(1));
  EXPECT_EQ(mark.attempts[3].factor, Ratio(1, 2));
  EXPECT_TRUE(mark.attempts[3].counted);
  EXPECT_FALSE(mark.attempts[4].counted);
  EXPECT_EQ(mark.value, Ratio(5));
  EXPECT_EQ(mark.counting, 3U);
}

TEST(AttemptLimit, AMissingNumberStillCountsAsAnAttempt) {
  Rubric rubric;
  rubric.factors = {1, Ratio(1, 2), Ratio(1, 4)};
  const Attempt tries[] = {attempt(1, 1), attempt(3, 8)};  // the second is still on its way
  EXPECT_EQ(final_mark(rubric, tries).attempts[1].factor, Ratio(1, 4));
}

TEST(Choice, OfTheAttempt) {
  const Attempt tries[] = {attempt(1, 4), attempt(2, 9), attempt(3, 9), attempt(4, 2)};
  const struct {
    AttemptPolicy use;
    Ratio value;
    std::optional<std::size_t> counting;
  } rows[] = {{AttemptPolicy::kBest, 9, 1U},  // a tie goes to the earliest
              {AttemptPolicy::kLast, 2, 3U},
              {AttemptPolicy::kFirst, 4, 0U},
              {AttemptPolicy::kMean, 6, std::nullopt}};
  for (const auto& row : rows) {
    Rubric rubric;
    rubric.use = row.use;
    const FinalMark mark = final_mark(rubric, tries);
    EXPECT_EQ(mark.value, row.value);
    EXPECT_EQ(mark.counting, row.counting);
  }
}

TEST(Choice, IsMadeAfterFactorsAndLateness) {
  Rubric rubric;
  rubric.factors = {1, Ratio(1, 2)};
  const Attempt tries[] = {attempt(1, 6), attempt(2, 10)};
  EXPECT_EQ(final_mark(rubric, tries).counting, 0U);
}

TEST(Choice, NothingThatCountsIsZeroWithoutAWinner) {
  for (const auto use : {AttemptPolicy::kBest, AttemptPolicy::kLast, AttemptPolicy::kFirst, AttemptPolicy::kMean}) {
    Rubric rubric;
    rubric.use = use;
    EXPECT_EQ(final_mark(rubric, {}).value, Ratio(0));
    const Attempt tries[] = {unused(1), unused(2)};
    const FinalMark mark = final_mark(rubric, tries);
    EXPECT_EQ(mark.value, Ratio(0));
    EXPECT_EQ(mark.counting, std::nullopt);
  }
}

TEST(Choice, AZeroThatCountsIsAWinner) {
  const Attempt tries[] = {unused(1), attempt(2, 0)};
  EXPECT_EQ(final_mark({}, tries).counting, 1U);
}

TEST(Choice, TheMeanLeavesOutWhatDoesNotCountAndStaysExact) {
  Rubric rubric;
  rubric.use = AttemptPolicy::kMean;
  rubric.max_attempts = 3;
  const Attempt tries[] = {unused(1), attempt(2, 1), attempt(3, 1), attempt(4, Ratio(1, 3)), attempt(5, 10)};
  EXPECT_EQ(final_mark(rubric, tries).value, Ratio(7, 9));
}

TEST(Choice, TheMeanOfOneAttemptIsThatAttempt) {
  Rubric rubric;
  rubric.use = AttemptPolicy::kMean;
  const Attempt tries[] = {unused(1), attempt(2, 7)};
  const FinalMark mark = final_mark(rubric, tries);
  EXPECT_EQ(mark.value, Ratio(7));
  EXPECT_EQ(mark.counting, 1U);
}

TEST(Lateness, CountsEachStartedPeriodAfterDueAndGrace) {
  const std::pair<std::chrono::microseconds, std::int64_t> rows[] = {
      {-24h, 0}, {0s, 0}, {10min, 0}, {10min + 1us, 1}, {10min + 24h, 1}, {10min + 24h + 1us, 2}, {10min + 72h, 3}};
  for (const auto& [delay, periods] : rows) {
    const AttemptMark mark = mark_attempt(late_rubric(Ratio(1, 10), 0, 10min), late_by(delay), 1);
    EXPECT_EQ(mark.late_periods, periods) << delay.count();
    EXPECT_EQ(mark.after_late, Ratio(10 - periods)) << delay.count();
  }
}

TEST(Lateness, TakesAShareOfTheMaximumNotOfWhatWasEarned) {
  EXPECT_EQ(mark_attempt(late_rubric(Ratio(1, 10)), late_by(1h, 5), 1).after_late, Ratio(4));
}

TEST(Lateness, StopsAtTheFloorsShareOfWhatWasEarned) {
  const std::pair<std::chrono::microseconds, Ratio> rows[] = {
      {1h, 5}, {25h, 4}, {49h, 3}, {73h, 3}, {24h * 365, 3}};  // 6 earned of 10, 10 % a day, floor half of 6
  for (const auto& [delay, left] : rows) {
    EXPECT_EQ(mark_attempt(late_rubric(Ratio(1, 10), Ratio(1, 2)), late_by(delay, 6), 1).after_late, left) << delay.count();
  }
}

TEST(Lateness, WithoutAFloorNeverGoesBelowZero) {
  EXPECT_EQ(mark_attempt(late_rubric(Ratio(1, 10)), late_by(24h * 30, 3), 1).after_late, Ratio(0));
}

TEST(Lateness, CenturiesLateNeitherOverflowNorGoNegative) {
  Rubric rubric = late_rubric(Ratio(1, 10'000), Ratio(1, 9'999));
  rubric.late->period = 1s;
  Attempt work = late_by(0s);
  work.due_at = at("1970-01-01T00:00:00Z");
  work.submitted_at = at("9999-12-31T23:59:59Z");
  EXPECT_EQ(mark_attempt(rubric, work, 1).after_late, Ratio(10, 9'999));
}

TEST(Lateness, WithoutADueTimeOrASubmissionTimeNobodyIsLate) {
  Attempt without_due = late_by(48h);
  without_due.due_at.reset();
  Attempt without_time = late_by(48h);
  without_time.submitted_at.reset();
  EXPECT_EQ(mark_attempt(late_rubric(Ratio(1, 10)), without_due, 1).after_late, Ratio(10));
  EXPECT_EQ(mark_attempt(late_rubric(Ratio(1, 10)), without_time, 1).after_late, Ratio(10));
}

TEST(Lateness, FollowsTheAttemptFactor) {
  Rubric rubric = late_rubric(Ratio(1, 10), Ratio(1, 2));
  rubric.factors = {Ratio(1, 2)};
  // 10 × ½ = 5, less 3 for three days is 2, but half of the 5 stays.
  EXPECT_EQ(mark_attempt(rubric, late_by(60h), 1).after_late, Ratio(5, 2));
}

TEST(Clamp, AMarkStaysBetweenZeroAndTheMaximum) {
  Rubric generous;
  generous.factors = {Ratio(3, 2)};
  EXPECT_EQ(mark_attempt(generous, attempt(1, 10), 1).after_late, Ratio(10));
  EXPECT_EQ(mark_attempt({}, attempt(1, 12), 1).after_late, Ratio(10));
  EXPECT_EQ(mark_attempt({}, attempt(1, Ratio(-1, 3)), 1).after_late, Ratio(0));
  EXPECT_EQ(mark_attempt({}, attempt(1, 1, 0), 1).after_late, Ratio(0));
}

TEST(Clamp, ComesAfterTheFactorSoANegativeScoreIsNotMilder) {
  Rubric rubric;
  rubric.factors = {1, Ratio(1, 10)};
  const AttemptMark mark = mark_attempt(rubric, attempt(2, -4), 2);
  EXPECT_EQ(mark.after_attempts, Ratio(-4));
  EXPECT_EQ(mark.after_late, Ratio(0));
}

TEST(Rounding, IsLastAndLeavesTheExactValue) {
  const struct {
    Rounding mode;
    Ratio raw;
    Ratio rounded;
  } rows[] = {{Rounding::kHalfUp, Ratio(1, 8), Ratio(13, 100)},   {Rounding::kHalfEven, Ratio(1, 8), Ratio(12, 100)},
              {Rounding::kHalfEven, Ratio(27, 200), Ratio(14, 100)}, {Rounding::kDown, Ratio(2, 3), Ratio(66, 100)},
              {Rounding::kUp, Ratio(1, 3), Ratio(34, 100)},       {Rounding::kHalfUp, Ratio(1, 3), Ratio(33, 100)}};
  for (const auto& row : rows) {
    Rubric rubric;
    rubric.round_step = Ratio(1, 100);
    rubric.round_mode = row.mode;
    const Attempt tries[] = {attempt(1, row.raw)};
    const FinalMark mark = final_mark(rubric, tries);
    EXPECT_EQ(mark.value, row.raw);
    EXPECT_EQ(mark.rounded, row.rounded) << row.raw.to_string();
  }
}

TEST(Rounding, WithoutAStepThereIsNone) {
  EXPECT_EQ(final_mark({}, std::vector{attempt(1, Ratio(1, 3))}).rounded, Ratio(1, 3));
}

TEST(Rounding, AttemptsAreComparedBeforeIt) {
  Rubric rubric;
  rubric.round_step = 1;
  const Attempt tries[] = {attempt(1, Ratio(31, 10)), attempt(2, Ratio(32, 10))};  // both are exported as 3
  EXPECT_EQ(final_mark(rubric, tries).counting, 1U);
}

TEST(FinalMarkTest, TheDocumentedRubricStepByStep) {
  Attempt third = late_by(26h, Ratio(20, 3));
  third.attempt_no = 4;
  const Attempt tries[] = {attempt(1, 3), unused(2), attempt(3, 4), third};
  const FinalMark mark = final_mark(documented(), tries);
  EXPECT_EQ(mark.attempts[3].factor, Ratio(9, 10));
  EXPECT_EQ(mark.attempts[3].after_attempts, Ratio(6));
  EXPECT_EQ(mark.attempts[3].late_periods, 2);
  EXPECT_EQ(mark.attempts[3].after_late, Ratio(4));
  EXPECT_EQ(mark.counting, 2U);  // 4 and 4: the earlier one
  EXPECT_EQ(mark.rounded, Ratio(4));
}

TEST(RubricExactness, ARubricWhoseMeanCouldLeave128BitsIsToldBefore) {
  Rubric rubric;
  rubric.use = AttemptPolicy::kMean;
  EXPECT_TRUE(rubric_stays_exact(rubric, 1'000'000, 1'000'000'000'000)) << "the finest spec, a million attempts";
  for (const std::int64_t den : {9973, 9967, 9949, 9941, 9931, 9929, 9923}) rubric.factors.push_back(Ratio(den - 1, den));
  EXPECT_FALSE(rubric_stays_exact(rubric, Ratio(1, 1) + Ratio(1'000'003, 999'983), 999'983));
  rubric.factors.resize(2);
  EXPECT_TRUE(rubric_stays_exact(rubric, Ratio(1, 1) + Ratio(1'000'003, 999'983), 999'983));
}

}  // namespace
}  // namespace otmetka
