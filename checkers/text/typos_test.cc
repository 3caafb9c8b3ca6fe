#include "checkers/text/typos.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

namespace otmetka::checkers::text {
namespace {

// The whole matrix, as the textbook has it.
int full_matrix(const std::vector<Grapheme>& a, const std::vector<Grapheme>& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistance, AgreesWithTheFullMatrix) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 200'000; ++round) {
    std::vector<Grapheme> a(random() % 12);
    for (Grapheme& g : a) g = 'a' + random() % 3;
    std::vector<Grapheme> b = random() % 2 == 0 ? std::vector<Grapheme>(random() % 12, 'a') : a;
    for (auto edits = random() % 5; edits > 0 && !b.empty(); --edits) {
      const std::size_t at = random() % b.size();
      if (random() % 2 == 0) b[at] = 'a' + random() % 3;
      else std::swap(b[at], b[random() % b.size()]);
    }
    const int expected = full_matrix(a, b);
    for (int limit = 0; limit <= kMaxTypos; ++limit) {
      ASSERT_EQ(edit_distance(a, b, limit), expected <= limit ? std::optional(expected) : std::nullopt) << limit;
    }
  }
}

TEST(EditDistance, CountsTheFourKindsOfTypo) {
  struct Case {
    std::string_view key, typed;
    std::optional<int> distance;
  };
  const Case cases[] = {
      {"москва", "москва", 0},  {"москва", "масква", 1},   {"москва", "мсква", 1},  {"москва", "моссква", 1},
      {"москва", "мокcва", 2},  // a swap, and a Latin c that no one folded
      {"москва", "мокства", 2}, {"москва", "омсква", 1},   {"ab", "bca", 3},        // restricted: no part is edited twice
      {"москва", "париж", std::nullopt},
  };
  for (const Case& c : cases) EXPECT_EQ(edit_distance(graphemes(c.key), graphemes(c.typed), 3), c.distance) << c.typed;
}

TEST(EditDistance, ALetterWithMarksIsOneLetter) {
  EXPECT_EQ(edit_distance(graphemes("за\u0301мок"), graphemes("замок"), 1), 1);
  EXPECT_EQ(edit_distance(graphemes("а\u0301\u0323\u0331\u0332бвг"), graphemes("бвг"), 1), 1);
  EXPECT_EQ(edit_distance(graphemes("a\u0301\u0323\u0331\u0332"), graphemes("a\u0301\u0323\u0331\u0333"), 1), 1);
}

TEST(EditDistance, ReadsNoMoreOfALongAnswerThanTheKeyNeeds) {
  const std::string mebibyte(1 << 20, 'a');
  EXPECT_EQ(graphemes(mebibyte, 8).size(), 8U);
  EXPECT_EQ(edit_distance(graphemes("aaaaaa"), graphemes(mebibyte, 8), 1), std::nullopt);
}

TEST(ForgivesTypos, NeverForThreeLettersOrFewer) {
  for (const char* key : {"", "а", "но", "ещё", "1812", "кот 5", "и\u0306о\u0301д"}) EXPECT_FALSE(forgives_typos(key)) << key;
  for (const char* key : {"йода", "в 1812 году", "и\u0306о\u0301да"}) EXPECT_TRUE(forgives_typos(key)) << key;
}

std::string utf8_of(const std::u32string& codes) {
  std::string text;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(codes.data()), static_cast<int32_t>(codes.size())).toUTF8String(text);
  return text;
}

std::size_t icu_cluster_count(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> clusters(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  const icu::UnicodeString utf16 = icu::UnicodeString::fromUTF8(text);
  clusters->setText(utf16);
  std::size_t count = 0;
  while (clusters->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

TEST(Graphemes, AreIcusExtendedGraphemeClusters) {
  const std::u32string alphabet = U"aя\r\n👩👩\u200D\u200D\u200D\u0301\u0001\u0301\u0488\u200D\u0600\u0903각가각🇷🇺👩👨🏽❤\uFE0F©\u0E33\u110BD\U000E0061";
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 50'000; ++round) {
    std::u32string codes(random() % 9, U' ');
    for (char32_t& c : codes) c = alphabet[random() % alphabet.size()];
    const std::string text = utf8_of(codes);
    ASSERT_EQ(graphemes(text).size(), icu_cluster_count(text)) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace otmetka::checkers::text
