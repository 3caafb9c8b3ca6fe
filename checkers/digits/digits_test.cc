#include "checkers/digits/digits.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <queue>
#include <random>
#include <set>

#include "checkers/digits/digits.pb.h"
#include "checkers/digits/distance.h"

namespace otmetka::checkers::digits {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Made make(const std::string& text) {
  v1::DigitsSettings settings;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &settings)) << text;
  return type().make(settings, {});
}

Outcome grade(const std::string& settings, const std::string& typed, bool explain = false) {
  const Made made = make(settings);
  EXPECT_THAT(made.problems, IsEmpty()) << settings;
  CheckContext context;
  context.explain = explain;
  return made.checker->check(TextAnswer{typed}, context);
}

const char* const kEge16 = R"(answer: "14" order: ORDER_ANY by_errors { num: 1 den: 1 } by_errors { num: 1 den: 2 })";
const char* const kCode = R"(answer: "3142" by_errors { num: 1 den: 1 } by_errors { num: 2 den: 3 } by_errors { num: 1 den: 3 })";

TEST(DigitsAnyOrder, CreditFallsWithTheLargerOfMissingAndExtra) {
  const std::pair<const char*, Ratio> rows[] = {{"14", 1},  {"41", 1}, {"145", Ratio(1, 2)}, {"1", Ratio(1, 2)}, {"15", Ratio(1, 2)},
                                                {"35", 0},  {"1455", 0}, {"114", Ratio(1, 2)}, {"1144", 0}, {"014", Ratio(1, 2)}};
  for (const auto& [typed, credit] : rows) EXPECT_EQ(grade(kEge16, typed).credit, credit) << typed;
}

TEST(DigitsStrictOrder, CreditFallsWithTheDistanceOfLevenshtein) {
  const std::pair<const char*, Ratio> rows[] = {{"3142", 1}, {"314", Ratio(2, 3)}, {"31425", Ratio(2, 3)}, {"3152", Ratio(2, 3)},
                                                {"1342", Ratio(1, 3)}, {"1423", Ratio(1, 3)}, {"2413", 0}, {"9", 0}};
  for (const auto& [typed, credit] : rows) EXPECT_EQ(grade(kCode, typed).credit, credit) << typed;
}

TEST(DigitsStrictOrder, IsTheDefaultAndWithoutATableOnlyTheAnswerCounts) {
  EXPECT_EQ(grade(R"(answer: "14")", "14").credit, Ratio(1));
  EXPECT_EQ(grade(R"(answer: "14")", "41").credit, Ratio(0));
  EXPECT_EQ(grade(R"(answer: "07")", "7").credit, Ratio(0));
}

TEST(DigitsText, SpacesAndCommasBetweenDigitsMeanNothing) {
  for (const char* typed : {" 14 ", "1 4", "1,4", "1, 4", "4;1", "14.", "1\t4\n", "1\xC2\xA0" "4"}) EXPECT_EQ(grade(kEge16, typed).credit, Ratio(1)) << typed;
}

TEST(DigitsText, WhatPrintsNothingAndOddSpacesMeanNothing) {
  for (const char* typed : {"14\u200B", "\uFEFF14", "1\u00AD4", "1\u20604", "\u202A14\u202C", "1\u20094", "1\u202F4", "14.\u200E",
                            "1\u30004"}) {
    EXPECT_EQ(grade(kEge16, typed).credit, Ratio(1)) << typed;
  }
  EXPECT_EQ(grade(kEge16, "\u200B\u2009").status, Verdict::kNotAttempted);
  EXPECT_EQ(grade(kEge16, "\u200B;").feedback.front(), (Message{"digits.not_a_digit", {std::string(";")}}));
  EXPECT_EQ(grade(kEge16, "1\u20664").feedback.front(), (Message{"digits.not_a_digit", {std::string("⟨U+2066⟩")}}));
  EXPECT_EQ(make("answer: '1\u200B4'").problems.size(), 0U);
}

TEST(DigitsText, AnythingElseIsInvalidAndNamed) {
  const std::pair<const char*, const char*> rows[] = {{"1a4", "a"}, {"один", "о"}, {"-14", "-"}, {"1.4", "."}, {"１４", "１"},
                                                      {"14\xFF", "\xEF\xBF\xBD"}, {",", ","}, {" ; ,", ";"}};
  for (const auto& [typed, named] : rows) {
    const Outcome out = grade(kEge16, typed);
    EXPECT_EQ(out.status, Verdict::kInvalidInput) << typed;
    EXPECT_THAT(out.feedback, ElementsAre(Message{"digits.not_a_digit", {std::string(named)}})) << typed;
  }
}

TEST(DigitsText, LengthIsBoundedAndEmptyIsNoAnswer) {
  EXPECT_EQ(grade(kEge16, std::string(1000, '1')).status, Verdict::kGraded);
  EXPECT_EQ(grade(kCode, std::string(1 << 20, '1')).feedback.front().id, "digits.too_long");
  EXPECT_EQ(grade(kEge16, "").status, Verdict::kNotAttempted);
  EXPECT_EQ(grade(kEge16, " \n").status, Verdict::kNotAttempted);
  EXPECT_EQ(make(kEge16).checker->check(SequenceAnswer{{"1", "4"}}, {}).status, Verdict::kInvalidInput);
}

