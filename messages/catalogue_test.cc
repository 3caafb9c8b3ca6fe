#include "messages/catalogue.h"

#include <gtest/gtest.h>

namespace otmetka::messages {
namespace {

TEST(PluralForms, RussianPointsFollowTheirNumber) {
  const std::pair<std::int64_t, const char*> rows[] = {
      {0, "0 баллов"},   {1, "1 балл"},   {2, "2 балла"},   {4, "4 балла"},     {5, "5 баллов"},    {11, "11 баллов"},
      {12, "12 баллов"}, {21, "21 балл"}, {22, "22 балла"}, {111, "111 баллов"}, {101, "101 балл"}, {-1, "-1 балл"}};
  for (const auto& [n, expected] : rows) {
    const Arg args[] = {n};
    EXPECT_EQ(fill("{0} {0|балл|балла|баллов}", args, Language::kRussian), expected);
  }
}

TEST(PluralForms, EnglishHasOneAndOther) {
  const Arg one[] = {std::int64_t{1}};
  const Arg two[] = {std::int64_t{2}};
  EXPECT_EQ(fill("{0} {0|point|points}", one, Language::kEnglish), "1 point");
  EXPECT_EQ(fill("{0} {0|point|points}", two, Language::kEnglish), "2 points");
}

TEST(PluralForms, AFractionTakesTheFormOfFew) {
  const Arg half[] = {Ratio(1, 2)};
  EXPECT_EQ(fill("{0} {0|балл|балла|баллов}", half, Language::kRussian), "0,5 балла");
  EXPECT_EQ(fill("{0} {0|point|points}", half, Language::kEnglish), "0.5 points");
}

TEST(Fill, ThirdsStayExactAndBracesCanBeWritten) {
  const Arg third[] = {Ratio(2, 3)};
  EXPECT_EQ(fill("{{{0}", third, Language::kRussian), "{2/3");
}

TEST(Fill, ANumberThatComesAsATextHasTheMarkOfTheLanguage) {
  const Arg args[] = {std::string("-6.02e23"), Ratio(1, 2), std::string("v. 2.0")};
  EXPECT_EQ(fill("{0#} {1#} {2#} {0}", args, Language::kRussian), "-6,02e23 0,5 v. 2.0 -6.02e23");
  EXPECT_EQ(fill("{0#} {1#}", args, Language::kEnglish), "-6.02e23 0.5");
}

TEST(Fill, AnArgumentIsNeverReadAsATemplate) {
  const Arg hostile[] = {std::string("{0}{0|a|b}")};
  EXPECT_EQ(fill("<{0}>", hostile, Language::kEnglish), "<{0}{0|a|b}>");
}

TEST(Fill, AMissingArgumentShowsItsSlotInsteadOfCrashing) {
  EXPECT_EQ(fill("a {3} b", {}, Language::kEnglish), "a {3} b");
  EXPECT_EQ(fill("open {0", {}, Language::kEnglish), "open ");
}

TEST(CatalogueTest, AnUnknownIdIsRenderedNotLost) {
  const Catalogue empty({});
  EXPECT_EQ(empty.render({"kind.gone", {std::string("x"), std::int64_t{3}}}, Language::kRussian), "kind.gone x 3");
}

TEST(CatalogueTest, ATeachersWordsFallBackToTheOtherLanguage) {
  const Catalogue empty({});
  EXPECT_EQ(empty.render({"say", {std::string("Да"), std::string("Yes")}}, Language::kEnglish), "Yes");
  EXPECT_EQ(empty.render({"say", {std::string("Да"), std::string()}}, Language::kEnglish), "Да");
}

}  // namespace
}  // namespace otmetka::messages
