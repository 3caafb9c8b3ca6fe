#include "engine/pauses.h"

#include <gtest/gtest.h>

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;
using Partitions = std::vector<std::int32_t>;

TEST(PausesTest, APartitionIsPausedNearItsBoundAndResumedFarBelowIt) {
  Pauses pauses;
  Pauses::Clock::time_point at{};
  const auto look = [&](double pressure) { return pauses.look(std::vector<Pressure>{{3, pressure, pressure}}, at); };
  EXPECT_TRUE(look(0.79).pause.empty());
  EXPECT_EQ(look(0.8).pause, Partitions{3});
  EXPECT_TRUE(look(1.2).pause.empty()) << "it is paused";
  at += std::chrono::hours(1);
  EXPECT_TRUE(look(0.5).resume.empty()) << "between the two marks all stays as it is";
  EXPECT_EQ(look(0.3).resume, Partitions{3});
  EXPECT_TRUE(look(0.5).pause.empty());
}

TEST(PausesTest, WhatIsNotPausedIsNeverResumed) {
  Pauses pauses;
  const std::vector<Pressure> none{{1, 0, 0}, {2, 0, 0}};
  EXPECT_TRUE(pauses.look(none, Pauses::Clock::time_point{} + std::chrono::hours(1)).resume.empty());
}

TEST(PausesTest, APauseLastsASecondHoweverFastItsReasonGoes) {
  Pauses pauses;
  Pauses::Clock::time_point at{};
  EXPECT_EQ(pauses.look(std::vector<Pressure>{{1, 1, 1}}, at).pause, Partitions{1});
  at += Pauses::kLeast - milliseconds(1);
  EXPECT_TRUE(pauses.look(std::vector<Pressure>{{1, 0, 0}}, at).resume.empty());
  at += milliseconds(1);
  EXPECT_EQ(pauses.look(std::vector<Pressure>{{1, 0, 0}}, at).resume, Partitions{1});
}

TEST(PausesTest, OnlyThePartitionsUnderPressureArePaused) {
  Pauses pauses;
  EXPECT_EQ(pauses.look(std::vector<Pressure>{{1, 0, 0}, {2, 0.9, 0.9}, {3, 0.2, 0.9}}, {}).pause, Partitions{2});
  EXPECT_TRUE(pauses.paused(2));
  EXPECT_FALSE(pauses.paused(3)) << "what keeps a pause up does not begin one";
}

TEST(PausesTest, APartitionThatComesBackIsNotPaused) {
  Pauses pauses;
  pauses.look(std::vector<Pressure>{{1, 1, 1}}, {});
  pauses.forget(Partitions{1});
  EXPECT_EQ(pauses.size(), 0u);
  EXPECT_EQ(pauses.look(std::vector<Pressure>{{1, 1, 1}}, {}).pause, Partitions{1});
}

}  // namespace
}  // namespace otmetka::engine