TEST(DigitsReport, KeysGroupEqualAnswers) {
  EXPECT_EQ(grade(kEge16, "4, 1").answer_key, "14");
  EXPECT_EQ(grade(kCode, "3 1 4 2").answer_key, "3142");
  EXPECT_LE(grade(kCode, std::string(1000, '1')).answer_key.size(), 256U);
}

TEST(DigitsReport, RuleFeedbackAndTrace) {
  EXPECT_EQ(grade(kEge16, "14").rule_id, "answer");
  EXPECT_THAT(grade(kEge16, "14").feedback, IsEmpty());
  EXPECT_EQ(grade(kEge16, "35").rule_id, "wrong");
  const Outcome partial = grade(kEge16, "1 4 5", true);
  EXPECT_EQ(partial.rule_id, "partial");
  EXPECT_THAT(partial.feedback, ElementsAre(Message{"digits.partial", {std::int64_t{1}}}));
  EXPECT_THAT(partial.trace, ElementsAre(Message{"digits.typed", {std::string("1 4 5")}}, Message{"digits.read_as", {std::string("145")}},
                                         Message{"digits.any", {std::string("14"), std::int64_t{1}}},
                                         Message{"digits.credit", {std::int64_t{1}, Ratio(1, 2)}}));
  EXPECT_THAT(grade(kEge16, "145").trace, IsEmpty());
}

TEST(DigitsSpec, ProblemsNameTheirPlace) {
  const std::pair<const char*, std::pair<const char*, const char*>> rows[] = {
      {"", {"OT189", "answer"}},
      {R"(answer: "1a")", {"OT189", "answer"}},
      {R"(answer: "11111111111111111111111111111111111111111111111111111111111111111")", {"OT189", "answer"}},
      {R"(answer: "1" by_errors { num: 2 den: 1 })", {"OT187", "by_errors[0]"}},
      {R"(answer: "1" by_errors { num: 1 den: 3 } by_errors { num: 1 den: 2 })", {"OT187", "by_errors[1]"}},
      {R"(answer: "1" order: 7)", {"OT177", ""}}};
  for (const auto& [settings, expected] : rows) {
    const Made made = make(settings);
    EXPECT_EQ(made.checker, nullptr) << settings;
    ASSERT_EQ(made.problems.size(), 1U) << settings;
    EXPECT_EQ(made.problems[0].message.id, expected.first) << settings;
    EXPECT_EQ(made.problems[0].path, expected.second) << settings;
  }
}

TEST(DigitsSpec, CreditsAreMultiplesOfTheDenominator) { EXPECT_EQ(make(kCode).checker->credit_denominator(), 3); }

// The oracle for strict order: breadth-first over single changes, additions and removals of the digits 0–2.
std::size_t by_steps(const std::string& from, const std::string& to) {
  std::queue<std::pair<std::string, std::size_t>> open;
  std::set<std::string> seen = {from};
  open.push({from, 0});
  while (true) {
    const auto [now, steps] = open.front();
    open.pop();
    if (now == to) return steps;
    std::vector<std::string> next;
    for (std::size_t i = 0; i <= now.size(); ++i) {
      for (const char c : {'0', '1', '2'}) {
        next.push_back(now.substr(0, i) + c + now.substr(i));
        if (i < now.size()) next.push_back(now.substr(0, i) + c + now.substr(i + 1));
      }
      if (i < now.size()) next.push_back(now.substr(0, i) + now.substr(i + 1));
    }
    for (const std::string& word : next) {
      if (word.size() <= 4 && seen.insert(word).second) open.push({word, steps + 1});
    }
  }
}

// The oracle for any order: strike out what both have, one by one.
std::size_t by_striking(std::string key, std::string typed) {
  for (std::size_t i = 0; i < typed.size();) {
    const auto at = key.find(typed[i]);
    if (at == std::string::npos) {
      ++i;
    } else {
      key.erase(at, 1);
      typed.erase(i, 1);
    }
  }
  return std::max(key.size(), typed.size());
}

TEST(DigitsProperty, DistancesAgreeWithSlowOnesOnEveryPairOfUpToThreeDigits) {
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].size() == 3) continue;
    for (const char c : {'0', '1', '2'}) words.push_back(words[i] + c);
  }
  ASSERT_EQ(words.size(), 40U);
  for (const std::string& key : words) {
    for (const std::string& typed : words) {
      ASSERT_EQ(ordered_errors(key, typed), by_steps(key, typed)) << key << " " << typed;
      ASSERT_EQ(unordered_errors(key, typed), by_striking(key, typed)) << key << " " << typed;
    }
  }
}

TEST(DigitsReport, EveryMessageHasBothLanguages) {
  for (const messages::Entry& entry : type().messages()) EXPECT_FALSE(entry.ru.empty() || entry.en.empty()) << entry.id;
}

}  // namespace
}  // namespace otmetka::checkers::digits
