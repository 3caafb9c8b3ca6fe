#include "model/text.h"

#include <gtest/gtest.h>

namespace otmetka {
namespace {

TEST(Text, TrimmedKeepsWhatIsBetween) {
  EXPECT_EQ(trimmed(" \t\r\n\v\fa b\f "), "a b");
  EXPECT_EQ(trimmed(" \n "), "");
  EXPECT_EQ(trimmed(""), "");
  EXPECT_EQ(trimmed("\u00A0a"), "\u00A0a") << "ASCII alone";
}

TEST(Text, JoinedPartsEvenEmptyTexts) {
  EXPECT_EQ(joined({"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(joined({"", ""}, "|"), "|");
  EXPECT_EQ(joined({}), "");
}

TEST(Text, DigitsAreThoseOfAscii) {
  std::string found;
  for (int c = 0; c < 256; ++c) {
    if (is_digit(static_cast<char>(c))) found += static_cast<char>(c);
  }
  EXPECT_EQ(found, "0123456789");
}

}  // namespace
}  // namespace otmetka
