#include "load/server_page.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/metrics.h"

namespace otmetka::load {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::nanoseconds, 3> kBounds{1ms, 10ms, 100ms};

TEST(ServerPage, StagesAreWhatCameBetweenTwoPagesOfTheServer) {
  engine::Metrics metrics;
  const auto wait = metrics.histogram("otmetka_queue_wait_seconds", "Waiting.", kBounds);
  const auto answers = metrics.histogram("otmetka_grading_seconds", "Grading.", kBounds, {{"lane", "answers"}});
  const auto programs = metrics.histogram("otmetka_grading_seconds", "Grading.", kBounds, {{"lane", "programs"}});
  for (int i = 0; i < 100; ++i) wait.observe(1s);  // before: does not count
  const ServerPage before = read_server_page(metrics.text());
  for (int i = 0; i < 98; ++i) wait.observe(500us);
  for (int i = 0; i < 2; ++i) wait.observe(50ms);
  answers.observe(2ms);
  programs.observe(4ms);
  const auto stages = stages_between(before, read_server_page(metrics.text()));
  ASSERT_EQ(stages.size(), 2u);
  EXPECT_EQ(stages[0].name, "otmetka_queue_wait_seconds");
  EXPECT_DOUBLE_EQ(stages[0].count, 100);
  EXPECT_DOUBLE_EQ(stages[0].p50_seconds, 0.001);
  EXPECT_DOUBLE_EQ(stages[0].p99_seconds, 0.1);
  EXPECT_NEAR(stages[0].mean_seconds, (98 * 0.0005 + 2 * 0.05) / 100, 1e-9);
  EXPECT_EQ(stages[1].name, "otmetka_grading_seconds");
  EXPECT_DOUBLE_EQ(stages[1].count, 2) << "both lanes";
}

TEST(ServerPage, BeyondTheLastBoundIsInfinite) {
  engine::Metrics metrics;
  metrics.histogram("otmetka_queue_wait_seconds", "Waiting.", kBounds).observe(10s);
  const auto stages = stages_between({}, read_server_page(metrics.text()));
  ASSERT_EQ(stages.size(), 1u);
  EXPECT_TRUE(std::isinf(stages[0].p99_seconds));
}

TEST(ServerPage, WhatCannotBeReadIsPassedBy) {
  for (const char* text : {"", "x", "a_bucket{le=\"\"} 1\n", "a_bucket{le=\"x\"} 1\n", "a_bucket{le=\"1\"} x\n", "a_bucket{le=\"1\" 3",
                           "a_sum nan\n", "\n\n #\n", "_bucket{le=\"1\"} 1"}) {
    EXPECT_TRUE(stages_between({}, read_server_page(text)).empty()) << text;
  }
}

}  // namespace
}  // namespace otmetka::load
