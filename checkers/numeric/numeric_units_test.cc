// Units in answers and keys whose letters could mean two things. What one unit is in another: units_test.cc.
#include "checkers/numeric/numeric_test_support.h"

namespace otmetka::checkers::numeric {
namespace {

TEST(Numeric, AUnitWhoseCapitalsHideWhatItIsIsNeverGuessed) {
  expect_all(R"(answer: "2 Н·м")", {{"2 Нм", "1 answer"}, {"2 Nm", "1 answer"}, {"2 нм", "0 answer (numeric.unit_wrong)"}});
  expect_all(R"(answer: "2 нм")", {{"2 Н·м", "0 answer (numeric.unit_wrong)"}, {"2 НМ", "1 answer"}});
  expect_all(R"(answer: "72 км/ч")", {{"72 KM/H", "1 answer"}, {"72 КМ/Ч", "1 answer"}, {"20 M/S", "1 answer"}});
  expect_all(R"(answer: "3 МВт")", {{"3 МВТ", "AMBIGUOUS (numeric.ambiguous_unit)"}, {"3 MW", "1 answer"}, {"5 МВТ", "0 (numeric.wrong)"}});
  const Outcome outcome = check(R"(answer: "3 мм")", "3 ММ");
  EXPECT_EQ(told(outcome), "AMBIGUOUS (numeric.ambiguous_unit)");
  EXPECT_EQ(outcome.value, nullptr);
}

TEST(Numeric, AKeysUnitIsReadFromItsOwnLettersOrTold) {
  EXPECT_EQ(codes(make(R"(answer: "2 Нм")")), "");
  EXPECT_EQ(codes(make(R"(answer: "72 КМ/Ч")")), "OT253@answer");
  EXPECT_EQ(codes(make(R"(answer: "72 км/ч" accept { value: "20 M/S" })")), "OT253@accept[0].value");
  EXPECT_EQ(codes(make(R"(answer: "3 МВТ")")), "OT643@answer");
  EXPECT_EQ(codes(make(R"(answer: "3 МВт" accept { value: "5 МВТ" })")), "OT643@accept[0].value");
  EXPECT_EQ(codes(make(R"(answer: "3" unit_default: "МПА")")), "OT643@unit_default");
}

TEST(Numeric, WhereATemperatureIsAskedForCIsNoCoulomb) {
  for (const char* answer : {"20 C", "20 С", "20C", "20 C°", "20 С°", "20 °C", "20 °С", "20 ° C", "20 Celsius", "20 цельсия",
                             "20 градусов Цельсия", "20 градусов по Цельсию", "20 по Цельсию", "20 ° Цельсия", "20 degrees Celsius",
                             "20 град. Цельсия", "20 ℃"}) {
    expect_all(R"(answer: "20 °C")", {{answer, "1 answer"}});
    expect_all(R"(answer: "293.15 К" tolerance { text: "exact" })", {{answer, "1 answer"}});
  }
  expect_all(R"(answer: "20 °C")", {{"20 с", "0 answer (numeric.unit_wrong)"}, {"20 Кл", "0 answer (numeric.unit_wrong)"}});
  expect_all(R"(answer: "20 Кл")", {{"20 C", "1 answer"}});
  expect_all(R"(answer: "20 м")", {{"20 C", "0 answer (numeric.unit_wrong)"}});
  expect_all(R"(answer: "20 Дж/К")", {{"20 Дж/C", "0 answer (numeric.unit_wrong)"}});
}

TEST(Numeric, APowerMayBeWrittenAfterItsUnitInWords) {
  for (const char* answer : {"9,8 метров в секунду в квадрате", "9,8 метра в секунду в квадрате", "9,8 м/с в квадрате",
                             "9,8 metres per second squared", "980 см в секунду в квадрате"}) {
    expect_all(R"(answer: "9.8 м/с²" tolerance { text: "exact" })", {{answer, "1 answer"}});
  }
  expect_all(R"(answer: "5 м³")", {{"5 метров в кубе", "1 answer"},
                                   {"5 m cubed", "1 answer"},
                                   {"5 метров в квадрате", "0 answer (numeric.unit_wrong)"}});
  expect_all(R"(answer: "36 км/ч")", {{"36 км в час", "1 answer"}, {"36 км в квадрате", "0 answer (numeric.unit_wrong)"}});
}

TEST(Numeric, PercentMayBeWrittenAsAWord) {
  for (const char* answer : {"15%", "15 процентов", "15 процента", "15 Процент", "15 percent", "0,15"}) {
    expect_all(R"(answer: "15%")", {{answer, "1 answer"}});
    expect_all(R"(answer: "15 процентов")", {{answer, "1 answer"}});
  }
  expect_all(R"(answer: "15%")", {{"15 процентиков", "0 (numeric.wrong)"}, {"15", "0 (numeric.wrong)"}});
}

TEST(Numeric, AWrongUnitIsQuotedAsItWasTyped) {
  EXPECT_EQ(check(R"(answer: "5 м")", "5  Н·м²").feedback.front(), (Message{"numeric.unit_wrong", {std::string("Н·м²")}}));
  EXPECT_EQ(check(R"(answer: "5 м")", "5 попугаев.").feedback.front(), (Message{"numeric.unit_unknown", {std::string("попугаев.")}}));
  EXPECT_EQ(check(R"(answer: "3 мм")", "3 ММ").feedback.front(),
            (Message{"numeric.ambiguous_unit", {std::string("ММ"), std::string("Мм"), std::string("мм")}}));
}

TEST(Numeric, AnAmbiguousAnswersTraceSaysWhichReadingEachVerdictBelongsTo) {
  std::string all;
  for (const Message& step : check(R"(answer: "1234")", "1,234", "", true).trace) all += (all.empty() ? "" : " ") + step.id;
  EXPECT_EQ(all, "numeric.typed numeric.read_decimal numeric.read_groups numeric.as_reading numeric.not_met numeric.as_reading "
                 "numeric.met_exactly numeric.arithmetic numeric.ambiguous");
}

TEST(Numeric, SettingsThatMeanNothingAreWarnedOf) {
  EXPECT_EQ(codes(make(R"(answer: "0" tolerance { text: "1%" })")), "OT254@tolerance.text");
  EXPECT_EQ(codes(make(R"(answer: "0" tolerance { text: "3 sig" })")), "OT254@tolerance.text");
  EXPECT_EQ(codes(make(R"(answer: "0" tolerance { text: "0.1 or 1%" })")), "");
  EXPECT_EQ(codes(make(R"(answer: "5 ч" unit_default: "ч" unit { missing { num: 1 den: 2 } })")), "OT255@unit.missing");
}

}  // namespace
}  // namespace otmetka::checkers::numeric
