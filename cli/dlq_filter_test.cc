#include "cli/dlq_filter.h"

#include <gtest/gtest.h>

namespace otmetka::cli {
namespace {

queue::DeadLetter letter() {
  queue::DeadLetter out;
  out.reason.id = "OT380";
  out.assignment_id = "maths";
  out.learner_id = "p-1";
  out.parked_at = *parse_rfc3339("2026-09-01T12:00:00Z");
  return out;
}

TEST(DlqFilter, AllOfItsConditionsMustHold) {
  const std::pair<std::vector<std::string>, bool> rows[] = {
      {{}, true},
      {{"OT380"}, true},
      {{"maths"}, true},
      {{"p-1"}, true},
      {{"p-2"}, false},
      {{"code=OT380"}, true},
      {{"code=maths"}, false},
      {{"assignment=maths", "learner=p-1"}, true},
      {{"assignment=maths", "learner=p-2"}, false},
      {{"since=2026-09-01T12:00:00Z"}, true},
      {{"since=2026-09-01T15:00:01+03:00"}, false},
      {{"since=2026-08-01T00:00:00Z", "since=2026-10-01T00:00:00Z"}, false},
  };
  for (const auto& [conditions, holds] : rows) {
    const auto filter = LetterFilter::parse(Context{}, conditions);
    ASSERT_TRUE(filter.ok());
    EXPECT_EQ(filter->matches(letter()), holds) << (conditions.empty() ? "" : conditions.front());
  }
}

TEST(DlqFilter, WhatItDoesNotUnderstandIsAnError) {
  for (const char* condition : {"", "since=", "since=yesterday", "code=", "learner=", "lerner=p-1"}) {
    const auto filter = LetterFilter::parse(Context{}, {condition});
    ASSERT_FALSE(filter.ok()) << condition;
    EXPECT_EQ(filter.failure().code(), "OT462");
  }
}

TEST(DlqFilter, ARateIsSoManyASecond) {
  EXPECT_EQ(*parse_rate(Context{}, ""), std::nullopt);
  EXPECT_EQ(*parse_rate(Context{}, "10/s"), 10.0);
  EXPECT_EQ(*parse_rate(Context{}, "1"), 1.0);
  for (const char* text : {"0", "-1", "10/m", "fast", "100001", "1.5"}) EXPECT_FALSE(parse_rate(Context{}, text).ok()) << text;
}

}  // namespace
}  // namespace otmetka::cli
