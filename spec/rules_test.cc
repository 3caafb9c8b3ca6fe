#include "spec/rules.h"

#include <gtest/gtest.h>

#include <string>

#include "spec/test_kinds.h"

namespace otmetka::spec {
namespace {

struct Row {
  const char* lines;
  const char* expected;
};

TEST(RulesTest, TheRubricMakesSense) {
  const std::string spec = "grade: v1\nid: t\nitems: [{id: q, word: a}]\nrubric:\n";
  const Row rows[] = {
      {"  attempts: {max: 5, use: best, factor: [1, 1, 0.9, 0.8, 0.8]}\n  late: {grace: 10m, per: 1d, minus: 10%, floor: 50%}\n  round: {to: 0.01, mode: half_up}\n", ""},
      {"  attempts: {max: 2, factor: [1, 0.9, 0.8]}\n", "OT201 5:39"},
      {"  attempts: {factor: [0.8, 1]}\n", "OT202 5:28"},
      {"  attempts: {factor: [1.5]}\n", "OT137 5:23"},
      {"  attempts: {factor: [1/99991]}\n", "OT199 5:23"},
      {"  attempts: {max: 0}\n", "OT137 5:19"},
      {"  attempts: {use: beste}\n", "OT134 5:19"},
      {"  late: {grace: 10m}\n", "OT106 5:3"},
      {"  late: {per: 0, minus: 10%}\n", "OT133 5:15"},
      {"  late: {per: 10, minus: 10%}\n", "OT133 5:15"},
      {"  late: {minus: 0}\n", "OT203 5:17"},
      {"  late: {minus: 10%, floor: 100%}\n", "OT203 5:29"},
      {"  late: {minus: 110%}\n", "OT137 5:17"},
      {"  late: {grace: 1000d, minus: 10%}\n", "OT207 5:17"},
      {"  round: {to: 0}\n", "OT138 5:15"},
      {"  round: {to: 10}\n", "OT204 5:15"},
      {"  round: {mode: down}\n", "OT106 5:3"},
  };
  for (const Row& row : rows) EXPECT_EQ(codes(load_yaml(spec + row.lines)), row.expected) << row.lines;
}

TEST(RulesTest, NamesDifferAndDifferToTheEye) {
  const Row rows[] = {
      {"- {id: a, word: x}\n- {id: b, word: x}\n", ""},
      {"- {id: a, word: x}\n- {id: b, word: x}\n- {id: a, word: x}\n", "OT167 6:8"},
      {"- {id: a, word: x}\n- {id: а, word: x}\n", "OT206 5:8"},
      {"- {id: cтолица, word: x}\n", "OT205 4:8"},
      {"- {id: столица-2_б, word: x}\n- {id: 日本, word: x}\n", ""},
      {"- {id: a/b, word: x}\n", "OT159 4:9"},
      {"- {id: _a, word: x}\n", "OT159 4:8"},
      {"- {id: a😀, word: x}\n", "OT159 4:9"},
      {"- {id: aй, word: x}\n", "OT205 4:8"},
      {"- {id: и\xCC\x86, word: x}\n", "OT159 4:9"},
  };
  for (const Row& row : rows) EXPECT_EQ(codes(load_yaml("grade: v1\nid: t\nitems:\n" + std::string(row.lines))), row.expected) << row.lines;
}

TEST(RulesTest, AnIdHasAtMostSixtyFourCharactersOfAnyScript) {
  std::string id;
  for (int i = 0; i < 64; ++i) id += "ж";
  EXPECT_EQ(codes(load_yaml("grade: v1\nid: " + id + "\nitems: [{id: q, word: a}]\n")), "");
  EXPECT_EQ(codes(load_yaml("grade: v1\nid: " + id + "ж\nitems: [{id: q, word: a}]\n")), "OT159 2:5");
}

TEST(RulesTest, TenThousandItemsAreAllowedAndNotOneMore) {
  std::string text = "grade: v1\nid: t\nitems:\n";
  for (int i = 0; i < 10'000; ++i) text += "- {id: q" + std::to_string(i) + ", word: a}\n";
  EXPECT_EQ(codes(load_yaml(text)), "");
  EXPECT_EQ(codes(load_yaml(text + "- {id: z, word: a}\n")), "OT139 3:1");
}

TEST(RulesTest, PointsHaveACommonDenominatorWithinReach) {
  EXPECT_EQ(codes(load_yaml("grade: v1\nid: t\nitems:\n- {id: a, word: x, points: 1/999999937}\n- {id: b, word: x, points: 1/3}\n")), "");
  EXPECT_EQ(codes(load_yaml("grade: v1\nid: t\nitems:\n- {id: a, word: x, points: 1/999999937}\n- {id: b, word: x, points: 1/1009}\n")),
            "OT199 5:28");
  EXPECT_EQ(codes(load_yaml("grade: v1\nid: t\nitems:\n- {id: a, word: x, points: 1/999999999999999999}\n")), "OT199 4:28");
}

}  // namespace
}  // namespace otmetka::spec
