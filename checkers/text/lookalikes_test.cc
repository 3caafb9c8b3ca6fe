#include "checkers/text/lookalikes.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <string_view>

namespace otmetka::checkers::text {
namespace {

TEST(ScriptOf, IsTheScriptOfMostLetters) {
  struct Case {
    std::string_view key;
    Script script;
  };
  const Case cases[] = {
      {"Москва", Script::kCyrillic},     {"Moscow", Script::kLatin},
      {"Moсква", Script::kCyrillic},     // Latin M and o: the majority decides
      {"витамин C", Script::kCyrillic},  {"pH раствора", Script::kCyrillic},
      {"aб", Script::kCyrillic},         // a tie
      {"12", Script::kNone},             {"", Script::kNone},
      {"αβγ", Script::kNone},            {"ё", Script::kCyrillic},
      {"Ünïcödé", Script::kLatin},       {"\xFF\xFEА", Script::kCyrillic},
      {"×÷", Script::kNone},
  };
  for (const Case& c : cases) EXPECT_EQ(script_of(c.key), c.script) << c.key;
}

TEST(FoldLookalike, TellsCapitalsFromSmallLetters) {
  EXPECT_EQ(fold_lookalike(U'M', Script::kCyrillic), U'М');
  EXPECT_EQ(fold_lookalike(U'm', Script::kCyrillic), U'm');
  EXPECT_EQ(fold_lookalike(U'М', Script::kLatin), U'M');
  EXPECT_EQ(fold_lookalike(U'м', Script::kLatin), U'м');
  EXPECT_EQ(fold_lookalike(U'H', Script::kCyrillic), U'Н');
  EXPECT_EQ(fold_lookalike(U'h', Script::kCyrillic), U'һ');
  EXPECT_EQ(fold_lookalike(U'В', Script::kLatin), U'B');
  EXPECT_EQ(fold_lookalike(U'в', Script::kLatin), U'в');
}

TEST(FoldLookalike, KnowsTheLettersOfOtherCyrillicAlphabets) {
  const std::u32string_view cyrillic = U"іјѕһԁԛԝїәӕѵІЈЅԚԜЇӘӔѴ";
  const std::u32string_view latin = U"ijshdqwïəævIJSQWÏƏÆV";
  for (std::size_t i = 0; i < latin.size(); ++i) {
    EXPECT_EQ(fold_lookalike(cyrillic[i], Script::kLatin), latin[i]) << i;
    EXPECT_EQ(fold_lookalike(latin[i], Script::kCyrillic), cyrillic[i]) << i;
  }
}

TEST(FoldLookalike, LeavesTheTargetScriptAndOthersAlone) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    ASSERT_EQ(fold_lookalike(c, Script::kNone), c);
    const char32_t cyrillic = fold_lookalike(c, Script::kCyrillic);
    const char32_t latin = fold_lookalike(c, Script::kLatin);
    ASSERT_EQ(fold_lookalike(cyrillic, Script::kCyrillic), cyrillic);
    ASSERT_EQ(fold_lookalike(latin, Script::kLatin), latin);
    ASSERT_TRUE(cyrillic == c || latin == c) << "U+" << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(u_isupper(static_cast<UChar32>(c)), u_isupper(static_cast<UChar32>(cyrillic)));
  }
}

// What the idempotence of the whole pipeline rests on: see the header.
TEST(FoldLookalike, ChangesNothingMoreOnceTheCaseIsFolded) {
  for (const Script target : {Script::kLatin, Script::kCyrillic}) {
    for (char32_t c = 0; c < 0x530; ++c) {
      const auto folded = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(fold_lookalike(c, target)), U_FOLD_CASE_DEFAULT));
      if (c == U'ſ') continue;  // s is folded by the second round of the case step
      EXPECT_EQ(fold_lookalike(folded, target), folded) << "U+" << std::hex << static_cast<std::uint32_t>(c);
    }
  }
}

}  // namespace
}  // namespace otmetka::checkers::text
