#include "checkers/text/typos.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace otmetka::checkers::text {
namespace {

// The whole matrix, as Lowrance and Wagner have it, with every earlier pair of letters tried.
int full_matrix(const std::vector<Grapheme>& a, const std::vector<Grapheme>& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      for (std::size_t k = 1; k < i; ++k) {
        for (std::size_t l = 1; l < j; ++l) {
          if (a[k - 1] != b[j - 1] || a[i - 1] != b[l - 1]) continue;
          d[i][j] = std::min(d[i][j], d[k - 1][l - 1] + static_cast<int>((i - k - 1) + 1 + (j - l - 1)));
        }
      }
    }
  }
  return d[a.size()][b.size()];
}

// Every word of up to `longest` letters of a, b, c, and which words one typo makes of it: nothing here knows a recurrence.
class Words {
 public:
  explicit Words(std::size_t longest) {
    add("");
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i].size() == longest) break;
      for (const char c : kLetters) add(words_[i] + c);
    }
    for (const std::string& word : words_) typos_.push_back(typos_of(word));
  }

  const std::vector<std::string>& all() const { return words_; }

  // How many typos lie between word `from` and each word, by breadth first search.
  std::vector<int> distances(std::size_t from) const {
    std::vector<int> out(words_.size(), -1);
    std::vector<std::size_t> queue = {from};
    out[from] = 0;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const std::size_t next : typos_[queue[i]]) {
        if (out[next] >= 0) continue;
        out[next] = out[queue[i]] + 1;
        queue.push_back(next);
      }
    }
    return out;
  }

 private:
  static constexpr std::string_view kLetters = "abc";

  void add(const std::string& word) {
    numbers_.emplace(word, words_.size());
    words_.push_back(word);
  }

  std::vector<std::size_t> typos_of(const std::string& word) const {
    std::vector<std::size_t> out;
    const auto take = [&](const std::string& made) {
      if (const auto found = numbers_.find(made); found != numbers_.end()) out.push_back(found->second);
    };
    for (std::size_t at = 0; at <= word.size(); ++at) {
      for (const char c : kLetters) take(std::string(word).insert(at, 1, c));
      if (at == word.size()) break;
      take(std::string(word).erase(at, 1));
      for (const char c : kLetters) take(std::string(word).replace(at, 1, 1, c));
      std::string swapped = word;
      if (at + 1 < word.size()) std::swap(swapped[at], swapped[at + 1]);
      take(swapped);
    }
    return out;
  }

  std::vector<std::string> words_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::vector<std::size_t>> typos_;
};

TEST(EditDistance, IsTheFewestTyposOneAfterAnother) {
  const Words words(6);
  std::size_t held = 0;
  for (std::size_t i = 0; words.all()[i].size() <= 4; ++i) {
    const auto key = graphemes(words.all()[i]);
    const std::vector<int> expected = words.distances(i);
    for (std::size_t j = 0; words.all()[j].size() <= 5; ++j) {
      const auto typed = graphemes(words.all()[j]);
      for (int limit = 0; limit <= kMaxTypos; ++limit, ++held) {
        ASSERT_EQ(edit_distance(key, typed, limit), expected[j] <= limit ? std::optional(expected[j]) : std::nullopt)
            << words.all()[i] << " and " << words.all()[j] << " within " << limit;
      }
    }
  }
  EXPECT_EQ(held, 121U * 364U * 6U);
}

TEST(EditDistance, AgreesWithTheFullMatrix) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 50'000; ++round) {
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
      {"москва", "мокства", 2}, {"москва", "омсква", 1},   {"ab", "bca", 2},        // a swap, then a letter between the two
      {"абвгд", "бхавгд", 2}, {"бхавгд", "абвгд", 2},      {"абвгд", "вбагд", 2},  // the third: two wrong letters, no swap
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
