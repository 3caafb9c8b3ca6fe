// How answers are written at school, and what may stand after a number where no unit is wanted.
#include <array>

#include "checkers/numeric/messages.h"
#include "checkers/numeric/numeric_test_support.h"
#include "messages/catalogue.h"

namespace otmetka::checkers::numeric {
namespace {

TEST(NumericWritten, ADivisionSignIsAFraction) {
  expect_all(R"(answer: "1/3")", {{"1÷3", "1 answer"}, {"1 ÷ 3", "1 answer"}});
  expect_all(R"(answer: "6")", {{"6÷2", "0 (numeric.wrong)"}, {"6 ÷ м", "INVALID_INPUT (numeric.trailing)"}});
  expect_all(R"(answer: "72 км/ч")", {{"72 км÷ч", "1 answer"}});
}

TEST(NumericWritten, WhereNoUnitIsWantedOnlyAUnitOrAWordMayFollow) {
  for (const char* answer : {"7 яблок", "7 яблок.", "7 шт.", "7 м", "7 км/ч", "7 руб.", "7 $", "7°", "7 1/с", "7 apples", "7 КМ/Ч"}) {
    expect_all(R"(answer: "7")", {{answer, "1 answer"}});
  }
  for (const char* answer : {"7π", "7i", "7x", "7e", "7/м", "7 /с", "7k", "7к", "7 или восемь", "7 не уверен", "7 не", "7 and", "7пи",
                             "7 pi", "7πr", "7 аб2", "7 сотен", "7 dozen", "7 (яблок)", "7 a*b"}) {
    const Outcome outcome = check(R"(answer: "7")", answer);
    EXPECT_EQ(told(outcome), "INVALID_INPUT (numeric.extra_unread)") << answer;
    EXPECT_FALSE(consumes_attempt(outcome.status));
  }
  EXPECT_EQ(check(R"(answer: "7")", "7π.").feedback.front(), (Message{"numeric.extra_unread", {std::string("π.")}}));
  EXPECT_EQ(check(R"(answer: "7")", "7π", "ru", true).trace.back().id, "numeric.extra_unread");
  expect_all(R"(answer: "7" reject { value: "8 x" tag: "x" } reject { value: "7 y" })",
             {{"8x", "0 reject[0] #x (numeric.rejected)"},
              {"9x", "INVALID_INPUT (numeric.extra_unread)"},
              {"7y", "INVALID_INPUT (numeric.extra_unread)"}});
}

TEST(NumericWritten, ThousandsAreAFactorWhateverFollowsThem) {
  for (const char* answer : {"1,5 тыс.", "1,5 тыс. руб", "1,5 тыс. руб.", "1,5 тыс яблок", "1,5 тысячи рублей", "0,0015 млн чел."}) {
    expect_all(R"(answer: "1500")", {{answer, "1 answer"}});
    expect_all(R"(answer: "1.5")", {{answer, "0 (numeric.wrong)"}});
  }
  expect_all(R"(answer: "1.5")", {{"1,5к", "INVALID_INPUT (numeric.extra_unread)"}, {"1.5k", "INVALID_INPUT (numeric.extra_unread)"}});
  expect_all(R"(answer: "1500 руб")", {{"1,5 тыс. руб", "1 answer"}, {"1,5 тыс.", "0 answer (numeric.unit_missing)"}});
  expect_all(R"(answer: "1500 руб" unit_default: "руб")", {{"1,5 тыс.", "1 answer"}, {"1,5 тыс", "1 answer"}, {"1500", "1 answer"}});
  expect_all(R"(answer: "1500 чел.")", {{"1,5 тыс. человек", "1 answer"}, {"1,5 тыс. яблок", "0 (numeric.unit_unknown)"}});
  expect_all(R"(answer: "1.5 млн")", {{"1,5 млн", "1 answer"}, {"1500 тыс.", "1 answer"}});
  expect_all(R"(answer: "1500000")", {{"1.5 mln", "1 answer"}, {"0.0015 bn people", "1 answer"}}, "en");
  expect_all(R"(answer: "1500")", {{"1,5 тыс. x", "INVALID_INPUT (numeric.extra_unread)"}});
}

TEST(NumericWritten, ASmallBIsABitAndACapitalBAByte) {
  expect_all(R"(answer: "2 Мбайт")", {{"2 Mb", "0 (numeric.wrong)"}, {"2 MB", "1 answer"}, {"16 Mb", "1 answer"},
                                      {"2 mb", "AMBIGUOUS (numeric.ambiguous_unit)"}});
  expect_all(R"(answer: "8 бит")", {{"8 b", "1 answer"}, {"1 B", "1 answer"}, {"8 B", "0 (numeric.wrong)"}});
}

TEST(NumericWritten, SchoolAbbreviationsOfUnits) {
  for (const char* answer : {"1961 г.", "1961 г", "1961 году", "1961 года", "1961 год"}) {
    expect_all(R"(answer: "1961 год")", {{answer, "1 answer"}});
  }
  expect_all(R"(answer: "5 кг")", {{"5000 г", "1 answer"}, {"5000 г.", "1 answer"}});
  for (const char* answer : {"12 чел.", "12 человек", "12 чел"}) expect_all(R"(answer: "12 чел.")", {{answer, "1 answer"}});
  expect_all(R"(answer: "12 чел.")", {{"12 яблок", "0 answer (numeric.unit_unknown)"}});
  for (const char* answer : {"760 мм ртутного столба", "760 мм рт. ст.", "760 миллиметров ртутного столба"}) {
    expect_all(R"(answer: "760 мм рт. ст.")", {{answer, "1 answer"}});
  }
  for (const char* answer : {"36,6 град", "36,6 град.", "36,6 градусов", "36,6 градуса", "36,6°"}) {
    expect_all(R"(answer: "36.6 °C ± 0.01")", {{answer, "1 answer"}});
    expect_all(R"(answer: "36.6° ± 0.01")", {{answer, "1 answer"}});
    expect_all(R"(answer: "36.6 К ± 0.01")", {{answer, "0 answer (numeric.unit_wrong)"}});
  }
  for (const char* answer : {"15 проц.", "15 процентов", "15 проц"}) expect_all(R"(answer: "15%")", {{answer, "1 answer"}});
  expect_all(R"(answer: "2.5 ч")", {{"2.5 hrs", "1 answer"}, {"150 mins", "1 answer"}}, "en");
  expect_all(R"(answer: "70 кг")", {{"70kgs", "1 answer"}}, "en");
  expect_all(R"(answer: "60 mph")", {{"60 mi/h", "1 answer"}, {"60 mph", "1 answer"}}, "en");
}

TEST(NumericWritten, MarksAtTheEndALetterInFrontAndABracketAroundSayNothing) {
  for (const char* answer : {"2,5;", "2,5,", "2,5.", "2,5 ;", "x=2,5", "x = 2,5", "х=2,5", "(2,5)", "x = (2,5)", " x = 2,5. "}) {
    expect_all(R"(answer: "2.5")", {{answer, "1 answer"}});
  }
  expect_all(R"(answer: "-7")", {{"(-7)", "1 answer"}, {"(−7)", "1 answer"}, {"x=-7", "1 answer"}});
  expect_all(R"(answer: "20 м/с")", {{"v = 20 м/с", "1 answer"}, {"(20 м/с)", "1 answer"}});
  for (const char* answer : {"7!", "7?", "=7", "xy=7", "x=y=7", "((7))", "(7)(7)", "(7", "7)", "(7)²", "2x=14", "x≠7", "x=", "()", ";"}) {
    EXPECT_EQ(check(R"(answer: "7")", answer).status, Verdict::kInvalidInput) << answer;
  }
  EXPECT_EQ(codes(make(R"(answer: "x = 5")")), "OT150@answer");
}

TEST(NumericWritten, LongAndSmallNumbersHaveTheMarkOfTheLanguage) {
  const messages::Catalogue catalogue(std::initializer_list<std::span<const messages::Entry>>{entries()});
  for (const auto& [answer, ru, en] : std::initializer_list<std::array<const char*, 3>>{
           {"2,0000001", "прочитано как 2,0000001: «,» отделяет дробную часть", "read as 2.0000001: “,” is the decimal mark"},
           {"6,02e23", "прочитано как 6,02e23: «,» отделяет дробную часть", "read as 6.02e23: “,” is the decimal mark"}}) {
    const Outcome outcome = check(R"(answer: "2")", answer, "ru", true);
    EXPECT_EQ(catalogue.render(outcome.trace.at(1), messages::Language::kRussian), ru);
    EXPECT_EQ(catalogue.render(outcome.trace.at(1), messages::Language::kEnglish), en);
  }
}

TEST(NumericWritten, AToleranceIsOneThing) {
  EXPECT_EQ(codes(make(R"(answer: "9.8" tolerance { text: "9,75; 9,85" })")), "OT152@tolerance.text");
  EXPECT_EQ(codes(make(R"(answer: "9.8" tolerance { text: "0.1 | 1%" })")), "OT152@tolerance.text");
  EXPECT_EQ(codes(make(R"(answer: "9.8 ± 0.1; 1%")")), "OT152@answer");
  EXPECT_EQ(codes(make(R"(answer: "9.8 ± 0.1" tolerance { text: "0.1" })")), "OT195@tolerance");
  EXPECT_EQ(codes(make(R"(answer: "9.8" tolerance { text: "1" abs: "1" })")), "OT195@tolerance");
}

TEST(NumericWritten, TheSidesOfAToleranceAreOneThingEach) {
  struct Row { std::string spec, problems; };
  for (const Row& row : {Row{R"(answer: "9 м" tolerance { rel: "5 см" })", "OT641@tolerance.rel"},
                         Row{R"(answer: "9 м" tolerance { rel: "1% or 3" })", "OT641@tolerance.rel"},
                         Row{R"(answer: "9 м" tolerance { rel: "3 sig" })", "OT641@tolerance.rel"},
                         Row{R"(answer: "9 м" tolerance { rel: "-1%" })", "OT641@tolerance.rel"},
                         Row{R"(answer: "9 м" tolerance { abs: "1%" })", "OT641@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "5 or 50%" })", "OT641@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "5 или 3" })", "OT641@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "exact" })", "OT641@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "[8; 10]" })", "OT641@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "1 кг" })", "OT153@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "1,234" })", "OT151@tolerance.abs"},
                         Row{R"(answer: "9 м" tolerance { abs: "1%" rel: "5 см" })", "OT641@tolerance.abs OT641@tolerance.rel"}}) {
    EXPECT_EQ(codes(make(row.spec)), row.problems) << row.spec;
  }
}

TEST(NumericWritten, TheSidesOfAToleranceMeanEither) {
  expect_all(R"(answer: "200" tolerance { abs: "1" rel: "1%" })", {{"202", "1 answer"}, {"203", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "10 м" tolerance { abs: "±100 см" rel: "0.01" })", {{"11 м", "1 answer"}, {"11,1 м", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "200" tolerance { rel: "1/100" })", {{"202", "1 answer"}, {"202,1", "0 (numeric.wrong)"}});
}

TEST(NumericWritten, APercentageMayBeOffByPoints) {
  expect_all(R"(answer: "50%" tolerance { abs: "1%" })",
             {{"51%", "1 answer"}, {"0,49", "1 answer"}, {"51,1%", "0 (numeric.wrong)"}, {"48,9%", "0 (numeric.wrong)"}});
  expect_all(R"(answer: "50%" tolerance { rel: "1%" })", {{"50,5%", "1 answer"}, {"51%", "0 (numeric.wrong)"}});
}

TEST(NumericWritten, ANumberInTheOtherNotationIsToldHowToBeWritten) {
  const auto first = [](const std::string& spec) { return make(spec).problems.at(0).message; };
  EXPECT_EQ(first(R"(answer: "9.8" notation: NOTATION_COMMA)"),
            (Message{"OT642", {std::string("9.8"), std::string("comma"), std::string("9,8")}}));
  EXPECT_EQ(first(R"(answer: "1.234,5" notation: NOTATION_POINT)"),
            (Message{"OT642", {std::string("1.234,5"), std::string("point"), std::string("1,234.5")}}));
  EXPECT_EQ(codes(make(R"(answer: "9,8" tolerance { text: "0.05" } notation: NOTATION_COMMA)")), "OT642@tolerance.text");
  EXPECT_EQ(codes(make(R"(answer: "девять" notation: NOTATION_COMMA)")), "OT150@answer");
}

TEST(NumericWritten, AToleranceThatTakesZeroInIsWarnedOf) {
  struct Doubtful { std::string spec, problems; };
  for (const Doubtful& row : {Doubtful{R"(answer: "12%" tolerance { text: "1" })", "OT256@tolerance.text"},
                              Doubtful{R"(answer: "12%" tolerance { text: "1%" })", ""},
                              Doubtful{R"(answer: "5 ± 5")", "OT256@answer"},
                              Doubtful{R"(answer: "-5 ± 5.5")", "OT256@answer"},
                              Doubtful{R"(answer: "5 ± 4.99")", ""},
                              Doubtful{R"(answer: "5 м ± 1%")", ""},
                              Doubtful{R"(answer: "5 м" tolerance { text: "500 см" })", "OT256@tolerance.text"},
                              Doubtful{R"(answer: "5" tolerance { rel: "1" })", "OT256@tolerance.rel"},
                              Doubtful{R"(answer: "0 ± 1")", ""},
                              Doubtful{R"(answer: "1 °C ± 2")", ""}}) {  // its zero is a point like others
    EXPECT_EQ(codes(make(row.spec)), row.problems) << row.spec;
  }
}

TEST(NumericWritten, AnEntryThatTheAnswerItselfHidesHasAnExampleBesideIt) {
  for (const std::string spec : {R"(answer: "5 ± 1" reject { value: "5" })",
                                 R"(answer: "5" tolerance { text: "10%" } reject { value: "5" })",
                                 R"(answer: "5 ± 1" accept { value: "5" score { num: 1 den: 2 } })"}) {
    const Made made = make(spec);
    ASSERT_NE(made.checker, nullptr) << spec;
    const Entry entry = made.checker->entries().back();
    ASSERT_TRUE(entry.example) << spec;
    EXPECT_EQ(made.checker->check(*entry.example, {}).rule_id, entry.rule_id) << std::get<TextAnswer>(*entry.example).text;
  }
  const Made never = make(R"(answer: "5" reject { value: "5" })");
  const Entry hidden = never.checker->entries().back();
  EXPECT_EQ(never.checker->check(*hidden.example, {}).rule_id, "answer");
}

}  // namespace
}  // namespace otmetka::checkers::numeric
