// A million random rubrics against the same rules in integers.
#include "model/rubric.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <random>

namespace otmetka {
namespace {

using namespace std::chrono_literals;

// The oracle: the same rules in integers over one common denominator, written without Ratio. Every weight, credit and
// share below is an integer over its own denominator.
struct Draw {
  std::int64_t weights[3], credits[3], credit_den;  // raw = Σ weight × credit / credit_den / Σ weight × points
  std::int64_t points;
  std::int64_t delay;  // whole periods late
};
struct Factor {
  std::int64_t num, den;  // the denominators of several need have nothing to do with each other
};
struct Scales {
  std::int64_t minus_num, minus_den, floor_num, floor_den, credit_den, weight_sum;
  Int128 factor_dens = 1;
  Int128 unit() const { return factor_dens * minus_den * floor_den * credit_den * weight_sum; }
};

Int128 oracle(const Draw& d, const Scales& s, Factor factor) {
  Int128 sum = 0;
  for (int i = 0; i < 3; ++i) sum += Int128{d.weights[i]} * d.credits[i];
  const Int128 raw = sum * d.points * s.factor_dens * s.minus_den * s.floor_den;
  const Int128 earned = raw < 0 ? raw : raw / factor.den * factor.num;
  const Int128 maximum = s.unit() * d.points;
  Int128 left = earned;
  if (d.delay > 0 && earned > 0) {
    const std::int64_t share = std::min(s.minus_num * d.delay, s.minus_den);
    left = std::max(earned - maximum / s.minus_den * share, earned / s.floor_den * s.floor_num);
  }
  return std::min(std::max(left, Int128{0}), maximum);
}

Ratio weighted(const Draw& d, std::int64_t weight_sum) {
  Ratio credit;
  for (int i = 0; i < 3; ++i) credit += Ratio(d.weights[i], weight_sum) * Ratio(d.credits[i], d.credit_den);
  return credit * Ratio(d.points);
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::int64_t operator()(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::mt19937_64 engine_;
};

struct Case {
  Rubric rubric;
  Scales scales;
  std::vector<Factor> factors;
  std::vector<Draw> draws;
};

Case draw_case(Dice& dice) {
  Case out;
  Scales& s = out.scales;
  s.minus_den = dice(1, 100);
  s.minus_num = dice(0, s.minus_den);
  s.floor_den = dice(1, 100);
  s.floor_num = dice(0, s.floor_den);
  s.credit_den = dice(1, 60);
  for (std::int64_t i = dice(1, 3); i > 0; --i) {
    const std::int64_t den = dice(1, dice(0, 1) == 0 ? 10 : 10'000);
    out.factors.push_back({dice(0, den), den});
    s.factor_dens *= den;
    out.rubric.factors.push_back(Ratio(out.factors.back().num, den));
  }
  std::int64_t weights[3] = {dice(1, 20), dice(1, 20), dice(1, 20)};
  s.weight_sum = weights[0] + weights[1] + weights[2];
  const std::int64_t points = dice(1, 20);
  for (std::int64_t i = dice(1, 3); i > 0; --i) {
    Draw d{{weights[0], weights[1], weights[2]}, {}, s.credit_den, points, dice(0, 1) * dice(0, 12)};
    for (std::int64_t& credit : d.credits) credit = dice(dice(0, 9) == 0 ? -s.credit_den : 0, s.credit_den);
    out.draws.push_back(d);
  }
  out.rubric.use = static_cast<AttemptPolicy>(dice(1, 4));
  out.rubric.late = LatePolicy{std::chrono::seconds{dice(0, 600)}, std::chrono::seconds{dice(1, 90'000)},
                               Ratio(s.minus_num, s.minus_den), Ratio(s.floor_num, s.floor_den)};
  return out;
}

std::vector<Attempt> attempts_of(const Case& c, Dice& dice) {
  std::vector<Attempt> out;
  const Timestamp due = Timestamp{1'800'000'000s};
  for (std::size_t i = 0; i < c.draws.size(); ++i) {
    const Draw& d = c.draws[i];
    Attempt work;
    work.attempt_no = static_cast<std::int32_t>(i + 1);
    work.raw = weighted(d, c.scales.weight_sum);
    work.maximum = d.points;
    work.due_at = due;
    // Anywhere inside the period: (delay − 1, delay] of it.
    const std::chrono::microseconds period = c.rubric.late->period;
    work.submitted_at = due + c.rubric.late->grace + period * d.delay - std::chrono::microseconds{dice(0, period.count() - 1)};
    out.push_back(work);
  }
  return out;
}

// value = expected / unit, of which value's denominator is a part.
bool same(const Ratio& value, Int128 expected, Int128 unit) {
  return unit % value.den() == 0 && value.num() * (unit / value.den()) == expected;
}

Int128 chosen(AttemptPolicy use, const std::vector<Int128>& marks) {
  if (use == AttemptPolicy::kFirst) return marks.front();
  if (use == AttemptPolicy::kLast) return marks.back();
  if (use == AttemptPolicy::kBest) return *std::max_element(marks.begin(), marks.end());
  return std::accumulate(marks.begin(), marks.end(), Int128{0});
}

TEST(RubricProperty, AMillionRandomRubricsAddUpExactly) {
  const std::uint64_t seed = std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  Dice dice(seed);
  for (int round = 0; round < 1'000'000; ++round) {
    const Case c = draw_case(dice);
    const std::vector<Attempt> tries = attempts_of(c, dice);
    ASSERT_TRUE(rubric_stays_exact(c.rubric, c.draws[0].points, Int128{c.scales.credit_den} * c.scales.weight_sum)) << round;
    const FinalMark mark = final_mark(c.rubric, tries);
    std::vector<Int128> expected;
    for (std::size_t i = 0; i < tries.size(); ++i) {
      expected.push_back(oracle(c.draws[i], c.scales, c.factors[std::min(i, c.factors.size() - 1)]));
      ASSERT_EQ(mark.attempts[i].late_periods, c.draws[i].delay) << round;
      ASSERT_TRUE(same(mark.attempts[i].after_late, expected[i], c.scales.unit())) << round << " attempt " << i + 1;
    }
    const bool mean = c.rubric.use == AttemptPolicy::kMean;
    const Int128 unit = c.scales.unit() * (mean ? static_cast<Int128>(tries.size()) : 1);
    ASSERT_TRUE(same(mark.value, chosen(c.rubric.use, expected), unit)) << round;
  }
}

}  // namespace
}  // namespace otmetka
