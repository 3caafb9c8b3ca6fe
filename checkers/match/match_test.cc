#include "checkers/match/match.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "checkers/match/match.pb.h"

namespace otmetka::checkers::match {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Pairs = std::vector<std::pair<std::string, std::string>>;

Made make(const std::string& text) {
  v1::MatchSettings settings;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &settings)) << text;
  return type().make(settings, {});
}

Outcome grade(const std::string& settings, Pairs pairs, bool explain = false) {
  const Made made = make(settings);
  EXPECT_THAT(made.problems, IsEmpty()) << settings;
  CheckContext context;
  context.explain = explain;
  return made.checker->check(MappingAnswer{std::move(pairs)}, context);
}

const char* const kCapitals = R"(pairs { left: "Франция" right: "Париж" } pairs { left: "Япония" right: "Токио" }
                                 pairs { left: "Канада" right: "Оттава" } distractors: "Сидней" )";

TEST(MatchScoring, CapitalsOfTheDocumentation) {
  EXPECT_EQ(grade(kCapitals, {{"Франция", "Париж"}, {"Япония", "Токио"}, {"Канада", "Сидней"}}).credit, Ratio(2, 3));
}

TEST(MatchScoring, ByRule) {
  const Pairs all = {{"Канада", "Оттава"}, {"Франция", "Париж"}, {"Япония", "Токио"}};
  const Pairs two = {{"Франция", "Париж"}, {"Япония", "Токио"}};
  const Pairs one = {{"Франция", "Париж"}, {"Япония", "Оттава"}, {"Канада", "Токио"}};
  const Pairs none = {{"Франция", "Токио"}, {"Япония", "Сидней"}};
  const struct {
    const char* scoring;
    Ratio all, two, one, none;
  } rows[] = {{"", 1, Ratio(2, 3), Ratio(1, 3), 0},
              {"scoring: SCORING_PER_PAIR", 1, Ratio(2, 3), Ratio(1, 3), 0},
              {"scoring: SCORING_ALL_OR_NOTHING", 1, 0, 0, 0},
              {"by_errors { num: 1 den: 1 } by_errors { num: 2 den: 5 }", 1, Ratio(2, 5), 0, 0},
              {"scoring: SCORING_BY_ERRORS by_errors { num: 1 den: 1 } by_errors { num: 2 den: 5 }", 1, Ratio(2, 5), 0, 0}};
  for (const auto& row : rows) {
    const std::string settings = std::string(kCapitals) + row.scoring;
    EXPECT_EQ(grade(settings, all).credit, row.all) << row.scoring;
    EXPECT_EQ(grade(settings, two).credit, row.two) << row.scoring;
    EXPECT_EQ(grade(settings, one).credit, row.one) << row.scoring;
    EXPECT_EQ(grade(settings, none).credit, row.none) << row.scoring;
  }
}

TEST(MatchScoring, SeveralLeftsMayShareARight) {
  const char* const settings = R"(pairs { left: "кит" right: "зверь" } pairs { left: "волк" right: "зверь" } distractors: "рыба")";
  EXPECT_EQ(grade(settings, {{"кит", "зверь"}, {"волк", "зверь"}}).credit, Ratio(1));
  EXPECT_EQ(grade(settings, {{"кит", "рыба"}, {"волк", "зверь"}}).credit, Ratio(1, 2));
}

TEST(MatchAnswerForms, NamesAreComparedAsTextsAre) {
  for (const Pairs& pairs : {Pairs{{" Франция ", "Париж\n"}}, Pairs{{"франция", "париж."}}, Pairs{{"Фpанция", "ПАРИЖ"}}}) {
    EXPECT_EQ(grade(kCapitals, pairs).credit, Ratio(1, 3)) << pairs[0].first;
  }
  EXPECT_EQ(grade(kCapitals, {{"Франциа", "Париж"}}).status, Verdict::kInvalidInput);
}

TEST(MatchAnswerForms, AnEmptyRightIsAMissingPairAndNoPairsAreNoAnswer) {
  EXPECT_EQ(grade(kCapitals, {{"Франция", ""}, {"Япония", "Токио"}}).credit, Ratio(1, 3));
  EXPECT_EQ(grade(kCapitals, {{"Франция", " "}}).status, Verdict::kNotAttempted);
  EXPECT_EQ(grade(kCapitals, {}).status, Verdict::kNotAttempted);
  const Made made = make(kCapitals);
  EXPECT_EQ(made.checker->check(TextAnswer{" "}, {}).status, Verdict::kNotAttempted);
}

TEST(MatchAnswerForms, AnotherShapeIsInvalid) {
  const Made made = make(kCapitals);
  for (const Answer& answer : {Answer(TextAnswer{"Париж"}), Answer(ChoiceAnswer{}), Answer(SequenceAnswer{{"Париж"}}), Answer(FilesAnswer{})}) {
    EXPECT_EQ(made.checker->check(answer, {}).status, Verdict::kInvalidInput);
  }
}

