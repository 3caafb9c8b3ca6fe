#include "queue/codec_utf8.h"

#include <gtest/gtest.h>

namespace otmetka::queue {
namespace {

struct Case {
  std::string bytes;
  bool sound;
};

TEST(Utf8, TheTableOfRfc3629) {
  const Case cases[] = {
      {"", true},           {"plain ascii of more than eight", true}, {"Привет", true},   {"м/с²", true},
      {"\xF0\x9F\x98\x80", true}, {"\xF4\x8F\xBF\xBF", true},         {"\xEF\xBF\xBF", true},
      {"\x80", false},      {"\xC0\x80", false},      {"\xC1\xBF", false},   {"\xE0\x9F\xBF", false}, {"\xED\xA0\x80", false},
      {"\xF0\x8F\xBF\xBF", false}, {"\xF4\x90\x80\x80", false}, {"\xF5\x80\x80\x80", false}, {"\xFF", false},
      {"\xD0", false},      {"\xE2\x82", false},      {"\xF0\x9F\x98", false}, {"12345678\xD0", false}, {"1234567\xD0\x90", true}};
  for (const Case& c : cases) EXPECT_EQ(is_utf8(c.bytes), c.sound) << testing::PrintToString(c.bytes);
}

TEST(Utf8, EachStrayByteIsReplacedAndTheRestKept) {
  EXPECT_EQ(to_utf8("a\xD0z"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8("ёж"), "ёж");
}

TEST(Utf8, CuttingNeverTearsACharacter) {
  EXPECT_EQ(cut_utf8("ёж", 3), "ё");
  EXPECT_EQ(cut_utf8("ёж", 4), "ёж");
  EXPECT_EQ(cut_utf8("😀", 3), "");
  EXPECT_EQ(cut_utf8(std::string(10, '\x80'), 8).size(), 5u);  // no text: cut somewhere near
}

}  // namespace
}  // namespace otmetka::queue
