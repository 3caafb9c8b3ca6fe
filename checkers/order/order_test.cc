#include "checkers/order/order.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "checkers/order/order.pb.h"

namespace otmetka::checkers::order {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Names = std::vector<std::string>;

Made make(const std::string& text) {
  v1::OrderSettings settings;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &settings)) << text;
  return type().make(settings, {});
}

Outcome grade(const std::string& settings, Names names, bool explain = false) {
  const Made made = make(settings);
  EXPECT_THAT(made.problems, IsEmpty()) << settings;
  CheckContext context;
  context.explain = explain;
  return made.checker->check(SequenceAnswer{std::move(names)}, context);
}

const char* const kSteps = R"(sequence: "прочитать" sequence: "составить" sequence: "решить" sequence: "проверить" )";
const char* const kFour = R"(sequence: ["a", "b", "c", "d"] )";

TEST(OrderScoring, StepsOfTheDocumentation) {
  EXPECT_EQ(grade(std::string(kSteps) + "scoring: SCORING_LIS", {"проверить", "прочитать", "составить", "решить"}).credit, Ratio(3, 4));
}

TEST(OrderScoring, ByRule) {
  const struct {
    Names names;
    Ratio exact, prefix, position, adjacent, lis, kendall;
  } rows[] = {
      {{"a", "b", "c", "d"}, 1, 1, 1, 1, 1, 1},
      {{"d", "a", "b", "c"}, 0, 0, 0, Ratio(2, 3), Ratio(3, 4), Ratio(1, 2)},
      {{"a", "c", "b", "d"}, 0, Ratio(1, 4), Ratio(1, 2), 0, Ratio(3, 4), Ratio(5, 6)},
      {{"d", "c", "b", "a"}, 0, 0, 0, 0, Ratio(1, 4), 0},
      {{"a", "b", "c"}, 0, Ratio(3, 4), Ratio(3, 4), Ratio(2, 3), Ratio(3, 4), Ratio(1, 2)},
      {{"a", "", "c", "d"}, 0, Ratio(1, 4), Ratio(3, 4), Ratio(1, 3), Ratio(3, 4), Ratio(1, 2)},
      {{"a", "c", "d"}, 0, Ratio(1, 4), Ratio(1, 4), Ratio(1, 3), Ratio(3, 4), Ratio(1, 2)},
      {{"b"}, 0, 0, 0, 0, Ratio(1, 4), 0},
  };
  for (const auto& row : rows) {
    const std::pair<const char*, Ratio> scorings[] = {{"", row.exact}, {"scoring: SCORING_EXACT", row.exact}, {"scoring: SCORING_PREFIX", row.prefix},
                                                      {"scoring: SCORING_POSITION", row.position}, {"scoring: SCORING_ADJACENT", row.adjacent},
                                                      {"scoring: SCORING_LIS", row.lis}, {"scoring: SCORING_KENDALL", row.kendall}};
    for (const auto& [scoring, credit] : scorings) {
      EXPECT_EQ(grade(std::string(kFour) + scoring, row.names).credit, credit) << scoring << " " << ::testing::PrintToString(row.names);
    }
  }
}

TEST(OrderScoring, OneElementIsExactWhateverTheScoring) {
  for (const char* scoring : {"EXACT", "PREFIX", "POSITION", "ADJACENT", "LIS", "KENDALL"}) {
    EXPECT_EQ(grade(std::string(R"(sequence: "a" scoring: SCORING_)") + scoring, {"a"}).credit, Ratio(1)) << scoring;
  }
}

TEST(OrderScoring, DenominatorsHoldEveryCredit) {
  const std::pair<const char*, int> rows[] = {{"EXACT", 1}, {"PREFIX", 4}, {"POSITION", 4}, {"ADJACENT", 3}, {"LIS", 4}, {"KENDALL", 6}};
  for (const auto& [scoring, expected] : rows) {
    EXPECT_EQ(make(std::string(kFour) + "scoring: SCORING_" + scoring).checker->credit_denominator(), expected) << scoring;
  }
}

TEST(OrderBefore, OnlyTheConditionsMatter) {
  const std::string settings = R"(before { elements: ["налить", "выпить"] } before { elements: ["насыпать", "размешать", "выпить"] })";
  for (const Names& right : {Names{"налить", "насыпать", "размешать", "выпить"}, Names{"насыпать", "налить", "размешать", "выпить"},
                             Names{"насыпать", "размешать", "налить", "выпить"}}) {
    EXPECT_EQ(grade(settings, right).credit, Ratio(1));
  }
  EXPECT_EQ(grade(settings, {"выпить", "налить", "насыпать", "размешать"}).credit, Ratio(3, 4));
  EXPECT_EQ(grade(settings, {"выпить", "размешать", "насыпать", "налить"}).credit, Ratio(1, 2));
  EXPECT_EQ(grade(settings, {"налить", "насыпать", "размешать"}).credit, Ratio(3, 4));
}

TEST(OrderBefore, TheSequenceNamesElementsThatMayStandAnywhere) {
  const std::string settings = std::string(kFour) + R"(before { elements: ["a", "c"] })";
  EXPECT_EQ(grade(settings, {"d", "a", "b", "c"}).credit, Ratio(1));
  EXPECT_EQ(grade(settings, {"c", "b", "a", "d"}).credit, Ratio(3, 4));
  EXPECT_EQ(grade(settings, {"a", "c"}).credit, Ratio(1, 2));
}

