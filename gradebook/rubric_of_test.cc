#include "gradebook/rubric_of.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace otmetka::gradebook {
namespace {

Rubric rubric_from(const std::string& text) {
  v1::AssessmentSpec spec;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &spec));
  return rubric_of(spec);
}

TEST(RubricOfTest, ASpecWithoutARubricTakesTheBestOfAnyNumberOfAttempts) {
  const Rubric rubric = rubric_from("");
  EXPECT_EQ(rubric.max_attempts, 0);
  EXPECT_EQ(rubric.use, AttemptPolicy::kBest);
  EXPECT_TRUE(rubric.factors.empty());
  EXPECT_FALSE(rubric.late.has_value());
  EXPECT_TRUE(rubric.round_step.is_zero());
}

TEST(RubricOfTest, EveryFieldFindsItsPlace) {
  const Rubric rubric = rubric_from(R"(rubric {
    attempts { max: 5 use: USE_LAST factor { num: 1 den: 1 } factor { num: 9 den: 10 } factor { } }
    late { grace: 600 per: 3600 minus { num: 1 den: 10 } floor { num: 1 den: 2 } }
    round { to { num: 1 den: 100 } mode: MODE_DOWN } })");
  EXPECT_EQ(rubric.max_attempts, 5);
  EXPECT_EQ(rubric.use, AttemptPolicy::kLast);
  EXPECT_EQ(rubric.factors, (std::vector<Ratio>{1, Ratio(9, 10), 0}));
  ASSERT_TRUE(rubric.late.has_value());
  EXPECT_EQ(rubric.late->grace, std::chrono::minutes(10));
  EXPECT_EQ(rubric.late->period, std::chrono::hours(1));
  EXPECT_EQ(rubric.late->minus_per_period, Ratio(1, 10));
  EXPECT_EQ(rubric.late->floor_share, Ratio(1, 2));
  EXPECT_EQ(rubric.round_step, Ratio(1, 100));
  EXPECT_EQ(rubric.round_mode, Rounding::kDown);
}

TEST(RubricOfTest, EveryPolicyAndEveryRoundingHasItsCounterpart) {
  EXPECT_EQ(rubric_from("rubric { attempts { use: USE_BEST } }").use, AttemptPolicy::kBest);
  EXPECT_EQ(rubric_from("rubric { attempts { use: USE_FIRST } }").use, AttemptPolicy::kFirst);
  EXPECT_EQ(rubric_from("rubric { attempts { use: USE_MEAN } }").use, AttemptPolicy::kMean);
  EXPECT_EQ(rubric_from("rubric { round { mode: MODE_HALF_UP } }").round_mode, Rounding::kHalfUp);
  EXPECT_EQ(rubric_from("rubric { round { mode: MODE_HALF_EVEN } }").round_mode, Rounding::kHalfEven);
  EXPECT_EQ(rubric_from("rubric { round { mode: MODE_UP } }").round_mode, Rounding::kUp);
}

TEST(RubricOfTest, LatenessCountsDaysWhereThePeriodIsLeftOut) {
  const Rubric rubric = rubric_from("rubric { late { minus { num: 1 den: 10 } } }");
  EXPECT_EQ(rubric.late->period, std::chrono::hours(24));
  EXPECT_EQ(rubric.late->grace, std::chrono::seconds(0));
  EXPECT_TRUE(rubric.late->floor_share.is_zero());
}

TEST(RubricOfTest, NumbersThatNoSpecCanHoldAreReadAsAbsent) {
  const Rubric rubric = rubric_from(R"(rubric {
    attempts { max: -1 factor { num: 1 den: 0 } factor { num: 1 den: -3 } } late { grace: -5 per: -1 minus { num: 1 } } })");
  EXPECT_EQ(rubric.max_attempts, 0);
  EXPECT_EQ(rubric.factors, (std::vector<Ratio>{0, 0}));
  EXPECT_EQ(rubric.late->grace, std::chrono::seconds(0));
  EXPECT_EQ(rubric.late->period, std::chrono::hours(24));
  EXPECT_TRUE(rubric.late->minus_per_period.is_zero());
}

}  // namespace
}  // namespace otmetka::gradebook
