#include "gradebook/rules.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

namespace otmetka::gradebook {
namespace {

std::optional<Timestamp> second(int n) { return Timestamp(std::chrono::seconds(n)); }

RowVersion graded() {
  return {.failed = false, .submitted_at = second(10), .submission = "m", .grade_epoch = 1, .revision = 1,
          .content_sha256 = "m", .spec_sha256 = "m", .result_id = "m"};
}

struct Rule {
  const char* what;
  void (*better)(RowVersion&);
  void (*worse)(RowVersion&);
};

// In the order in which they decide: each outweighs all that follow.
const std::array kRules{
    Rule{"graded over FAILED", [](RowVersion& v) { v.failed = false; }, [](RowVersion& v) { v.failed = true; }},
    Rule{"the earlier time", [](RowVersion& v) { v.submitted_at = second(9); }, [](RowVersion& v) { v.submitted_at = second(11); }},
    Rule{"the smaller submission", [](RowVersion& v) { v.submission = "a"; }, [](RowVersion& v) { v.submission = "z"; }},
    Rule{"the higher epoch", [](RowVersion& v) { v.grade_epoch = 2; }, [](RowVersion& v) { v.grade_epoch = 0; }},
    Rule{"the higher revision", [](RowVersion& v) { v.revision = 2; }, [](RowVersion& v) { v.revision = 0; }},
    Rule{"the smaller content", [](RowVersion& v) { v.content_sha256 = "a"; }, [](RowVersion& v) { v.content_sha256 = "z"; }},
    Rule{"the smaller spec", [](RowVersion& v) { v.spec_sha256 = "a"; }, [](RowVersion& v) { v.spec_sha256 = "z"; }},
    Rule{"the smaller result", [](RowVersion& v) { v.result_id = "a"; }, [](RowVersion& v) { v.result_id = "z"; }},
};

TEST(RulesTest, EachRuleOutweighsAllThatFollow) {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    RowVersion better = graded();
    RowVersion worse = graded();
    kRules[i].better(better);
    kRules[i].worse(worse);
    for (std::size_t j = i + 1; j < kRules.size(); ++j) {
      kRules[j].worse(better);
      kRules[j].better(worse);
    }
    EXPECT_TRUE(compare(better, worse) > 0) << kRules[i].what;
    EXPECT_TRUE(compare(worse, better) < 0) << kRules[i].what;
  }
}

TEST(RulesTest, AResultThatDoesNotSayWhenItWasHandedInComesAfterThoseThatDo) {
  RowVersion unknown = graded();
  unknown.submitted_at.reset();
  EXPECT_TRUE(compare(graded(), unknown) > 0);
  EXPECT_TRUE(compare(unknown, unknown) == 0);
}

TEST(RulesTest, AConflictIsTheSameWorkAndVersionWithOtherContent) {
  RowVersion other = graded();
  other.content_sha256 = "other";
  EXPECT_TRUE(is_conflict(graded(), other));
  EXPECT_FALSE(is_conflict(graded(), graded()));
  for (void (*change)(RowVersion&) : {+[](RowVersion& v) { v.failed = true; }, +[](RowVersion& v) { v.submission = "n"; },
                                      +[](RowVersion& v) { v.grade_epoch = 5; }, +[](RowVersion& v) { v.revision = 5; }}) {
    RowVersion changed = other;
    change(changed);
    EXPECT_FALSE(is_conflict(graded(), changed));
  }
}

TEST(RulesTest, AnEditedSpecIsNoConflictAndNoReproduction) {
  RowVersion edited = graded();
  edited.spec_sha256 = "edited";
  EXPECT_TRUE(is_by_another_spec(graded(), edited));
  EXPECT_FALSE(is_by_another_spec(graded(), graded()));
  EXPECT_FALSE(is_reproduction(graded(), edited));
  edited.content_sha256 = "other";
  EXPECT_FALSE(is_conflict(graded(), edited));
  EXPECT_TRUE(is_by_another_spec(graded(), edited));
}

TEST(RulesTest, ADuplicateIsTheSameResultWithTheSameContentWhenever) {
  RowVersion later = graded();
  later.submitted_at = second(99);
  EXPECT_TRUE(is_duplicate(graded(), later));
  RowVersion other = graded();
  other.content_sha256 = "other";
  EXPECT_FALSE(is_duplicate(graded(), other));
  RowVersion failed = graded();
  failed.failed = true;
  EXPECT_FALSE(is_duplicate(graded(), failed));
}

RowVersion any_version(std::mt19937& random) {
  static constexpr std::array kNames{"a", "b", ""};
  const auto name = [&] { return kNames[random() % kNames.size()]; };
  RowVersion v{.failed = random() % 2 == 0, .submitted_at = second(static_cast<int>(random() % 2)), .submission = name(),
               .grade_epoch = static_cast<int>(random() % 2), .revision = static_cast<int>(random() % 2),
               .content_sha256 = name(), .spec_sha256 = name(), .result_id = name()};
  if (random() % 3 == 0) v.submitted_at.reset();
  return v;
}

TEST(RulesTest, TheOrderIsTotal) {
  std::mt19937 random(4);
  for (int i = 0; i < 200'000; ++i) {
    const RowVersion a = any_version(random);
    const RowVersion b = any_version(random);
    const RowVersion c = any_version(random);
    ASSERT_EQ(compare(a, b) > 0, compare(b, a) < 0);
    ASSERT_EQ(compare(a, b) == 0, compare(b, a) == 0);
    ASSERT_TRUE(compare(a, b) < 0 || compare(b, c) < 0 || compare(a, c) >= 0) << "transitive";
    ASSERT_TRUE(compare(a, b) != 0 || compare(a, c) == compare(b, c)) << "equals are alike to all others";
  }
}

}  // namespace
}  // namespace otmetka::gradebook
