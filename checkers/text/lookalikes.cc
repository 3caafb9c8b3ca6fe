#include "checkers/text/lookalikes.h"

#include <unicode/utf8.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace otmetka::checkers::text {
namespace {

struct Pair {
  char16_t latin;
  char16_t cyrillic;
};

constexpr Pair kCapitals[] = {
    {u'A', u'А'}, {u'B', u'В'}, {u'C', u'С'}, {u'E', u'Е'}, {u'H', u'Н'}, {u'I', u'І'}, {u'J', u'Ј'}, {u'K', u'К'},
    {u'M', u'М'}, {u'O', u'О'}, {u'P', u'Р'}, {u'Q', u'Ԛ'}, {u'S', u'Ѕ'}, {u'T', u'Т'}, {u'V', u'Ѵ'}, {u'W', u'Ԝ'},
    {u'X', u'Х'}, {u'Y', u'У'}, {u'Ë', u'Ё'}, {u'Ï', u'Ї'}, {u'Æ', u'Ӕ'}, {u'Ə', u'Ә'},
};

constexpr Pair kSmall[] = {
    {u'a', u'а'}, {u'c', u'с'}, {u'd', u'ԁ'}, {u'e', u'е'}, {u'h', u'һ'}, {u'i', u'і'}, {u'j', u'ј'},
    {u'l', u'ӏ'}, {u'o', u'о'}, {u'p', u'р'}, {u'q', u'ԛ'}, {u's', u'ѕ'}, {u'v', u'ѵ'}, {u'w', u'ԝ'},
    {u'x', u'х'}, {u'y', u'у'}, {u'ë', u'ё'}, {u'ï', u'ї'}, {u'æ', u'ӕ'}, {u'ə', u'ә'},
};

// Capitals that follow their small letters, one way only: see the header.
constexpr Pair kCapitalsTowardsCyrillic[] = {{u'D', u'Ԁ'}, {u'L', u'Ӏ'}};
constexpr Pair kCapitalsTowardsLatin[] = {{u'D', u'Ԁ'}, {u'I', u'Ӏ'}, {u'H', u'Һ'}};

constexpr char16_t kLatinEnd = 0x0300;
constexpr char16_t kCyrillicBegin = 0x0400;
constexpr char16_t kCyrillicEnd = 0x0530;

constexpr auto kTowardsCyrillic = [] {
  std::array<char16_t, kLatinEnd> table{};
  for (const Pair& p : kCapitals) table[p.latin] = p.cyrillic;
  for (const Pair& p : kSmall) table[p.latin] = p.cyrillic;
  for (const Pair& p : kCapitalsTowardsCyrillic) table[p.latin] = p.cyrillic;
  return table;
}();

constexpr auto kTowardsLatin = [] {
  std::array<char16_t, kCyrillicEnd - kCyrillicBegin> table{};
  for (const Pair& p : kCapitals) table[p.cyrillic - kCyrillicBegin] = p.latin;
  for (const Pair& p : kSmall) table[p.cyrillic - kCyrillicBegin] = p.latin;
  for (const Pair& p : kCapitalsTowardsLatin) table[p.cyrillic - kCyrillicBegin] = p.latin;
  return table;
}();

bool is_latin(char32_t c) {
  if (c < 0x80) return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
  return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00);
}

bool is_cyrillic(char32_t c) {
  return (c >= 0x400 && c < 0x530 && !(c >= 0x482 && c <= 0x489)) || (c >= 0x1C80 && c < 0x1C90) ||
         (c >= 0xA640 && c < 0xA66F) || (c >= 0xA680 && c < 0xA69E);
}

}  // namespace

Script script_of(std::string_view key) {
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(key.data());
  for (std::size_t i = 0; i < key.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, key.size(), c);
    if (c < 0) continue;
    const auto letter = static_cast<char32_t>(c);
    latin += is_latin(letter) ? 1U : 0U;
    cyrillic += is_cyrillic(letter) ? 1U : 0U;
  }
  if (latin == 0 && cyrillic == 0) return Script::kNone;
  return latin > cyrillic ? Script::kLatin : Script::kCyrillic;
}

char32_t fold_lookalike(char32_t c, Script target) {
  char16_t folded = 0;
  if (target == Script::kCyrillic && c < kLatinEnd) {
    folded = kTowardsCyrillic[c];
  } else if (target == Script::kLatin && c >= kCyrillicBegin && c < kCyrillicEnd) {
    folded = kTowardsLatin[c - kCyrillicBegin];
  }
  return folded != 0 ? folded : c;
}

}  // namespace otmetka::checkers::text