TEST(MatchInvalid, UnknownAndRepeatedNamesAreSaid) {
  const struct {
    Pairs pairs;
    Message expected;
  } rows[] = {{{{"Италия", "Париж"}}, {"match.unknown_left", {std::string("Италия")}}},
              {{{"Франция", "Рим"}}, {"match.unknown_right", {std::string("Рим")}}},
              {{{"Франция", "Париж"}, {"Франция ", "Париж"}}, {"match.repeated", {std::string("Франция")}}},
              {{{"Франция", ""}, {"Франция", "Париж"}}, {"match.repeated", {std::string("Франция")}}},
              {{{"\xFF", "Париж"}}, {"match.unknown_left", {std::string("\xEF\xBF\xBD")}}}};
  for (const auto& row : rows) {
    const Outcome out = grade(kCapitals, row.pairs);
    EXPECT_EQ(out.status, Verdict::kInvalidInput);
    EXPECT_EQ(out.credit, Ratio(0));
    EXPECT_THAT(out.feedback, ElementsAre(row.expected));
  }
}

TEST(MatchReport, KeysGroupEqualAnswersInWhateverOrder) {
  const Outcome one = grade(kCapitals, {{"Канада", "Оттава"}, {"Франция", "Париж"}});
  const Outcome other = grade(kCapitals, {{"Франция", " Париж"}, {"Канада", "Оттава"}, {"Япония", ""}});
  EXPECT_EQ(one.answer_key, "Франция=Париж|Канада=Оттава");
  EXPECT_EQ(one.answer_key, other.answer_key);
}

TEST(MatchReport, FeedbackCountsAndTheTraceNames) {
  const Outcome out = grade(kCapitals, {{"Франция", "Париж"}, {"Япония", "Сидней"}}, true);
  EXPECT_EQ(out.rule_id, "partial");
  EXPECT_THAT(out.feedback, ElementsAre(Message{"match.partial", {std::int64_t{1}, std::int64_t{3}}}));
  const std::string france = "Франция", japan = "Япония", canada = "Канада";
  EXPECT_THAT(out.trace, ElementsAre(Message{"match.typed", {france, std::string("Париж")}}, Message{"match.typed", {japan, std::string("Сидней")}},
                                     Message{"match.pair_right", {france}}, Message{"match.pair_wrong", {japan, std::string("Токио")}},
                                     Message{"match.pair_missing", {canada, std::string("Оттава")}},
                                     Message{"match.arithmetic", {std::int64_t{1}, std::int64_t{3}, Ratio(1, 3)}}));
  EXPECT_EQ(grade(kCapitals, {{"Франция", "Сидней"}}).feedback.front().id, "match.wrong");
  EXPECT_THAT(grade(kCapitals, {{"Франция", "Париж"}}).trace, IsEmpty());
}

TEST(MatchProperty, EveryAnswerToThreePairsAddsUpPairByPair) {
  const char* const lefts[] = {"Франция", "Япония", "Канада"};
  const char* const rights[] = {"Париж", "Токио", "Оттава", "Сидней", ""};
  const Made made = make(kCapitals);
  EXPECT_EQ(made.checker->credit_denominator(), 3);
  for (int code = 0; code < 125; ++code) {
    const int picks[] = {code % 5, code / 5 % 5, code / 25};
    MappingAnswer answer;
    Ratio sum;
    for (int i = 0; i < 3; ++i) {
      answer.pairs.emplace_back(lefts[i], rights[picks[i]]);
      if (picks[i] == i) sum += Ratio(1, 3);
    }
    ASSERT_EQ(made.checker->check(answer, {}).credit, sum) << code;
  }
}

TEST(MatchSpec, ProblemsNameTheirPlace) {
  const struct {
    const char* settings;
    const char* expected;
  } rows[] = {{"", "OT190 pairs"},
              {R"(pairs { left: "a" right: "b" } pairs { left: " a" right: "c" })", "OT191 pairs[1].left"},
              {R"(pairs { left: "" right: "b" })", "OT186 pairs[0].left"},
              {R"(pairs { left: "a" right: " " })", "OT186 pairs[0].right"},
              {R"(pairs { left: "a" right: "b" } distractors: "")", "OT186 distractors[0]"},
              {R"(pairs { left: "a" right: "b" } distractors: "c" distractors: "b")", "OT191 distractors[1]"},
              {R"(pairs { left: "a" right: "b" } scoring: SCORING_BY_ERRORS)", "OT188 scoring"},
              {R"(pairs { left: "a" right: "b" } scoring: SCORING_PER_PAIR by_errors { num: 1 den: 1 })", "OT188 scoring"},
              {R"(pairs { left: "a" right: "b" } by_errors { num: 5 den: 1 })", "OT187 by_errors[0]"},
              {R"(pairs { left: "a" right: "b" } scoring: 9)", "OT177 "}};
  for (const auto& row : rows) {
    const Made made = make(row.settings);
    EXPECT_EQ(made.checker, nullptr) << row.settings;
    std::vector<std::string> codes;
    for (const Problem& problem : made.problems) codes.push_back(problem.message.id + " " + problem.path);
    EXPECT_THAT(codes, Contains(row.expected)) << row.settings;
  }
}

}  // namespace
}  // namespace otmetka::checkers::match
