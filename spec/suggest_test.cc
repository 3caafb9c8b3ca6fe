#include "spec/suggest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace otmetka::spec {
namespace {

TEST(EditDistanceTest, CountsLettersAndSwappedNeighboursAsOne) {
  EXPECT_EQ(edit_distance("tolerence", "tolerance", 3), 1U);
  EXPECT_EQ(edit_distance("pionts", "points", 3), 1U);
  EXPECT_EQ(edit_distance("ca", "abc", 3), 3U);  // optimal string alignment, not the unrestricted distance
  EXPECT_EQ(edit_distance("ответ", "отвте", 3), 1U);
  EXPECT_EQ(edit_distance("", "abc", 5), 3U);
  EXPECT_EQ(edit_distance("abc", "xyzt", 2), 3U);
  EXPECT_EQ(edit_distance(std::string(100, 'a'), "a", 3), 4U);
}

TEST(NearestTest, FindsWhatWasMeantAndStaysSilentOtherwise) {
  const std::vector<std::string> known = {"answer", "tolerance", "accept", "reject", "unit_default", "id"};
  struct Row {
    const char* typed;
    const char* meant;
    bool look_alike;
  };
  const Row rows[] = {
      {"tolerence", "tolerance", false}, {"anwser", "answer", false},        {"Answer", "answer", false},
      {"unit-default", "unit_default", false}, {"аnswer", "answer", true},   {"ассерт", "accept", true},
      {"acept", "accept", false},        {"rejects", "reject", false},       {"іd", "id", true},
      {"ID", "id", false},
  };
  for (const Row& row : rows) {
    const auto fix = nearest(row.typed, known);
    ASSERT_TRUE(fix.has_value()) << row.typed;
    EXPECT_EQ(fix->replacement, row.meant) << row.typed;
    EXPECT_EQ(fix->cyrillic_look_alike, row.look_alike) << row.typed;
  }
  for (const char* far : {"ответ", "x", "", "weight", "аб"}) EXPECT_FALSE(nearest(far, known).has_value()) << far;
}

}  // namespace
}  // namespace otmetka::spec
