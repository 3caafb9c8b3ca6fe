#include "checkers/program/excerpt.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::program {
namespace {

std::string times(int n, const std::string& text) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

TEST(Excerpt, ShowsWhatCannotBeSeen) {
  const std::pair<std::string, std::string> rows[] = {
      {"", ""},
      {"5 7", "5 7"},
      {"ответ", "ответ"},
      {"a\nb\r\n", "a␊b␍␊"},
      {std::string("\0\t\x1b[31m\x7f", 8), "␀␉␛[31m␡"},
      {"\xff\xfe", "\uFFFD\uFFFD"},
      {"a\xd0", "a\uFFFD"},
      {"\u202Eabc", "\uFFFDabc"},        // right to left
      {"\uFEFF5", "\uFFFD5"},            // byte order mark
      {"1\u200B2", "1\uFFFD2"},          // zero width
      {"\u009B31m", "\uFFFD31m"},        // the 8-bit control sequence
      {"😀", "😀"},
  };
  for (const auto& [bytes, text] : rows) EXPECT_EQ(excerpt(bytes), text);
}

TEST(Excerpt, IsCutAtACharacter) {
  EXPECT_EQ(excerpt(times(40, "a")), times(40, "a"));
  EXPECT_EQ(excerpt(times(41, "a")), times(40, "a") + "…");
  EXPECT_EQ(excerpt(times(40, "я")), times(40, "я"));
  EXPECT_EQ(excerpt(times(1000, "😀")), times(40, "😀") + "…");
  EXPECT_EQ(excerpt("a" + times(1000, "😀")), "a" + times(39, "😀") + "…");
  EXPECT_EQ(excerpt(times(1000, "\xff")), times(40, "\uFFFD") + "…");
}

TEST(ExcerptsOfDifference, ShowThePlace) {
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(excerpts_of_difference("abc", "abd", 2), Pair("abc", "abd"));
  const std::string forty = times(39, "a");
  EXPECT_EQ(excerpts_of_difference(forty + "b", forty + "c", 39), Pair(forty + "b", forty + "c"));
  const std::string long_text = times(1000, "a");
  EXPECT_EQ(excerpts_of_difference(long_text + "b", long_text, 1000), Pair("…" + times(15, "a") + "b", "…" + times(15, "a")));
  EXPECT_EQ(excerpts_of_difference("b" + long_text, long_text, 0), Pair("b" + times(39, "a") + "…", times(40, "a") + "…"));
  const std::string russian = times(100, "я");
  EXPECT_EQ(excerpts_of_difference(russian + "1", russian + "2", 200), Pair("…" + times(8, "я") + "1", "…" + times(8, "я") + "2"));
}

TEST(ExcerptOfMessage, KeepsLinesAndFitsTheRoom) {
  EXPECT_EQ(excerpt_of_message(" \n 1st words differ\r\n\t2nd \n\n", 1024), "1st words differ\n\t2nd");
  EXPECT_EQ(excerpt_of_message("\x1b[0m5", 1024), "␛[0m5");
  EXPECT_EQ(excerpt_of_message("", 10), "");
  EXPECT_EQ(excerpt_of_message(" \n", 10), "");
  EXPECT_EQ(excerpt_of_message("яяяяяя", 5), "яя");
  EXPECT_EQ(excerpt_of_message(times(9, "\x01"), 10), "␁␁␁");
  EXPECT_EQ(excerpt_of_message(times(9, "a"), 9), times(9, "a"));
}

}  // namespace
}  // namespace otmetka::checkers::program
