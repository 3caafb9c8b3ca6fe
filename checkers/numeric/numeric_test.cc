// The rules of numbers, one by one. What is read how: number_parser_test.cc; units: units_test.cc.
#include "checkers/numeric/numeric.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <thread>
#include <vector>

#include "checkers/numeric/messages.h"
#include "checkers/numeric/number_parser.h"
#include "checkers/numeric/numeric.pb.h"
#include "checkers/numeric/numeric_test_support.h"

namespace otmetka::checkers::numeric {
namespace {

const std::string kGravity = R"(
  answer: "9.8 м/с²" tolerance { text: "0.05" } unit { missing { num: 1 den: 2 } wrong { num: 0 den: 1 } }
  accept { value: "10 м/с²" score { num: 1 den: 2 } say { ru: "Слишком грубо: нужен один знак после запятой." } }
  reject { value: "-9.8 м/с²" tag: "sign" say { ru: "Модуль ускорения не бывает отрицательным." } })";

TEST(Numeric, JudgesTheGravityItemOfTheDesign) {
  expect_all(kGravity, {{"9,8 м/с²", "1 answer"},
                        {"980 см/с²", "1 answer"},
                        {"9,8", "1/2 answer (numeric.unit_missing)"},
                        {"10 м/с²", "1/2 accept[0] (say)"},
                        {"−9,8 м/с²", "0 reject[0] #sign (say)"},
                        {"девять", "INVALID_INPUT (numeric.not_a_number)"},
                        {"9.8 m/s^2", "1 answer"},
                        {"9,85 м/с²", "1 answer"},
                        {"9,86 м/с²", "0 (numeric.wrong)"},
                        {"35,28 км/(ч·с)", "1 answer"},
                        {"9,8 м/с", "0 answer (numeric.unit_wrong)"},
                        {"9,8 попугаев", "0 answer (numeric.unit_unknown)"},
                        {"-9,8", "0 reject[0] #sign (say)"},
                        {"10", "1/4 accept[0] (say) (numeric.unit_missing)"},
                        {"12 м/с²", "0 (numeric.wrong)"},
                        {"", "NOT_ATTEMPTED"},
                        {" \t ", "NOT_ATTEMPTED"}});
}

TEST(Numeric, TheSameVerdictForAllReadingsIsFineOtherwiseItIsAmbiguous) {
  expect_all(R"(answer: "1234")", {{"1,234", "AMBIGUOUS (numeric.ambiguous)"}, {"1 234", "1 answer"}, {"1.234,0", "1 answer"}}, "");
  expect_all(R"(answer: "1.234")", {{"1,234", "AMBIGUOUS (numeric.ambiguous)"}, {"1.234", "1 answer"}}, "");
  expect_all(R"(answer: "[1; 2000]")", {{"1,234", "1 answer"}}, "");
  expect_all(R"(answer: "5")", {{"1,234", "0 (numeric.wrong)"}}, "");
  expect_all(R"(answer: "1234")", {{"1,234", "0 (numeric.wrong)"}}, "ru");
  expect_all(R"(answer: "1234")", {{"1,234", "1 answer"}}, "en");
  expect_all(R"(answer: "5" reject { value: "1234" tag: "t" })", {{"1,234", "AMBIGUOUS (numeric.ambiguous)"}}, "");
}

TEST(Numeric, AnAmbiguousAnswerShowsItsReadingsAndUsesUpNoAttempt) {
  const Outcome outcome = check(R"(answer: "1234")", "1,234", "");
  EXPECT_EQ(outcome.feedback.front(), (Message{"numeric.ambiguous", {Ratio(617, 500), Ratio(1234)}}));
  EXPECT_FALSE(consumes_attempt(outcome.status));
  EXPECT_EQ(outcome.answer_key, "1.234 | 1234");
  EXPECT_EQ(outcome.value, nullptr);
}

TEST(Numeric, NotationNarrowsTheReadings) {
  expect_all(R"(answer: "1,234" notation: NOTATION_COMMA)", {{"1,234", "1 answer"}, {"1.234", "0 (numeric.wrong)"}}, "en");
  expect_all(R"(answer: "1,234" notation: NOTATION_POINT)", {{"1,234", "1 answer"}, {"1234", "1 answer"}}, "ru");
  expect_all(R"(answer: "1,5" notation: NOTATION_COMMA)", {{"1.5", "INVALID_INPUT (numeric.grouping)"}}, "");
}

TEST(Numeric, ValuesAreExact) {
  expect_all(R"(answer: "-11.7 ± 0.02")", {{"-11.72", "1 answer"}, {"−11,68", "1 answer"}, {"-11,7200000000000000001", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "0.3")", {{"3/10", "1 answer"}, {"30%", "1 answer"}, {"3e-1", "1 answer"}, {"0,30000000000000004", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "1/3")", {{"2/6", "1 answer"}, {"0,333333333333", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "6.02·10^23 1/моль" tolerance { text: "1%" })",
             {{"6,02214076e23 моль^-1", "1 answer"}, {"602000000000000000000000 1/моль", "1 answer"}, {"6e22 1/моль", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "1e400")", {{"1e400", "1 answer"}, {"1e399", "0 (numeric.wrong)"}, {"1e401", "INVALID_INPUT (numeric.exponent)"}});
}

TEST(Numeric, PercentIsAShare) {
  expect_all(R"(answer: "50%")", {{"0,5", "1 answer"}, {"1/2", "1 answer"}, {"50", "0 (numeric.wrong)"}, {"50 %", "1 answer"}});
}

TEST(Numeric, RejectBeatsAcceptBeatsTheAnswerUnlessTheAnswerIsMetExactly) {
  const std::string spec = R"(answer: "10" tolerance { text: "1" } accept { value: "10.5" score { num: 1 den: 2 } }
                              reject { value: "11" tag: "eleven" })";
  expect_all(spec, {{"10", "1 answer"},                              // also within 1 of the reject entry
                    {"10,5", "0 reject[0] #eleven (numeric.rejected)"},
                    {"9,6", "1/2 accept[0] (numeric.partial)"},
                    {"9,4", "1 answer"},
                    {"11,9", "0 reject[0] #eleven (numeric.rejected)"},
                    {"12,1", "0 (numeric.wrong)"}});
}

TEST(Numeric, AnExactHitGoesBeforeAnEarlierEntryThatIsOnlyNear) {
  const std::string spec = R"(answer: "0" accept { value: "10 ± 1" score { num: 1 den: 4 } } accept { value: "10.5" score { num: 1 den: 2 } })";
  expect_all(spec, {{"10,5", "1/2 accept[1] (numeric.partial)"}, {"10,6", "1/4 accept[0] (numeric.partial)"}});
}

TEST(Numeric, EntriesInheritTheTolerance) {
  expect_all(R"(answer: "5.00" tolerance { text: "3 sig" } reject { value: "0.2" tag: "inverse" })",
             {{"5,00", "1 answer"}, {"0,200", "0 reject[0] #inverse (numeric.rejected)"}, {"5", "0 (numeric.figures)"}});
}

TEST(Numeric, ARangeCanBeTheAnswerTheToleranceOrAnEntry) {
  const std::initializer_list<Row> rows = {{"9,75 м", "1 answer"}, {"984 см", "1 answer"}, {"9,85 м", "0 (numeric.wrong)"}};
  expect_all(R"(answer: "[9.75; 9.85) м")", rows);
  expect_all(R"(answer: "9.8 м" tolerance { text: '[9.75; 9.85)' })", rows);
  expect_all(R"(answer: "5" reject { value: '(-∞; 0)' tag: "negative" })",
             {{"-7", "0 reject[0] #negative (numeric.rejected)"}, {"0", "0 (numeric.wrong)"}});
}

TEST(Numeric, ToleranceIsInTheUnitOfTheKey) {
  expect_all(R"(answer: "2 м" tolerance { text: "5 см" })", {{"205 см", "1 answer"}, {"2,051 м", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "20 °C ± 1")", {{"294,15 К", "1 answer"}, {"69,8 °F", "1 answer"}, {"21.01 °C", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "2 м" tolerance { abs: "5 см" rel: "1%" })", {{"2,05 м", "1 answer"}, {"2.07 м", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "200" tolerance { rel: "0.01" })", {{"202", "1 answer"}, {"202.1", "0 (numeric.wrong)"}});
}

TEST(Numeric, AUnitMissingOrWrongCostsWhatTheSpecSays) {
  expect_all(R"(answer: "5 м")", {{"5", "0 answer (numeric.unit_missing)"}, {"5 кг", "0 answer (numeric.unit_wrong)"}});
  expect_all(R"(answer: "5 м" unit { required: false })", {{"5", "1 answer (numeric.unit_missing)"}});
  expect_all(R"(answer: "5 м" unit { wrong { num: 1 den: 4 } })",
             {{"5 кг", "1/4 answer (numeric.unit_wrong)"}, {"6 кг", "0 (numeric.unit_wrong)"}, {"5 см", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "5 м" unit_default: "м")", {{"5", "1 answer"}, {"500 см", "1 answer"}});
  expect_all(R"(answer: "5 м" unit_default: "см")", {{"500", "1 answer"}, {"5", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "72" unit_default: "км/ч")", {{"20 м/с", "1 answer"}, {"72", "1 answer"}});
}

TEST(Numeric, AUnitWhereNoneIsWanted) {
  expect_all(R"(answer: "5")", {{"5 яблок", "1 answer"}, {"5 м", "1 answer"}, {"5 рад", "1 answer"}});
  expect_all(R"(answer: "5" unit { extra { num: 1 den: 2 } })", {{"5 м", "1/2 answer (numeric.unit_extra)"}});
  expect_all(R"(answer: "3000000")", {{"3 млн", "1 answer"}, {"3000 тыс.", "1 answer"}});
}

TEST(Numeric, AWordCanBeTheUnit) {
  expect_all(R"(answer: "5 яблок" unit { missing { num: 1 den: 2 } })",
             {{"5 Яблок", "1 answer"}, {"5", "1/2 answer (numeric.unit_missing)"}, {"5 груш", "0 answer (numeric.unit_unknown)"}});
  EXPECT_EQ(codes(make(R"(answer: "5 яблок")")), "OT251@answer");
}

TEST(Numeric, AnEntryCanBeOfAnotherQuantity) {
  expect_all(R"(answer: "2 м/с²" reject { value: "20 м/с" tag: "speed" say { ru: "Это скорость." } })",
             {{"20 м/с", "0 reject[0] #speed (say)"}, {"72 км/ч", "0 reject[0] #speed (say)"}, {"20 м/с²", "0 (numeric.wrong)"},
              {"20", "0 (numeric.wrong)"}});
}

TEST(Numeric, SloppySpellingsOfAUnitFollowTheKey) {
  expect_all(R"(answer: '4200 Дж/(кг·К)')", {{"4200 Дж/кг·К", "1 answer"}, {"4,2 кДж/(кг·°C)", "1 answer"}});
  expect_all(R"(answer: "5 Н")", {{"5 H", "1 answer"}, {"0,005 кН", "1 answer"}});
}

std::shared_ptr<const Quantity> quantity(std::string_view value, std::string_view unit) {
  return std::make_shared<Quantity>(Quantity{parse_number(value, Locale::kNone).all[0].value, parse_unit(unit)});
}

const std::string kTime = R"(answer: "= 360 / v" unit_default: "ч" tolerance { text: "0.01" } follow: "v")";

TEST(Numeric, AFormulaTakesTheKeysOfEarlierParts) {
  const Bindings keys = {{"v", quantity("72", "км/ч")}};
  MakeContext context;
  context.keys = &keys;
  const Made made = make(kTime, context);
  ASSERT_NE(made.checker, nullptr) << codes(made);
  EXPECT_EQ(*made.checker->key_value(), *quantity("5", "ч"));
  EXPECT_EQ(told(made.checker->check(TextAnswer{"5"}, {})), "1 answer");
  EXPECT_EQ(told(made.checker->check(TextAnswer{"300 мин"}, {})), "1 answer");
  EXPECT_EQ(told(made.checker->check(TextAnswer{"5.14"}, {})), "0 (numeric.wrong)");
}

TEST(Numeric, FollowThroughJudgesByTheLearnersOwnValue) {
  const Bindings keys = {{"v", quantity("72", "км/ч")}};
  MakeContext make_context;
  make_context.keys = &keys;
  const Made made = make(kTime, make_context);
  ASSERT_NE(made.checker, nullptr);
  struct Follow { std::shared_ptr<const Quantity> v; std::string_view answer, told; };
  for (const Follow& row : {Follow{quantity("70", "км/ч"), "5,14", "1 answer"},
                            Follow{quantity("70", ""), "5,14", "1 answer"},
                            Follow{quantity("20", "м/с"), "5", "1 answer"},         // 72 км/ч: magnitudes in the key's unit
                            Follow{quantity("70", "км/ч"), "5", "0 (numeric.wrong)"},
                            Follow{quantity("0", "км/ч"), "5", "1 answer"},         // no value: the key stays
                            Follow{quantity("70", "кг"), "5", "1 answer"},          // another quantity: the key stays
                            Follow{nullptr, "5", "1 answer"}}) {
    const Bindings follow = {{"v", row.v}, {"other", quantity("1", "")}};
    CheckContext context;
    context.locale = "ru";
    context.follow = &follow;
    EXPECT_EQ(told(made.checker->check(TextAnswer{std::string(row.answer)}, context)), row.told) << row.answer;
  }
}

TEST(Numeric, OnlyNamesInFollowAreReplaced) {
  const Bindings keys = {{"a", quantity("2", "")}, {"b", quantity("3", "")}};
  MakeContext make_context;
  make_context.keys = &keys;
  const Made made = make(R"(answer: "= a * b" follow: "a")", make_context);
  ASSERT_NE(made.checker, nullptr);
  const Bindings follow = {{"a", quantity("5", "")}, {"b", quantity("7", "")}};
  CheckContext context;
  context.follow = &follow;
  EXPECT_EQ(told(made.checker->check(TextAnswer{"15"}, context)), "1 answer");
}

TEST(Numeric, EqualAnswersHaveOneKey) {
  const auto key = [](std::string_view answer, const std::string& spec = kGravity) { return check(spec, answer).answer_key; };
  for (const std::string_view same : {"980 см/с²", "9,8 м/с²", "9.80 m/s^2", "49/5 м/с/с", " 9,8м/с2 "}) {
    EXPECT_EQ(key(same), "9.8 м/с^2") << same;
  }
  EXPECT_EQ(key("9,8"), "9.8");
  EXPECT_EQ(key("9,8 кг"), "9.8 кг");
  EXPECT_EQ(key("1/3"), "1/3");
  EXPECT_EQ(key("девять"), "девять");
  EXPECT_EQ(key("5", R"(answer: "5 ч" unit_default: "ч")"), "5 ч");
  EXPECT_LE(key("1e-400").size(), 256U);
  EXPECT_LE(key(std::string(1000, 'x')).size(), 256U);
}

TEST(Numeric, GivesTheLearnersValueInTheUnitOfTheKey) {
  EXPECT_EQ(*check(kGravity, "980 см/с²").value, *quantity("9.8", "м/с^2"));
  EXPECT_EQ(check(kGravity, "9,8").value->unit.kind, UnitKind::kNone);
  EXPECT_EQ(check(kGravity, "девять").value, nullptr);
}

TEST(Numeric, OtherShapesAreNoNumbers) {
  const Made made = make(R"(answer: "5")");
  for (const Answer& answer : {Answer(ChoiceAnswer{{"5"}}), Answer(MappingAnswer{}), Answer(SequenceAnswer{{"5"}}), Answer(FilesAnswer{}),
                               Answer(MisshapenAnswer{})}) {
    EXPECT_EQ(made.checker->check(answer, {}).status, Verdict::kInvalidInput);
  }
}

TEST(Numeric, TheTraceGoesFromWhatWasTypedToTheCredit) {
  const Outcome outcome = check(kGravity, "980\u00A0см/с²", "ru", true);
  std::vector<std::string> ids;
  for (const Message& step : outcome.trace) ids.push_back(step.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"numeric.typed", "numeric.normal", "numeric.read_plain", "numeric.converted",
                                           "numeric.met_exactly", "numeric.arithmetic"}));
  EXPECT_TRUE(check(kGravity, "9,8", "ru", false).trace.empty());
  EXPECT_EQ(check(kGravity, "девять", "ru", true).trace.front(), (Message{"numeric.typed", {std::string("девять")}}));
}

TEST(Numeric, EveryEntryHasAnExampleThatHitsIt) {
  const std::string specs[] = {
      kGravity,
      R"(answer: "9.80665 м/с²" tolerance { text: "3 sig" } accept { value: "9.8" score { num: 1 den: 2 } } reject { value: "981 м/с" })",
      R"(answer: "1/3" reject { value: "3" })",
      R"(answer: "2" tolerance { text: "2 dp" } reject { value: '(-∞; 0)' } accept { value: '[3; 4)' })",
      R"(answer: "1,234" notation: NOTATION_COMMA)",
      R"(answer: "6.02e23 1/моль ± 1%")",
      R"(answer: "20 °C ± 0.5" reject { value: "293.15" })"};
  for (const std::string& spec : specs) {
    const Made made = make(spec);
    ASSERT_NE(made.checker, nullptr) << spec;
    for (const Entry& entry : made.checker->entries()) {
      ASSERT_TRUE(entry.example) << spec << " " << entry.rule_id;
      for (const std::string_view locale : {"", "ru", "en"}) {
        CheckContext context;
        context.locale = locale;
        EXPECT_EQ(made.checker->check(*entry.example, context).rule_id, entry.rule_id)
            << spec << ": " << std::get<TextAnswer>(*entry.example).text;
      }
    }
  }
}

TEST(Numeric, TellsTheDenominatorOfItsCredits) {
  EXPECT_EQ(make(R"(answer: "5")").checker->credit_denominator(), 1);
  EXPECT_EQ(make(kGravity).checker->credit_denominator() % 4, 0);
  const Made made = make(R"(answer: "5 м" unit { missing { num: 1 den: 3 } } accept { value: "6" score { num: 1 den: 7 } })");
  EXPECT_EQ(made.checker->credit_denominator() % 21, 0);
}

TEST(NumericSpec, SaysWhatIsWrongAndWhere) {
  struct Bad { std::string spec, problems; };
  const Bad rows[] = {
      {R"(answer: "девять")", "OT150@answer"},
      {R"(answer: "")", "OT150@answer"},
      {R"(answer: "1,234")", "OT151@answer"},
      {R"(answer: "1,234 ± 1")", "OT151@answer"},
      {R"(answer: "9.8 ± много")", "OT152@answer"},
      {R"(answer: "9.8" tolerance { text: "примерно" })", "OT152@tolerance.text"},
      {R"(answer: "9.8 ± 0.1" tolerance { text: "0.1" })", "OT195@tolerance"},
      {R"(answer: "9.8" tolerance { text: "1" abs: "1" })", "OT195@tolerance"},
      {R"(answer: "[1; 2]" tolerance { text: "1" })", "OT195@tolerance"},
      {R"(answer: "72 км/ч" tolerance { text: "1 кг" })", "OT153@tolerance.text"},
      {R"(answer: "72 км/ч" unit_default: "кг")", "OT153@unit_default"},
      {R"(answer: "[2; 1]")", "OT154@answer"},
      {R"(answer: "= 360 / v")", "OT155@answer"},
      {R"(answer: "5" follow: "v")", "OT155@follow[0]"},
      {R"(answer: "= 1 + 1" follow: "v")", "OT155@follow[0]"},
      {R"(answer: "= 1 +")", "OT644@answer"},
      {R"(answer: "= 9^9^9")", "OT157@answer"},
      {R"(answer: "= 1 / 0")", "OT158@answer"},
      {R"(answer: "5" accept { value: "x" } reject { value: "1,234" })", "OT151@reject[0].value OT150@accept[0].value"},
      {R"(answer: "5" reject { value: "= 1" })", "OT156@reject[0].value"},
      {R"(answer: "5" accept { value: "6" score { num: 3 den: 2 } })", "OT137@accept[0].score"},
  };
  for (const Bad& row : rows) {
    const Made made = make(row.spec);
    EXPECT_EQ(codes(made), row.problems) << row.spec;
    EXPECT_EQ(made.checker, nullptr) << row.spec;
  }
}

TEST(NumericSpec, WarnsOfWhatIsProbablyAMistake) {
  struct Doubtful { std::string spec, problems; };
  const Doubtful rows[] = {
      {R"(answer: "3.14")", "OT250@answer"},
      {R"(answer: "3.14" tolerance { text: "0" })", "OT250@answer"},
      {R"(answer: "3.14" tolerance { text: "exact" })", ""},
      {R"(answer: "3.14 ± 0.01")", ""},
      {R"(answer: "3")", ""},
      {R"(answer: "9.8 мпс ± 0.1")", "OT251@answer"},
      {R"(answer: "5" reject { value: "5 бананов" })", "OT251@reject[0].value"},
      {R"(answer: "5" unit { missing { num: 1 den: 2 } })", "OT252@unit"},
  };
  for (const Doubtful& row : rows) {
    const Made made = make(row.spec);
    EXPECT_EQ(codes(made), row.problems) << row.spec;
    EXPECT_NE(made.checker, nullptr) << row.spec;
  }
}

TEST(NumericSpec, PointsIntoTheText) {
  const auto place = [](const std::string& spec) {
    const Problem problem = make(spec).problems.at(0);
    return std::pair(problem.offset, problem.length);
  };
  EXPECT_EQ(place(R"(answer: "= 360 / ! 2")"), std::pair(std::size_t{8}, std::size_t{1}));
  EXPECT_EQ(place(R"(answer: "= 360 / w")"), std::pair(std::size_t{8}, std::size_t{1}));
  EXPECT_EQ(place(R"x(answer: "= max(b; a)")x"), std::pair(std::size_t{6}, std::size_t{1}));  // b, the first unknown
  EXPECT_EQ(place(R"x(answer: "= 1 + max(a; 2)")x"), std::pair(std::size_t{10}, std::size_t{1})) << "not the a of max";
  EXPECT_EQ(place(R"(answer: "= 5 +")"), std::pair(std::size_t{4}, std::size_t{1}));
  EXPECT_EQ(place(R"(answer: "9.8 ± x")"), std::pair(std::size_t{7}, std::size_t{1}));
  EXPECT_EQ(place(R"(answer: "[1; x]")"), std::pair(std::size_t{4}, std::size_t{1}));
}

TEST(NumericMessages, AreThereInBothLanguages) {
  std::set<std::string_view> ids;
  for (const messages::Entry& entry : entries()) {
    EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
    EXPECT_FALSE(entry.ru.empty()) << entry.id;
    EXPECT_FALSE(entry.en.empty()) << entry.id;
    EXPECT_EQ(entry.hint_ru.empty(), entry.hint_en.empty()) << entry.id;
    EXPECT_EQ(entry.id.starts_with("OT"), !entry.wrong.empty() && !entry.right.empty()) << entry.id;
  }
  std::vector<Message> said;
  for (const std::string_view answer : {"9,8 м/с²", "9,8", "10", "-9,8 кг", "5 попугаев", "x", "5 и 6", "1,2,3", "1e500", "3/0", "\xFF",
                                        "1 3/4", "3/4 м/с²", "1 234,5", "1 234", "12345678901234567890123456789012345678901234567890123456789012345"}) {
    const Outcome outcome = check(kGravity, answer, "", true);
    said.insert(said.end(), outcome.feedback.begin(), outcome.feedback.end());
    said.insert(said.end(), outcome.trace.begin(), outcome.trace.end());
  }
  for (const Message& message : said) EXPECT_TRUE(message.id == "say" || ids.contains(message.id)) << message.id;
}

TEST(Numeric, MayBeAskedFromManyThreads) {
  const Made made = make(kGravity);
  std::vector<std::thread> threads;
  std::array<int, 4> right{};
  for (int& count : right) {
    threads.emplace_back([&made, &count] {
      for (int i = 0; i < 2000; ++i) count += made.checker->check(TextAnswer{"980 см/с²"}, {}).credit == Ratio(1) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, (std::array<int, 4>{2000, 2000, 2000, 2000}));
}

}  // namespace
}  // namespace otmetka::checkers::numeric
