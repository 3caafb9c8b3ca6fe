#include "engine/heartbeat.h"

#include <gtest/gtest.h>

namespace otmetka::engine {
namespace {

using namespace std::chrono_literals;

TEST(HeartbeatTest, SilenceIsTheAgeOfTheLastBeat) {
  Heartbeat heart;
  const auto before = Heartbeat::Clock::now();
  heart.beat();
  const auto after = Heartbeat::Clock::now();
  EXPECT_GE(heart.silence(before + 90s), 90s - (after - before));
  EXPECT_LE(heart.silence(after + 90s), 90s + (after - before));
}

TEST(HeartbeatTest, WhoHasNotBegunOrRestsMissesNoBeat) {
  Heartbeat heart;
  const auto much_later = Heartbeat::Clock::now() + 24h;
  EXPECT_EQ(heart.silence(much_later), 0s);
  heart.beat();
  EXPECT_GT(heart.silence(much_later), 23h);
  heart.rest();
  EXPECT_EQ(heart.silence(much_later), 0s);
}

}  // namespace
}  // namespace otmetka::engine
