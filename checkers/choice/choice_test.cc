#include "checkers/choice/choice.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <set>

#include "checkers/choice/choice.pb.h"
#include "checkers/choice/option_ids.h"

namespace otmetka::checkers::choice {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

Made make(const std::string& text) {
  v1::ChoiceSettings settings;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &settings)) << text;
  return type().make(settings, {});
}

std::unique_ptr<const Checker> checker(const std::string& text) {
  Made made = make(text);
  EXPECT_THAT(made.problems, IsEmpty()) << text;
  return std::move(made.checker);
}

const char* const kPrimes = R"(right { id: "a" label { ru: "2" } } right { id: "b" label { ru: "7" } }
                               wrong { id: "c" } wrong { id: "d" } wrong { id: "e" } )";

Outcome grade(const std::string& settings, std::vector<std::string> ticked) {
  return checker(settings)->check(ChoiceAnswer{std::move(ticked)}, {});
}

std::vector<std::string> codes(const Made& made) {
  std::vector<std::string> out;
  for (const Problem& problem : made.problems) out.push_back(problem.message.id + " " + problem.path);
  return out;
}

TEST(ChoiceScoring, PrimesOfTheDocumentation) {
  const std::string settings = std::string(kPrimes) + "scoring: SCORING_RIGHT_MINUS_WRONG";
  EXPECT_EQ(grade(settings, {"a", "b"}).credit, Ratio(1));
  EXPECT_EQ(grade(settings, {"a", "c"}).credit, Ratio(0));
  EXPECT_EQ(grade(settings, {"a"}).credit, Ratio(1, 2));
  EXPECT_EQ(grade(settings, {"c", "d"}).credit, Ratio(0));
}

TEST(ChoiceScoring, ByRule) {
  const struct {
    const char* scoring;
    std::vector<std::string> ticked;
    Ratio credit;
  } rows[] = {
      {"", {"a", "b"}, 1},
      {"", {"a"}, 0},
      {"", {"a", "b", "c"}, 0},
      {"", {}, 0},
      {"scoring: SCORING_PER_OPTION", {"a"}, Ratio(4, 5)},
      {"scoring: SCORING_PER_OPTION", {}, Ratio(3, 5)},
      {"scoring: SCORING_PER_OPTION", {"c", "d", "e"}, 0},
      {"scoring: SCORING_COVERAGE", {"a", "b", "c"}, Ratio(2, 3)},
      {"scoring: SCORING_COVERAGE", {"a", "c"}, Ratio(1, 4)},
      {"scoring: SCORING_COVERAGE", {}, 0},
      {"scoring: SCORING_HALVES", {"a"}, Ratio(1, 2)},
      {"scoring: SCORING_HALVES", {"a", "c"}, Ratio(1, 4)},
      {"scoring: SCORING_HALVES", {"a", "c", "d"}, 0},
      {"by_errors { num: 1 den: 1 } by_errors { num: 2 den: 3 }", {"a", "c"}, Ratio(2, 3)},
      {"by_errors { num: 1 den: 1 } by_errors { num: 2 den: 3 }", {"c", "d"}, 0},
      {"scoring: SCORING_BY_ERRORS by_errors { num: 1 den: 1 } by_errors { num: 2 den: 3 }", {"a", "b", "c"}, Ratio(2, 3)},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(grade(std::string(kPrimes) + row.scoring, row.ticked).credit, row.credit)
        << row.scoring << " " << ::testing::PrintToString(row.ticked);
  }
}

TEST(ChoiceScoring, HalvesNeedThreeOptionsForAHalfAndFiveForAQuarter) {
  EXPECT_EQ(grade(R"(right { id: "a" } wrong { id: "b" } scoring: SCORING_HALVES)", {"a", "b"}).credit, Ratio(0));
  const char* const four = R"(right { id: "a" } wrong { id: "b" } wrong { id: "c" } wrong { id: "d" } scoring: SCORING_HALVES)";
  EXPECT_EQ(grade(four, {"a", "b"}).credit, Ratio(1, 2));
  EXPECT_EQ(grade(four, {"b"}).credit, Ratio(0));
}

