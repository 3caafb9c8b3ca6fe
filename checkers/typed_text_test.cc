#include "checkers/typed_text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace otmetka::checkers {
namespace {

TEST(TypedText, TrimTakesWhiteSpaceOfAnyKindAndWhatPrintsNothing) {
  const std::pair<const char*, const char*> rows[] = {
      {" a b \n", "a b"}, {"\u00A0\ta\u00A0", "a"}, {"", ""}, {" \u00A0 ", ""}, {"\xA0", "\xA0"}, {"\xC2", "\xC2"},
      {"\u2009a\u200B", "a"}, {"\uFEFFa\u3000", "a"}, {"\u200B", ""}, {"\u00AD \u2060", ""}, {" \xFF ", "\xFF"}};
  for (const auto& [text, expected] : rows) EXPECT_EQ(trim_label(text), expected) << text;
}

TEST(TypedText, PlainIsWhatIsCompared) {
  const std::pair<const char*, const char*> rows[] = {
      {"a", "a"}, {" a  b ", "a b"}, {"1\u200B4", "14"}, {"1\u20094", "1 4"}, {"Нижний\u00A0 \tНовгород\u00AD", "Нижний Новгород"},
      {"\u200F\u202A", ""}, {"a\u200B \u200Bb", "a b"}, {"\xFF \xFF", "\xFF \xFF"}, {"a\u0301", "a\u0301"}, {"❤\uFE0F", "❤"}};
  for (const auto& [typed, expected] : rows) {
    EXPECT_EQ(plain(typed), expected) << typed;
    EXPECT_EQ(plain(plain(typed)), expected) << typed;
  }
  EXPECT_EQ(plain(std::string("a\0b", 3)), std::string("a\0b", 3));
}

TEST(TypedText, AMessageShowsEverything) {
  const std::pair<const char*, const char*> rows[] = {
      {"a", "a"}, {"", "∅"}, {"\u200B", "⟨U+200B⟩"}, {"1\u00AD4", "1⟨U+00AD⟩4"}, {"\t", "⟨U+0009⟩"}, {"\u3164", "⟨U+3164⟩"},
      {"\u2066x", "⟨U+2066⟩x"}, {"\U000E0101", "⟨U+E0101⟩"}, {"a\u00A0b", "a\u00A0b"}, {"\xFF", "\uFFFD"}};
  for (const auto& [text, expected] : rows) EXPECT_EQ(visible(text), expected);
}

TEST(TypedText, DecodesWellFormedUtf8Only) {
  const std::pair<const char*, std::pair<unsigned, std::size_t>> rows[] = {
      {"a", {'a', 1}}, {"я", {0x44F, 2}}, {"€x", {0x20AC, 3}}, {"😀", {0x1F600, 4}}, {"", {0, 0}}, {"\xC0\x80", {0, 0}},
      {"\xED\xA0\x80", {0, 0}}, {"\xF4\x90\x80\x80", {0, 0}}, {"\xE2\x82", {0, 0}}, {"\x80", {0, 0}}};
  for (const auto& [text, expected] : rows) {
    const CodePoint c = decode(text);
    EXPECT_EQ(static_cast<unsigned>(c.value), expected.first) << text;
    EXPECT_EQ(c.length, expected.second) << text;
  }
}

}  // namespace
}  // namespace otmetka::checkers
