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
  EXPECT_EQ(codes(make(R"(answer: "3 МВТ")")), "OT151@answer");
  EXPECT_EQ(codes(make(R"(answer: "3 МВт" accept { value: "5 МВТ" })")), "OT151@accept[0].value");
  EXPECT_EQ(codes(make(R"(answer: "3" unit_default: "МПА")")), "OT151@unit_default");
}

}  // namespace
}  // namespace otmetka::checkers::numeric