TEST(ChoiceScoring, ANegativeFloorLetsWrongTicksCost) {
  const std::string settings = std::string(kPrimes) + "scoring: SCORING_RIGHT_MINUS_WRONG floor { num: -3 den: 4 }";
  EXPECT_EQ(grade(settings, {"c"}).credit, Ratio(-1, 2));
  const Outcome worst = grade(settings, {"c", "d", "e"});
  EXPECT_EQ(worst.credit, Ratio(-3, 4));
  EXPECT_EQ(worst.rule_id, "wrong");
  EXPECT_EQ(worst.feedback.front().id, "choice.penalty");
}

TEST(ChoiceScoring, WhereNothingIsRightOnlyTickingNothingEarns) {
  for (const char* scoring : {"ALL_OR_NOTHING", "PER_OPTION", "RIGHT_MINUS_WRONG", "COVERAGE", "HALVES"}) {
    const std::string settings = std::string(R"(wrong { id: "a" } wrong { id: "b" } wrong { id: "c" } scoring: SCORING_)") + scoring;
    const Outcome empty = grade(settings, {});
    EXPECT_EQ(empty.credit, Ratio(1)) << scoring;
    EXPECT_EQ(empty.status, Verdict::kGraded);
    EXPECT_EQ(empty.rule_id, "answer");
    EXPECT_EQ(grade(settings, {"a"}).credit, Ratio(0)) << scoring;
    EXPECT_EQ(grade(settings, {"a"}).status, Verdict::kGraded);
  }
}

// The oracle counts decisions one by one, in doubles of 27 720 (a multiple of all that can come up).
struct Decisions {
  std::set<int> right, wrong, ticked;
  int n() const { return static_cast<int>(right.size() + wrong.size()); }
  int hits() const { return static_cast<int>(std::count_if(right.begin(), right.end(), [&](int i) { return ticked.count(i) > 0; })); }
  int slips() const { return static_cast<int>(ticked.size()) - hits(); }
};

Ratio oracle(const std::string& rule, const Decisions& d) {
  const int all = static_cast<int>(d.right.size());
  if (all == 0) return d.ticked.empty() ? 1 : 0;
  if (rule == "ALL_OR_NOTHING") return d.ticked == d.right ? 1 : 0;
  if (rule == "PER_OPTION") {
    int good = 0;
    for (int i = 0; i < d.n(); ++i) good += d.right.count(i) == d.ticked.count(i) ? 1 : 0;
    return Ratio(good, d.n());
  }
  if (rule == "RIGHT_MINUS_WRONG") return std::max(Ratio(0), Ratio(d.hits(), all) - Ratio(d.slips(), all));
  if (rule == "COVERAGE") return d.ticked.empty() ? Ratio(0) : Ratio(d.hits(), all) * Ratio(d.hits(), d.hits() + d.slips());
  int errors = 0;
  for (int i = 0; i < d.n(); ++i) errors += d.right.count(i) != d.ticked.count(i) ? 1 : 0;
  if (errors == 0) return 1;
  return errors == 1 && d.n() >= 3 ? Ratio(1, 2) : errors == 2 && d.n() >= 5 ? Ratio(1, 4) : Ratio(0);
}

