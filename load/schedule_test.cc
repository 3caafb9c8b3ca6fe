#include "load/schedule.h"

#include <cmath>

#include <gtest/gtest.h>

namespace otmetka::load {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(Schedule, ConstantArrivalsDoNotDrift) {
  Schedule schedule(Arrivals::kConstant, 3, 1);
  nanoseconds last{0};
  for (int i = 0; i < 3 * 86'400; ++i) last = schedule.next();
  EXPECT_EQ(last, nanoseconds(std::llround((3 * 86'400 - 1) / 3.0 * 1e9)));
}

TEST(Schedule, PoissonArrivalsHaveTheRateAndTheSpreadOfOne) {
  Schedule schedule(Arrivals::kPoisson, 100, 7);
  std::vector<double> gaps;
  nanoseconds before{0};
  for (int i = 0; i < 100'000; ++i) {
    const nanoseconds at = schedule.next();
    ASSERT_GE(at, before);
    gaps.push_back(static_cast<double>((at - before).count()) / 1e9);
    before = at;
  }
  double sum = 0, squares = 0;
  for (const double gap : gaps) sum += gap;
  const double mean = sum / static_cast<double>(gaps.size());
  for (const double gap : gaps) squares += (gap - mean) * (gap - mean);
  EXPECT_NEAR(mean, 0.01, 0.00012);
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(gaps.size())), 0.01, 0.0003) << "as wide as its mean: exponential gaps";
}

TEST(Schedule, TheSameSeedGivesTheSameTimes) {
  Schedule one(Arrivals::kPoisson, 50, 3), same(Arrivals::kPoisson, 50, 3), other(Arrivals::kPoisson, 50, 4);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const nanoseconds at = one.next();
    EXPECT_EQ(at, same.next());
    differs = differs || at != other.next();
  }
  EXPECT_TRUE(differs);
}

// A system that holds what is at most its capacity.
std::optional<double> found(double capacity, double first, int most = 40) {
  Ramp ramp(first, 0.05, most);
  while (const auto rate = ramp.next()) ramp.took({.offered = *rate, .achieved = std::min(*rate, capacity), .held = *rate <= capacity});
  return ramp.highest();
}

TEST(Ramp, FindsTheHighestRateThatIsHeldFromAboveAndFromBelow) {
  for (const double capacity : {1.5, 90.0, 1'000.0, 54'321.0}) {
    for (const double first : {10.0, 500.0, 100'000.0}) {
      const auto highest = found(capacity, first);
      ASSERT_TRUE(highest) << capacity << " from " << first;
      EXPECT_LE(*highest, capacity);
      EXPECT_GE(*highest, capacity / 1.051) << "from " << first;
    }
  }
}

TEST(Ramp, SaysSoWhereNotEvenTheLowestIsHeld) { EXPECT_FALSE(found(0.2, 100)); }

TEST(Ramp, EndsAfterSoManySteps) {
  Ramp ramp(1, 0.0001, 5);
  while (const auto rate = ramp.next()) ramp.took({.offered = *rate, .held = *rate < 1'000'000});
  EXPECT_EQ(ramp.steps().size(), 5u);
}

}  // namespace
}  // namespace otmetka::load
