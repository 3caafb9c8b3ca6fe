#include "checkers/text/normalize.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <chrono>
#include <iostream>
#include <random>
#include <span>
#include <string>

#include "checkers/typed_text.h"

namespace otmetka::checkers::text {
namespace {

std::string joined(StepSet set) {
  std::string names;
  for (const std::string_view name : step_names(set)) (names += names.empty() ? "" : " ") += name;
  return names;
}

void append_utf8(char32_t c, std::string& text) {
  char bytes[U8_MAX_LENGTH];
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  text.append(bytes, size);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

struct Case {
  std::string_view rule;
  std::string_view typed;
  std::string_view normalised;
  std::string_view changed;
};

void expect_all(std::span<const Case> cases, const NormalizeOptions& options, Script target) {
  const Normalizer normalizer(options, target);
  for (const Case& c : cases) {
    Normalized fast;
    Normalized slow;
    ASSERT_TRUE(normalizer.normalize(c.typed, fast)) << c.rule;
    ASSERT_TRUE(normalizer.normalize_with_icu(c.typed, slow)) << c.rule;
    EXPECT_EQ(fast.text, c.normalised) << c.rule;
    EXPECT_EQ(joined(fast.changed), c.changed) << c.rule;
    EXPECT_EQ(slow.text, c.normalised) << c.rule << ", by ICU";
    EXPECT_EQ(joined(slow.changed), c.changed) << c.rule << ", by ICU";
  }
}

TEST(WhiteSpace, IsUnicodesOwn) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    ASSERT_EQ(is_white_space(c), u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) << std::uint32_t{c};
  }
}

TEST(Normalize, TakesTheStepsOneByOne) {
  const Case cases[] = {
      {"nothing to do", "москва", "москва", ""},
      {"the empty text", "", "", ""},
      {"soft hyphens go", "мос\u00ADква", "москва", "invisible"},
      {"zero-width spaces and joiners go", "мос\u200B\u200C\u200D\u2060ква", "москва", "invisible"},
      {"direction marks go", "\u200F\u202Aмосква\u202C\u200E", "москва", "invisible"},
      {"a byte order mark goes", "\uFEFFмосква", "москва", "invisible"},
      {"variation selectors go", "❤\uFE0Fа\U000E0100", "❤а", "invisible"},
      {"a decomposed й stays й", "и\u0306од", "йод", "compose"},
      {"и is not й", "иод", "иод", ""},
      {"a decomposed ё is е", "е\u0308ж", "еж", "compose yo"},
      {"a stress mark stays", "за\u0301мок", "за\u0301мок", ""},
      {"Latin letters among Cyrillic ones", "мocквa", "москва", "lookalikes"},
      {"capital look-alikes", "MOCKBA", "москва", "lookalikes case"},
      {"m looks like no Cyrillic letter", "mосква", "mосква", ""},
      {"a Latin ë is ё", "\u00EBж", "еж", "lookalikes yo"},
      {"a Latin ë in two characters", "e\u0308ж", "еж", "compose lookalikes yo"},
      {"a breve on a Latin y makes ў", "y\u0306", "ў", "compose lookalikes"},
      {"case", "МОСКВА", "москва", "case"},
      {"Ё is е", "ЁЛКА", "елка", "case yo"},
      {"the letters past Я", "ЂЃЄЉЊЋЌЎЏ", "ђѓєљњћќўџ", "case"},
      {"ё with a second diaeresis is е all the same", "ё\u0308\u0308ж", "еж", "yo"},
      {"ё with a mark below and a diaeresis", "ё\u0323\u0308ж", "е\u0323ж", "yo"},
      {"Ukrainian letters typed in Latin", "кuїв", "кuїв", ""},
      {"і typed as Latin i", "кiно", "кіно", "lookalikes"},
      {"dashes", "‐‑‒–—―−", "-------", "typography"},
      {"quotes", "«а» “б” „в‟", "\"а\" \"б\" \"в\"", "typography"},
      {"apostrophes", "д’д ‘ ‚ ‛ \u02BC \u00B4 ` ‹›", "д'д ' ' ' ' ' ' ''", "typography"},
      {"spaces at the ends", "  москва ", "москва", "spaces"},
      {"runs of spaces", "в  час", "в час", "spaces"},
      {"no-break spaces", "в\u00A0час\u202Fпик\u3000я", "в час пик я", "spaces"},
      {"tabs and line ends", "\tв\r\nчас\u0085\u2028", "в час", "spaces"},
      {"control characters that are no spaces stay", std::string_view("a\0b\x1F", 4), std::string_view("а\0b\x1F", 5), "lookalikes"},
      {"a full stop at the end", "москва.", "москва", "trailing"},
      {"a run of punctuation and spaces at the end", "москва . !?;,", "москва", "trailing"},
      {"an ellipsis is three full stops only when typed so", "москва…", "москва…", ""},
      {"a Greek question mark is a semicolon", "москва\u037E", "москва", "compose trailing"},
      {"punctuation inside stays", "и т. д.", "и т. д", "trailing"},
      {"punctuation at the beginning stays", ".москва", ".москва", ""},
      {"an answer of punctuation alone is kept", "?!", "?!", ""},
      {"all at once", " \uFEFFМоcква. ", "москва", "invisible lookalikes case spaces trailing"},
      {"½ is not 1/2", "½", "½", ""},
      {"м² is not м2", "м²", "м²", ""},
      {"ﬁ is folded as case", "ﬁ", "fі", "lookalikes case"},
      {"№ and … are text", "№ 5…", "№ 5…", ""},
  };
  expect_all(cases, {}, Script::kCyrillic);
}

TEST(Normalize, FoldsTowardsLatin) {
  const Case cases[] = {
      {"Cyrillic letters among Latin ones", "Мosсоw", "moscow", "lookalikes case"},
      {"в looks like no Latin letter", "в", "в", ""},
      {"В does", "В12", "b12", "lookalikes case"},
      {"ß is ss", "Straße", "strasse", "case"},
      {"ẞ is ss too", "STRAẞE", "strasse", "case"},
      {"final sigma is sigma", "ΣΟΦΟΣ ς", "σοφοσ σ", "case"},
      {"İ is i with a dot", "İ", "i\u0307", "case"},
      {"ı is not i", "ıI", "ıi", "case"},
      {"a Cyrillic ё among Latin letters is ë", "Zoё", "zoë", "lookalikes case"},
      {"a combining sequence", "e\u0323\u0302", "ệ", "compose"},
      {"marks in another order", "e\u0302\u0323", "ệ", "compose"},
      {"an iota below becomes a letter", "ᾳ \u0345", "αι ι", "case"},
      {"the Kelvin sign is a k", "\u212A", "k", "compose case"},
      {"a long s is an s", "ſ", "s", "case"},
  };
  expect_all(cases, {}, Script::kLatin);
}

TEST(Normalize, FoldsNoLettersWithoutAScript) {
  const Case cases[] = {{"Latin", "Oo", "oo", "case"}, {"Cyrillic", "Оо", "оо", "case"}};
  expect_all(cases, {}, Script::kNone);
}

TEST(Normalize, KeepSwitchesAStepOff) {
  const Case keep_case[] = {{"case stays", "Москва", "Москва", ""},
                            {"look-alikes are folded by case", "MocквaЁ.", "МоскваЕ", "lookalikes yo trailing"}};
  expect_all(keep_case, {.keep_case = true}, Script::kCyrillic);
  const Case keep_yo[] = {{"ё stays", "Ёж", "ёж", "case"}, {"decomposed", "е\u0308ж", "ёж", "compose"}};
  expect_all(keep_yo, {.keep_yo = true}, Script::kCyrillic);
  const Case keep_punctuation[] = {{"punctuation stays", " «Да»,  – нет. ", "«да», – нет.", "case spaces"}};
  expect_all(keep_punctuation, {.keep_punctuation = true}, Script::kCyrillic);
  const Case keep_spaces[] = {{"spaces stay", " а\u00A0 б ", " а\u00A0 б ", ""},
                              {"a full stop after a space", "а .", "а ", "trailing"},
                              {"a space after a full stop", "а. ", "а. ", ""}};
  expect_all(keep_spaces, {.keep_spaces = true}, Script::kCyrillic);
}

TEST(Normalize, RemovesSpacesForAnswerSheets) {
  const Case cases[] = {
      {"spaces", " прийти в\u00A0себя ", "прийтивсебя", "spaces"},
      {"the hyphen stays, of any length", "всё – таки", "все-таки", "yo typography spaces"},
      {"a space between a letter and its mark", "е \u0308ж", "еж", "compose yo spaces"},
      {"punctuation at the end, with spaces in it", "да . !", "да", "spaces trailing"},
  };
  expect_all(cases, {.remove_spaces = true}, Script::kCyrillic);
}

TEST(Normalize, RefusesWhatIsNotUtf8) {
  const Normalizer normalizer({}, Script::kCyrillic);
  const std::string_view malformed[] = {
      "\xFF", "\x80", "\xD0", "\xD0\x20", "а\xD0", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80",
      "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE2\x80", "\xC2", "\xEF\xBB", "\xED\xA0\xBD\xED\xB8\x80", "\xD1\xFF", "ok\xFE.",
  };
  for (const std::string_view bytes : malformed) {
    Normalized out;
    EXPECT_FALSE(normalizer.normalize(bytes, out)) << testing::PrintToString(bytes);
    EXPECT_FALSE(normalizer.normalize_with_icu(bytes, out)) << testing::PrintToString(bytes);
  }
}

TEST(Normalize, RefusesHeapsOfMarks) {
  const Normalizer normalizer({}, Script::kCyrillic);
  Normalized out;
  EXPECT_TRUE(normalizer.normalize("а" + repeated("\u0301", kMaxCombiningMarks), out));
  EXPECT_FALSE(normalizer.normalize("а" + repeated("\u0301", kMaxCombiningMarks + 1), out));
  EXPECT_FALSE(normalizer.normalize("а" + repeated("\u0301\u200B", kMaxCombiningMarks + 1), out)) << "hidden by invisible ones";
  EXPECT_FALSE(normalizer.normalize("а" + repeated("\u0344", 20), out)) << "each is two";
}

// Each takes a tenth of a second at most; a step that is quadratic in a run of marks would take minutes.
TEST(Normalize, TakesLinearTime) {
  const Normalizer normalizer({}, Script::kCyrillic);
  const std::size_t mebibyte = 1 << 20;
  for (const std::string_view piece : {"a", "Ё", " ", ".", "е\u0308", "\u0301\u0316", "\u0F73", "\u09BE", "ё\u0308", "\u1161", "ΐ",
                                       "\u2000", "\u00AD", "☺", "\U0001F600", ". ", "\u0345", "а\u0316\u0301"}) {
    const std::string text = repeated(piece, mebibyte / piece.size());
    Normalized out;
    const auto start = std::chrono::steady_clock::now();
    const bool valid = normalizer.normalize(text, out);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << piece;
    Normalized again;
    if (valid) {
      ASSERT_TRUE(normalizer.normalize(out.text, again)) << piece;
      EXPECT_EQ(again.text, out.text) << piece;
    }
  }
}

// Alphabets chosen so that the steps meet: marks that reorder and compose, letters whose folding yields look-alikes or marks,
// spaces and punctuation at the ends, characters that vanish between a letter and its mark.
const std::u32string_view kNastyAlphabets[] = {
    U"ёЁеЕe\u0308\u0308\u0306\u0301\u0323\u00EB\u00CB \u00AD\u200B.",
    U"йиЙИ\u0306\u0308yYўуУ\u0304\u030B\u0316 \u200D",
    U"MmмМHhнНDdԁԀLlӏӀIiіІİı\u0307\u0130KкTтBвSѕ",
    U"ﬁﬀﬆßẞſẛŉǰẖẚΐΰ\u0345ᾳᾴᾷΑα\u0301\u0342ςσΣ\u1C82\u1C80\uA64A",
    U" \u00A0\u2000\u2003\u3000\u0085\u2028\t\r\n.!?;,\u037E…а\u00AD\uFEFF",
    U"«»“”’‘'\"–—−-‐\u0338<=>\u02BC\u00B4\u1FFD\u1FEF а",
    U"가각ᄀ\u1161\u11A8\u0915\u093C\u0958\u09C7\u09BE\u0F71\u0F72\u0F73\u0F75\u0344\u0340\uFB2C\uFB1D",
    U"a\u0000\u001F\uFFFD\uFFFF\U0001F600\U0001D400\U000E0100\u180B\u180F\u034F\U0001D15E\U00010400",
    U"\u0400\u045D\u0450\u04D0ӑаa\u0306ĂăéÅ\u212BÅ\u030Aöœæӕə\u018FӘ\u1E2F\u0390ïї\u0301",
};

NormalizeOptions options_of(unsigned bits) {
  return {(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, (bits & 8U) != 0, (bits & 16U) != 0};
}

TEST(Normalize, IsIdempotentAndTheTwoPathsAgree) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  std::vector<Normalizer> normalizers;
  for (unsigned bits = 0; bits < 32; ++bits) {
    for (const Script target : {Script::kNone, Script::kLatin, Script::kCyrillic}) normalizers.emplace_back(options_of(bits), target);
  }
  std::size_t valid = 0;
  for (int round = 0; round < 300'000; ++round) {
    const auto& mixed = kNastyAlphabets[random() % std::size(kNastyAlphabets)];
    std::string text;
    for (auto size = random() % 12; size > 0; --size) {
      const auto& alphabet = random() % 6 == 0 ? kNastyAlphabets[random() % std::size(kNastyAlphabets)] : mixed;
      append_utf8(alphabet[random() % alphabet.size()], text);
    }
    const Normalizer& normalizer = normalizers[random() % normalizers.size()];
    Normalized once, slow, twice;
    const bool ok = normalizer.normalize(text, once);
    ASSERT_EQ(ok, normalizer.normalize_with_icu(text, slow)) << testing::PrintToString(text);
    if (!ok) continue;
    ++valid;
    ASSERT_EQ(once.text, slow.text) << testing::PrintToString(text);
    ASSERT_EQ(joined(once.changed), joined(slow.changed)) << testing::PrintToString(text);
    ASSERT_TRUE(normalizer.normalize(once.text, twice)) << testing::PrintToString(text);
    ASSERT_EQ(once.text, twice.text) << testing::PrintToString(text) << " in round " << round;
    ASSERT_EQ(joined(twice.changed), "") << testing::PrintToString(text);
    ASSERT_EQ(once.changed == 0, once.text == text) << testing::PrintToString(text);
  }
  EXPECT_GE(valid, 200'000U);
}

// A rule that one path has and the other lacks shows on the character alone: beside others the fast path may give way to the slow.
TEST(Normalize, TheTwoPathsAgreeOnEveryCodePointAlone) {
  for (const unsigned bits : {0U, 1U, 2U, 4U, 8U, 16U, 31U}) {
    const Normalizer normalizer(options_of(bits), Script::kCyrillic);
    for (char32_t c = 0; c <= 0xFFFF; ++c) {
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      std::string text;
      append_utf8(c, text);
      Normalized once, slow;
      ASSERT_TRUE(normalizer.normalize(text, once));
      ASSERT_TRUE(normalizer.normalize_with_icu(text, slow));
      ASSERT_EQ(once.text, slow.text) << "U+" << std::hex << static_cast<std::uint32_t>(c) << " options " << bits;
      ASSERT_EQ(joined(once.changed), joined(slow.changed)) << "U+" << std::hex << static_cast<std::uint32_t>(c) << " options " << bits;
    }
  }
}

// Every assigned and unassigned code point on its own and after a letter.
TEST(Normalize, IsIdempotentOnEveryCodePoint) {
  for (const Script target : {Script::kLatin, Script::kCyrillic}) {
    const Normalizer normalizer({}, target);
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      std::string text = c % 2 == 0 ? "е" : "a";
      append_utf8(c, text);
      append_utf8(0x308, text);
      Normalized once, twice;
      ASSERT_TRUE(normalizer.normalize(text, once));
      ASSERT_TRUE(normalizer.normalize(once.text, twice));
      ASSERT_EQ(once.text, twice.text) << "U+" << std::hex << static_cast<std::uint32_t>(c);
    }
  }
}

}  // namespace
}  // namespace otmetka::checkers::text