TEST(ChoiceScoring, EveryAnswerToEveryChoiceOfUpToSixOptionsAgreesWithCountingDecisions) {
  int answers = 0;
  for (const std::string rule : {"ALL_OR_NOTHING", "PER_OPTION", "RIGHT_MINUS_WRONG", "COVERAGE", "HALVES"}) {
    for (int n = 1; n <= 6; ++n) {
      for (int right = 0; right < n; ++right) {  // at least one wrong option
        Decisions d;
        std::string settings = "scoring: SCORING_" + rule;
        for (int i = 0; i < n; ++i) {
          (i < right ? d.right : d.wrong).insert(i);
          settings += (i < right ? " right" : " wrong") + std::string(" { id: \"") + std::to_string(i) + "\" }";
        }
        const auto judge = checker(settings);
        for (int mask = 0; mask < 1 << n; ++mask) {
          ChoiceAnswer answer;
          d.ticked.clear();
          for (int i = 0; i < n; ++i) {
            if ((mask >> i & 1) == 0) continue;
            d.ticked.insert(i);
            answer.ticked.push_back(std::to_string(i));
          }
          const Ratio credit = judge->check(answer, {}).credit;
          ASSERT_EQ(credit, oracle(rule, d)) << settings << " mask " << mask;
          ASSERT_EQ((credit * Ratio(judge->credit_denominator(), 1)).den(), 1) << settings;
          ++answers;
        }
      }
    }
  }
  EXPECT_EQ(answers, 5 * (2 * 1 + 4 * 2 + 8 * 3 + 16 * 4 + 32 * 5 + 64 * 6));
}

TEST(ChoiceAnswerForms, ATextIsOneTickAndAListIsASet) {
  const auto judge = checker(kPrimes);
  EXPECT_EQ(judge->check(SequenceAnswer{{"b", "a"}}, {}).credit, Ratio(1));
  const auto one = checker(R"(right { label { ru: "Волга" en: "Volga" } } wrong { label { ru: "Темза" } })");
  EXPECT_EQ(one->check(TextAnswer{"  Волга "}, {}).credit, Ratio(1));
  EXPECT_EQ(one->check(TextAnswer{"Темза"}, {}).credit, Ratio(0));
}

TEST(ChoiceAnswerForms, AnEmptyTextIsNoAnswerAndAnEmptySetIsOne) {
  const auto judge = checker(kPrimes);
  EXPECT_EQ(judge->check(TextAnswer{" "}, {}).status, Verdict::kNotAttempted);
  const Outcome empty = judge->check(ChoiceAnswer{}, {});
  EXPECT_EQ(empty.status, Verdict::kGraded);
  EXPECT_EQ(empty.answer_key, "∅");
  EXPECT_EQ(empty.feedback.front().id, "choice.empty");
}

TEST(ChoiceAnswerForms, AnotherShapeIsInvalid) {
  const auto judge = checker(kPrimes);
  EXPECT_EQ(judge->check(MappingAnswer{{{"a", "1"}}}, {}).status, Verdict::kInvalidInput);
  EXPECT_EQ(judge->check(FilesAnswer{}, {}).status, Verdict::kInvalidInput);
  EXPECT_EQ(judge->check(MisshapenAnswer{{"answer.nested", {}}}, {}).feedback.front().id, "answer.nested");
}

TEST(ChoiceInvalid, RepeatedAndUnknownOptionsAreNamedAndCostNothing) {
  const Outcome repeated = grade(kPrimes, {"a", "A"});
  EXPECT_EQ(repeated.status, Verdict::kInvalidInput);
  EXPECT_EQ(repeated.feedback.front(), (Message{"choice.repeated", {std::string("A")}}));
  const Outcome unknown = grade(kPrimes, {"a", "f"});
  EXPECT_EQ(unknown.status, Verdict::kInvalidInput);
  EXPECT_EQ(unknown.feedback.front(), (Message{"choice.unknown", {std::string("f"), std::string("a, b, c, d, e")}}));
  EXPECT_EQ(grade(kPrimes, {""}).status, Verdict::kInvalidInput);
  EXPECT_EQ(grade(kPrimes, {std::string("\xFF\x00", 2)}).status, Verdict::kInvalidInput);
}