TEST(OrderAnswerForms, WhiteSpaceAroundNamesAndEmptyAnswers) {
  EXPECT_EQ(grade(kFour, {" a", "b ", "c", "d\n"}).credit, Ratio(1));
  EXPECT_EQ(grade(kFour, {"A", "b.", "с", "D"}).credit, Ratio(1)) << "as texts are compared";  // Cyrillic с
  EXPECT_EQ(grade(kFour, {}).status, Verdict::kNotAttempted);
  EXPECT_EQ(grade(kFour, {"", " "}).status, Verdict::kNotAttempted);
  EXPECT_EQ(make(kFour).checker->check(TextAnswer{" "}, {}).status, Verdict::kNotAttempted);
}

TEST(OrderInvalid, UnknownRepeatedAndTooMany) {
  const struct {
    Names names;
    Message expected;
  } rows[] = {{{"a", "z"}, {"order.unknown", {std::string("z")}}},
              {{"A", "a"}, {"order.repeated", {std::string("a")}}},
              {{"a", "b", "a "}, {"order.repeated", {std::string("a")}}},
              {{"a", "", "", "", ""}, {"order.too_many", {std::int64_t{5}, std::int64_t{4}}}},
              {{"\xC3"}, {"order.unknown", {std::string("\xEF\xBF\xBD")}}}};
  for (const auto& row : rows) {
    const Outcome out = grade(kFour, row.names);
    EXPECT_EQ(out.status, Verdict::kInvalidInput);
    EXPECT_THAT(out.feedback, ElementsAre(row.expected));
  }
  const Made made = make(kFour);
  for (const Answer& answer : {Answer(TextAnswer{"a"}), Answer(ChoiceAnswer{{"a", "b"}}), Answer(MappingAnswer{}), Answer(FilesAnswer{})}) {
    EXPECT_EQ(made.checker->check(answer, {}).status, Verdict::kInvalidInput);
  }
}

TEST(OrderReport, RuleKeyFeedbackAndTrace) {
  const Outcome out = grade(std::string(kFour) + "scoring: SCORING_LIS", {"d", "a", "", "c"}, true);
  EXPECT_EQ(out.rule_id, "partial");
  EXPECT_EQ(out.answer_key, "d|a|—|c");
  EXPECT_THAT(out.feedback, ElementsAre(Message{"order.partial", {}}, Message{"order.missing", {std::string("b")}}));
  EXPECT_THAT(out.trace, ElementsAre(Message{"order.typed", {std::string("d → a → — → c")}}, Message{"order.expected", {std::string("a → b → c → d")}},
                                     Message{"order.arithmetic", {std::string("lis"), std::int64_t{2}, std::int64_t{4}, Ratio(1, 2)}}));
  EXPECT_EQ(grade(kFour, {"a", "b", "c", "d"}).rule_id, "answer");
  EXPECT_THAT(grade(kFour, {"a", "b", "c", "d"}).feedback, IsEmpty());
  EXPECT_EQ(grade(kFour, {"b", "a", "c", "d"}).feedback.front().id, "order.wrong");
  const Outcome partial = grade(R"(before { elements: ["a", "b"] } before { elements: ["a", "c"] })", {"b", "a", "c"}, true);
  EXPECT_THAT(partial.trace, Contains(Message{"order.expected_partial", {std::string("a → b; a → c")}}));
}

TEST(OrderSpec, ProblemsNameTheirPlace) {
  const struct {
    const char* settings;
    const char* expected;
  } rows[] = {{"", "OT190 "},
              {R"(sequence: ["a", "b", " a"])", "OT191 sequence[2]"},
              {R"(sequence: ["a", ""])", "OT186 sequence[1]"},
              {R"(sequence: "a" scoring: 12)", "OT177 "},
              {R"(before { elements: ["a", "b"] } before { elements: ["b", "a"] })", "OT193 before"},
              {R"(before { elements: ["a", "a"] })", "OT193 before"},
              {R"(sequence: ["a", "b"] before { elements: ["b", "a"] })", "OT193 before"},
              {R"(before { elements: ["a"] })", "OT194 before[0]"},
              {R"(before { })", "OT194 before[0]"},
              {R"(before { elements: ["a", ""] })", "OT186 before[0].elements[1]"},
              {R"(sequence: ["a", "b"] before { elements: ["a", "z"] })", "OT194 before[0].elements[1]"},
              {R"(before { elements: ["a", "b"] } scoring: SCORING_LIS)", "OT194 scoring"}};
  for (const auto& row : rows) {
    const Made made = make(row.settings);
    EXPECT_EQ(made.checker, nullptr) << row.settings;
    std::vector<std::string> codes;
    for (const Problem& problem : made.problems) codes.push_back(problem.message.id + " " + problem.path);
    EXPECT_THAT(codes, Contains(row.expected)) << row.settings;
  }
}

TEST(OrderSpec, MoreThanTwoHundredElementsAreRefused) {
  v1::OrderSettings settings;
  for (int i = 0; i < 201; ++i) settings.add_sequence(std::to_string(i));
  EXPECT_EQ(type().make(settings, {}).checker, nullptr);
  settings.mutable_sequence()->RemoveLast();
  EXPECT_NE(type().make(settings, {}).checker, nullptr);
}

}  // namespace
}  // namespace otmetka::checkers::order