TEST(ChoiceInvalid, AMegabyteOfTicksIsJudgedQuickly) {
  std::vector<std::string> ticks;
  for (int i = 0; i < 150'000; ++i) ticks.push_back(std::to_string(i));
  EXPECT_EQ(grade(kPrimes, ticks).status, Verdict::kInvalidInput);
  const Outcome open = grade(R"(right { id: "x" })", ticks);
  EXPECT_EQ(open.credit, Ratio(0));
  EXPECT_LE(open.answer_key.size(), 256U);
}

TEST(ChoiceOpen, WithoutWrongOptionsAnythingElseIsWrongNotInvalid) {
  const char* const settings = R"(right { label { ru: "b" } })";
  EXPECT_EQ(grade(settings, {"b"}).credit, Ratio(1));
  EXPECT_EQ(grade(settings, {"c"}).status, Verdict::kGraded);
  EXPECT_EQ(grade(settings, {"c"}).credit, Ratio(0));
  EXPECT_EQ(grade(settings, {"b", "c"}).credit, Ratio(0));
  EXPECT_EQ(grade(settings, {"c", "c"}).status, Verdict::kInvalidInput);
}

TEST(OptionIdsTest, AcceptsCaseAndDoublesOfOneLetter) {
  OptionIds latin;
  for (const char* id : {"a", "b", "c", "k"}) EXPECT_EQ(latin.add(id), std::nullopt);
  const std::pair<const char*, std::optional<std::size_t>> rows[] = {
      {"a", 0U}, {" B\t", 1U}, {"\u00A0c", 2U}, {"а", 0U}, {"А", 0U}, {"с", 2U}, {"С", 2U},  // Russian letters
      {"б", std::nullopt}, {"", std::nullopt}, {"ab", std::nullopt}};
  for (const auto& [typed, expected] : rows) EXPECT_EQ(latin.find(typed), expected) << typed;
}

TEST(OptionIdsTest, CaseNeverDecidesWhichOptionALetterMeans) {
  OptionIds latin;
  for (const char c : std::string("abcehkmnoptxy")) EXPECT_EQ(latin.add({c}), std::nullopt);
  OptionIds russian;
  for (const char* id : {"а", "б", "в", "е", "к", "м", "н", "о", "р", "с", "т", "у", "х", "ё"}) {
    EXPECT_EQ(russian.add(id), std::nullopt);
  }
  const std::pair<const char*, const char*> cyrillic[] = {{"А", "а"}, {"В", "в"}, {"Е", "е"}, {"К", "к"}, {"М", "м"}, {"Н", "н"},
                                                          {"О", "о"}, {"Р", "р"}, {"С", "с"}, {"Т", "т"}, {"У", "у"},
                                                          {"Х", "х"}, {"Ё", "ё"}};
  for (const auto& [capital, small] : cyrillic) {
    EXPECT_EQ(latin.find(capital), latin.find(small)) << small;
    EXPECT_TRUE(russian.find(small)) << small;
    EXPECT_EQ(russian.find(capital), russian.find(small)) << small;
  }
  for (const char c : std::string("ABCEHKMNOPTXY")) {
    EXPECT_EQ(russian.find({&c, 1}), russian.find(std::string(1, static_cast<char>(c - 'A' + 'a')))) << c;
  }
  for (const char* letter : {"в", "к", "м", "н", "т"}) EXPECT_EQ(latin.find(letter), std::nullopt) << letter;
  for (const char* letter : {"а", "е", "о", "р", "с", "у", "х"}) EXPECT_TRUE(latin.find(letter)) << letter;
}

TEST(OptionIdsTest, LatinBAndCyrillicVAreTwoOptions) {
  OptionIds ids;
  for (const char* id : {"b", "в"}) EXPECT_EQ(ids.add(id), std::nullopt);
  EXPECT_EQ(ids.find("B"), 0U);
  EXPECT_EQ(ids.find("В"), 1U);
  EXPECT_EQ(ids.find("в"), 1U);
}

TEST(OptionIdsTest, WhatPrintsNothingAndTheKindOfSpaceDoNotMatter) {
  OptionIds ids;
  for (const char* id : {"a", "Нижний Новгород", "\u200Bb"}) EXPECT_EQ(ids.add(id), std::nullopt);
  EXPECT_EQ(ids.find("a\u200B"), 0U);
  EXPECT_EQ(ids.find("\uFEFF\u00ADa"), 0U);
  EXPECT_EQ(ids.find("\u2009а\u2009"), 0U);
  EXPECT_EQ(ids.find("нижний\u2009\u00A0новгород"), 1U);
  EXPECT_EQ(ids.find("b"), 2U);
  EXPECT_EQ(ids.add("a\u2060"), 0U) << "the eye cannot tell it from a";
}

TEST(OptionIdsTest, LongerNamesDifferByCaseOnly) {
  OptionIds ids;
  EXPECT_EQ(ids.add("Москва"), std::nullopt);
  EXPECT_EQ(ids.find("москва"), 0U);
  EXPECT_EQ(ids.find("МОСКВА"), 0U);
  EXPECT_EQ(ids.find("Mосква"), std::nullopt);
}

TEST(ChoiceReport, EqualSetsShareAKeyInAnyOrderAndSpelling) {
  EXPECT_EQ(grade(kPrimes, {"b", "a"}).answer_key, "a|b");
  EXPECT_EQ(grade(kPrimes, {"A", " b"}).answer_key, "a|b");
}

TEST(ChoiceReport, TheFeedbackGivesNothingAwayAndTheTraceTellsAll) {
  const auto judge = checker(std::string(kPrimes) + "scoring: SCORING_RIGHT_MINUS_WRONG");
  const Outcome brief = judge->check(ChoiceAnswer{{"A"}}, {});
  EXPECT_THAT(brief.feedback, ElementsAre(Message{"choice.partial", {}}));
  EXPECT_THAT(brief.trace, IsEmpty());
  CheckContext explain;
  explain.explain = true;
  const Outcome full = judge->check(ChoiceAnswer{{"A"}}, explain);
  EXPECT_THAT(full.trace, ElementsAre(Message{"choice.typed", {std::string("A")}},
                                      Message{"choice.read_as", {std::string("A"), std::string("a")}},
                                      Message{"choice.right_ones", {std::string("a, b")}},
                                      Message{"choice.counts", {std::int64_t{1}, std::int64_t{2}, std::int64_t{0}}},
                                      Message{"choice.arithmetic", {std::string("right_minus_wrong"), std::string("(1 − 0)/2"), Ratio(1, 2)}}));
  EXPECT_EQ(full.credit, brief.credit);
}

TEST(ChoiceReport, EveryMessageHasBothLanguages) {
  for (const messages::Entry& entry : type().messages()) {
    EXPECT_FALSE(entry.ru.empty() || entry.en.empty()) << entry.id;
    if (!entry.id.starts_with("OT")) continue;
    EXPECT_FALSE(entry.hint_ru.empty() || entry.hint_en.empty() || entry.wrong.empty() || entry.right.empty()) << entry.id;
  }
}

TEST(ChoiceSpec, ProblemsNameTheirPlace) {
  const struct {
    const char* settings;
    const char* code;
  } rows[] = {
      {"", "OT190 "},
      {R"(right { id: "a" } wrong { id: "b" } wrong { id: "A" })", "OT192 wrong[1]"},
      {R"(right { id: "a" } wrong { id: "а" })", "OT192 wrong[0]"},
      {R"(right { id: " " })", "OT186 right[0]"},
      {R"(right { id: "a" } floor { num: 1 den: 2 })", "OT196 floor"},
      {R"(right { id: "a" } floor { num: -1 den: 2 })", "OT196 floor"},
      {R"(right { id: "a" } scoring: SCORING_RIGHT_MINUS_WRONG floor { num: -2 den: 1 })", "OT196 floor"},
      {R"(right { id: "a" } scoring: SCORING_RIGHT_MINUS_WRONG floor { num: -2 den: 0 })", "OT196 floor"},
      {R"(right { id: "a" } by_errors { num: 3 den: 2 })", "OT187 by_errors[0]"},
      {R"(right { id: "a" } by_errors { num: 1 den: -2 })", "OT187 by_errors[0]"},
      {R"(right { id: "a" } by_errors { num: 1 den: 2 } by_errors { num: 1 den: 1 })", "OT187 by_errors[1]"},
      {R"(right { id: "a" } wrong { id: "b" } scoring: SCORING_HALVES by_errors { num: 1 den: 2 })", "OT188 scoring"},
      {R"(right { id: "a" } scoring: SCORING_BY_ERRORS)", "OT188 scoring"},
  };
  for (const auto& row : rows) {
    const Made made = make(row.settings);
    EXPECT_EQ(made.checker, nullptr) << row.settings;
    EXPECT_THAT(codes(made), Contains(row.code)) << row.settings;
  }
}

TEST(ChoiceSpec, AllOptionsMayBeRight) {
  const Made made = make(R"(right { id: "a" } right { id: "b" } scoring: SCORING_PER_OPTION)");
  EXPECT_THAT(codes(made), ElementsAre("OT276 scoring"));
  ASSERT_NE(made.checker, nullptr);
  EXPECT_EQ(made.checker->check(ChoiceAnswer{{"a", "b"}}, {}).credit, Ratio(1));
  EXPECT_EQ(made.checker->check(ChoiceAnswer{{"a"}}, {}).credit, Ratio(1, 2));
  EXPECT_EQ(made.checker->check(ChoiceAnswer{{"a", "c"}}, {}).status, Verdict::kInvalidInput) << "those that are named are all";
}

TEST(ChoiceAnswers, SeveralOptionsInOneAreToldHowToBeWritten) {
  EXPECT_EQ(grade(kPrimes, {"a, b"}).feedback.front(),
            (Message{"choice.unknown_list", {std::string("a, b"), std::string("a, b, c, d, e"), std::string("a|b")}}));
  EXPECT_EQ(grade(kPrimes, {"a, x"}).feedback.front().id, "choice.unknown");
}

TEST(ChoiceAnswers, AMessageNeverShowsNothing) {
  const auto named = [](const char* typed) { return std::get<std::string>(grade(kPrimes, {typed}).feedback.front().args.front()); };
  EXPECT_EQ(named("x\u200B"), "x");
  EXPECT_EQ(named("\u200B"), "⟨U+200B⟩");
  EXPECT_EQ(named("\u3164"), "⟨U+3164⟩");
  EXPECT_EQ(named(""), "∅");
  EXPECT_EQ(grade(kPrimes, {"a\u200B", "b\u00AD"}).credit, Ratio(1));
  EXPECT_EQ(checker(kPrimes)->check(TextAnswer{"\u200B"}, {}).status, Verdict::kNotAttempted);
}

TEST(ChoiceSpec, TooManyOptionsAndUnknownRulesAreRefused) {
  v1::ChoiceSettings settings;
  for (int i = 0; i < 401; ++i) settings.add_wrong()->set_id(std::to_string(i));
  EXPECT_THAT(codes(type().make(settings, {})), ElementsAre("OT177 "));
  v1::ChoiceSettings later;
  later.add_right()->set_id("a");
  later.set_scoring(static_cast<v1::ChoiceSettings::Scoring>(99));
  EXPECT_THAT(codes(type().make(later, {})), ElementsAre("OT177 "));
}

TEST(ChoiceSpec, ADenominatorThatIsTooFineIsSaidSo) {
  v1::ChoiceSettings settings;
  for (int i = 0; i < 100; ++i) settings.add_right()->set_id("r" + std::to_string(i));
  for (int i = 0; i < 100; ++i) settings.add_wrong()->set_id("w" + std::to_string(i));
  settings.set_scoring(v1::ChoiceSettings::SCORING_COVERAGE);
  const Made made = type().make(settings, {});
  ASSERT_NE(made.checker, nullptr);
  EXPECT_GT(made.checker->credit_denominator(), 1'000'000'000'000);
}

}  // namespace
}  // namespace otmetka::checkers::choice
