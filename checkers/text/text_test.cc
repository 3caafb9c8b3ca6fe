#include "checkers/text/text.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "checkers/text/rules.h"
#include "checkers/text/text.pb.h"

namespace otmetka::checkers::text {
namespace {

Made make(const std::string& settings) {
  v1::TextSettings message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(settings, &message)) << settings;
  return type().make(message, {});
}

std::unique_ptr<const Checker> checker(const std::string& settings) {
  Made made = make(settings);
  for (const Problem& p : made.problems) EXPECT_EQ(p.message.id[2], '2') << p.message.id << " at " << p.path;
  EXPECT_NE(made.checker, nullptr) << settings;
  return std::move(made.checker);
}

Outcome check(const Checker& c, std::string_view typed) { return c.check(TextAnswer{std::string(typed)}, {}); }

std::string notes(const Outcome& outcome) {
  std::string ids;
  for (const Message& m : outcome.feedback) (ids += ids.empty() ? "" : " ") += m.id;
  return ids;
}

struct Row {
  std::string_view rule, typed;
  Ratio credit;
  std::string_view rule_id;
  std::string_view tag = {};
  std::string_view feedback = {};
  Verdict status = Verdict::kGraded;
};

void expect_rows(const Checker& c, std::span<const Row> rows) {
  for (const Row& row : rows) {
    const Outcome outcome = check(c, row.typed);
    EXPECT_EQ(outcome.credit, row.credit) << row.rule << ": " << row.typed;
    EXPECT_EQ(outcome.rule_id, row.rule_id) << row.rule;
    EXPECT_EQ(outcome.tag, row.tag) << row.rule;
    EXPECT_EQ(notes(outcome), row.feedback) << row.rule;
    EXPECT_EQ(outcome.status, row.status) << row.rule;
    EXPECT_TRUE(outcome.trace.empty()) << row.rule;
  }
}

constexpr char kCapital[] = R"(
  answer: 'Москва' typos: 1
  accept { value: 'Moscow' }
  reject { value: 'Санкт-Петербург' tag: 'old-capital' say { ru: 'Это столица до 1918 года.' } })";

TEST(Text, JudgesTheCapital) {
  const auto c = checker(kCapital);
  const Row rows[] = {
      {"the answer", "Москва", 1, "answer"},
      {"case, spaces and a full stop", " москва. ", 1, "answer"},
      {"another language", "Moscow", 1, "accept[0]"},
      {"a Latin c", "Моcква", 1, "answer", "", "text.homoglyph"},
      {"a Cyrillic о in the Latin word", "Mоscow", 1, "accept[0]", "", "text.homoglyph"},
      {"an en dash", "Санкт–Петербург", 0, "reject[0]", "old-capital", "say"},
      {"a typo", "Масква", 1, "answer", "", "text.typo"},
      {"a typo and a Latin a", "Мaсква", 1, "answer", "", "text.homoglyph text.typo"},
      {"two typos", "Масква река", 0, "", "", "text.wrong"},
      {"a typo of a wrong answer is wrong in the same way", "Санкт-Питербург", 0, "reject[0]", "old-capital", "say"},
      {"something else", "Париж", 0, "", "", "text.wrong"},
      {"nothing", "", 0, "", "", "", Verdict::kNotAttempted},
      {"nothing that can be seen", " \u00A0\u200B\uFEFF\t", 0, "", "", "", Verdict::kNotAttempted},
      {"a lone question mark is an answer", "?", 0, "", "", "text.wrong"},
      {"bytes that are not UTF-8", "Москв\xE0", 0, "", "", "text.not_text", Verdict::kInvalidInput},
  };
  expect_rows(*c, rows);
}

TEST(Text, RanksLiteralBeforePatternBeforeTypo) {
  const auto c = checker(R"(
    answer: 'предать' typos: 1
    accept { pattern: 'при.*' score { num: 1 den: 2 } }
    accept { value: 'привет' score { num: 1 den: 4 } }
    reject { value: 'придать' tag: 'known' }
    reject { value: 'предато' tag: 'swallowed' })");
  const Row rows[] = {
      {"a text beats a pattern that is worth more", "привет", {1, 4}, "accept[1]", "", "text.partial"},
      {"a known wrong text beats a pattern", "придать", 0, "reject[0]", "known", "text.wrong"},
      {"a known wrong text is no typo", "предато", 0, "reject[1]", "swallowed", "text.wrong"},
      {"a pattern beats a typo that is worth more", "приветы", {1, 2}, "accept[0]", "", "text.partial"},
      {"inside typos the highest credit wins", "предате", 1, "answer", "", "text.typo"},
  };
  expect_rows(*c, rows);
}

TEST(Text, InsideARankTheHighestCreditWinsThenTheOrder) {
  const auto c = checker(R"(
    answer: 'альфа'
    accept { value: 'бета' score { num: 1 den: 4 } tag: 'low' }
    accept { value: 'БЕТА' score { num: 1 den: 2 } tag: 'high' }
    accept { value: 'бета.' score { num: 1 den: 2 } tag: 'later' }
    reject { value: 'бета' tag: 'none' }
    accept { pattern: 'г.*' score { num: 1 den: 4 } }
    accept { pattern: '.*а' score { num: 1 den: 2 } })");
  const Row rows[] = {
      {"texts", "бета", {1, 2}, "accept[1]", "high", "text.partial"},
      {"patterns", "гамма", {1, 2}, "accept[4]", "", "text.partial"},
      {"patterns, one only", "год", {1, 4}, "accept[3]", "", "text.partial"},
  };
  expect_rows(*c, rows);
}

TEST(Text, TakesSeveralAnswers) {
  const auto c = checker("answer: ['Сирия', 'Сирийская Арабская Республика', 'Syria']");
  const Row rows[] = {
      {"the first", "сирия", 1, "answer[0]"},
      {"the second, with an odd space", "Сирийская  Арабская\u00A0Республика", 1, "answer[1]"},
      {"the third", "SYRIA", 1, "answer[2]"},
      {"none", "Ливан", 0, "", "", "text.wrong"},
  };
  expect_rows(*c, rows);
}

TEST(Text, ForgivesNoTypoInAShortWord) {
  const auto c = checker("answer: ['но', 'ещё', 'йод!', 'йода'] typos: 2");
  const Row rows[] = {
      {"two letters", "не", 0, "", "", "text.wrong"},
      {"three letters", "еще", 1, "answer[1]"},
      {"three letters, one wrong", "ища", 0, "", "", "text.wrong"},
      {"three letters and a mark", "иод", 1, "answer[3]", "", "text.typo"},  // two typos of the four-letter key
      {"и for й is a typo", "иода", 1, "answer[3]", "", "text.typo"},
  };
  expect_rows(*c, rows);
}

TEST(Text, KeepsWhatItIsToldToKeep) {
  struct Case {
    std::string_view keep, right, wrong;
  };
  const Case cases[] = {
      {"KEEP_CASE", "Мёд", "мёд"}, {"KEEP_YO", "мёд", "мед"}, {"KEEP_PUNCTUATION", "мёд", "мёд."}, {"KEEP_SPACES", "Мед", " мёд"}};
  for (const Case& k : cases) {
    const auto c = checker("answer: 'Мёд' keep: " + std::string(k.keep));
    EXPECT_EQ(check(*c, k.right).credit, Ratio(1)) << k.keep;
    EXPECT_EQ(check(*c, k.wrong).credit, Ratio(0)) << k.keep;
  }
}

TEST(Text, TellsNoOneOfLettersThatTheKeyMixesToo) {
  const auto c = checker("answer: 'витамин C'");  // a Latin C
  EXPECT_EQ(notes(check(*c, "Витамин C")), "");
  EXPECT_EQ(notes(check(*c, "Витамин С")), "");  // a Cyrillic С
  EXPECT_EQ(notes(check(*c, "Bитамин С")), "text.homoglyph");
  EXPECT_EQ(check(*c, "Витамин С").credit, Ratio(1));
}

TEST(Text, PatternsSeeTheNormalisedAnswer) {
  struct Case {
    std::string_view rule, pattern, typed;
    bool hit;
  };
  const Case cases[] = {
      {"the whole answer", "а|б", "а не то", false},
      {"each alternative", "а|б", "Б", true},
      {"capitals in a pattern", "Гагарин.*", "ГАГАРИН Юрий", true},
      {"ё in a pattern", "ёлк[аи]", "Елка", true},
      {"ё in a class", "[а-яё]+", "ЁЖ", true},
      {"ё for the pattern's е", "елка", "ёлка", true},
      {"a dash in a pattern", "нью–йорк", "Нью-Йорк", true},
      {"a typed dash for the pattern's hyphen", "нью-йорк", "Нью—Йорк", true},
      {"quotes in a pattern", "«да»", "\"да\"", true},
      {"a Latin letter in a Cyrillic pattern", "мoсква", "Москва", true},
      {"a Latin letter in the answer", "моск.*", "Mocква", true},
      {"escapes do not count as Latin letters", "\\d\\d\\d я", "123 Я", true},
      {"й typed as two", "йод", "и\u0306од", true},
      {"й written as two", "и\u0306?од", "од", true},
      {"и is not й", "йод", "иод", false},
      {"the full stop at the end is gone", "да\\.", "да.", false},
  };
  for (const Case& k : cases) {
    v1::TextSettings settings;
    settings.add_answer("что-то другое");
    settings.add_accept()->set_pattern(std::string(k.pattern));
    const Made made = type().make(settings, {});
    ASSERT_NE(made.checker, nullptr) << k.rule;
    EXPECT_EQ(check(*made.checker, k.typed).rule_id, k.hit ? "accept[0]" : "") << k.rule;
  }
}

TEST(Text, RemovesSpacesFromPatternsOfAnswerSheets) {
  EXPECT_EQ(normalize_pattern("всё – таки +да\\s", {.remove_spaces = true}, Script::kCyrillic), "все-такида\\s");
  EXPECT_EQ(normalize_pattern("[ё–]{1,2}?«", {}, Script::kCyrillic), "[е–]{1,2}?\"");
  EXPECT_EQ(normalize_pattern("[ё]ё–", {.keep_yo = true, .keep_punctuation = true}, Script::kCyrillic), "[ё]ё–");
}

TEST(Text, ExplainsItself) {
  const auto c = checker(kCapital);
  const auto trace = [&](std::string_view typed) {
    std::string ids;
    for (const Message& m : c->check(TextAnswer{std::string(typed)}, {.explain = true}).trace) (ids += ids.empty() ? "" : " ") += m.id;
    return ids;
  };
  EXPECT_EQ(trace(" Моcква."), "text.typed text.step.lookalikes text.step.case text.step.spaces text.step.trailing "
                               "text.normalized text.by_text text.credit");
  EXPECT_EQ(trace("масква"), "text.typed text.normalized text.by_typo text.credit");
  EXPECT_EQ(trace("париж"), "text.typed text.normalized text.no_entry text.credit");
  EXPECT_EQ(trace("\xFF"), "text.typed");
  std::set<std::string_view> known;
  for (const messages::Entry& entry : type().messages()) known.insert(entry.id);
  for (const char* typed : {" Моcк\u00ADва. ", "«Е\u0308ж»", "масква", "париж", "\xFF", ""}) {
    const Outcome outcome = c->check(TextAnswer{typed}, {.explain = true});
    for (const Message& m : outcome.trace) EXPECT_TRUE(known.contains(m.id)) << m.id;
    for (const Message& m : outcome.feedback) EXPECT_TRUE(known.contains(m.id)) << m.id;
  }
}

TEST(Text, GroupsEqualAnswers) {
  const auto c = checker(kCapital);
  EXPECT_EQ(check(*c, "Париж ").answer_key, "париж");
  EXPECT_EQ(check(*c, "пaриж!").answer_key, "париж");
  EXPECT_EQ(check(*c, "MOSCOW").answer_key, "moscow");
  EXPECT_LE(check(*c, std::string(5000, 'x')).answer_key.size(), 256U);
}

TEST(Text, RefusesOtherShapes) {
  const auto c = checker(kCapital);
  EXPECT_EQ(c->check(ChoiceAnswer{{"a"}}, {}).status, Verdict::kInvalidInput);
  EXPECT_EQ(c->check(SequenceAnswer{{"Москва"}}, {}).status, Verdict::kInvalidInput);
  EXPECT_EQ(c->check(MisshapenAnswer{}, {}).status, Verdict::kInvalidInput);
}

TEST(Text, ReportsProblemsOfTheSettings) {
  struct Case {
    std::string_view settings, code, path;
    bool usable;
  };
  const Case cases[] = {
      {"", "OT160", "answer", false},
      {"answer: ' \xC2\xAD '", "OT160", "answer[0]", false},
      {"answer: 'а' accept { value: '' }", "OT162", "accept[0]", false},
      {"answer: 'а' accept { score { num: 1 den: 2 } }", "OT162", "accept[0]", false},
      {"answer: 'а' reject { value: 'б' pattern: 'в' }", "OT163", "reject[0]", false},
      {"answer: 'а' preset: PRESET_EGE keep: KEEP_SPACES", "OT164", "keep", false},
      {"answer: 'а' preset: PRESET_EGE keep: KEEP_YO", "OT164", "keep", false},
      {"answer: 'а' accept { value: 'б' score { num: 3 den: 2 } }", "OT165", "accept[0].score", false},
      {"answer: 'а' accept { value: 'б' score { num: 1 den: 0 } }", "OT165", "accept[0].score", false},
      {"answer: 'абвг' typos: 6", "OT166", "typos", false},
      {"answer: 'абвг' typos: -1", "OT166", "typos", false},
      {"answer: 'а' accept { pattern: '(б' }", "OT141", "accept[0].pattern", false},
      {"answer: 'кот' typos: 1", "OT260", "answer[0]", true},
      {"answer: 'а' accept { pattern: 'б*' }", "OT270", "accept[0].pattern", true},
      {"answer: 'а' reject { pattern: '3.14' }", "OT271", "reject[0].pattern", true},
      {"answer: 'а' accept { pattern: '[сc]' }", "OT272", "accept[0].pattern", true},
      {"answer: 'а' accept { pattern: 'ул\\\\. \\\\w+' }", "OT273", "accept[0].pattern", true},
      {"answer: 'а' accept { pattern: 'да!' }", "OT275", "accept[0].pattern", true},
      {"answer: 'а' accept { pattern: 'да  нет' }", "OT275", "accept[0].pattern", true},
      {"answer: 'а' accept { pattern: 'Straße' }", "OT275", "accept[0].pattern", true},
  };
  for (const Case& c : cases) {
    const Made made = make(std::string(c.settings));
    ASSERT_FALSE(made.problems.empty()) << c.settings;
    EXPECT_EQ(made.problems[0].message.id, c.code) << c.settings;
    EXPECT_EQ(made.problems[0].path, c.path) << c.settings;
    EXPECT_EQ(made.checker != nullptr, c.usable) << c.settings;
  }
  std::string heap = "а";
  for (int i = 0; i < 40; ++i) heap += "\u0301";
  EXPECT_EQ(make("answer: '" + heap + "'").problems.at(0).message.id, "OT161");
}

TEST(Text, PatternsThatCanMatchAreNotWarnedOf) {
  for (const char* settings : {"answer: 'а' accept { pattern: 'да!?' }", "answer: 'а' accept { pattern: 'да.' }",
                               "answer: 'а' accept { pattern: 'да!' } keep: KEEP_PUNCTUATION", "answer: 'а' accept { pattern: 'а  б' } keep: KEEP_SPACES",
                               "answer: 'а' accept { pattern: 'Straße' } keep: KEEP_CASE", "answer: 'а' accept { pattern: 'а; б' }",
                               "answer: 'а' accept { pattern: '[а-я]+' }", "answer: 'а' accept { pattern: 'ab \\\\w+' }"}) {
    EXPECT_TRUE(make(settings).problems.empty()) << settings;
  }
}

TEST(Text, NamesItsEntriesAndItsDenominator) {
  const auto c = checker("answer: 'а' accept { value: 'бв' score { num: 1 den: 4 } } accept { pattern: 'г+' score { num: 1 den: 6 } } "
                         "reject { value: 'д' }");
  const auto entries = c->entries();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].rule_id, "accept[0]");
  EXPECT_EQ(entries[0].path, "accept[0].value");
  EXPECT_EQ(std::get<TextAnswer>(*entries[0].example).text, "бв");
  EXPECT_FALSE(entries[1].example.has_value());
  EXPECT_EQ(entries[2].rule_id, "reject[0]");
  EXPECT_EQ(c->credit_denominator(), 12);
}

TEST(Text, FindsOneOfAThousandEntriesAtOnce) {
  v1::TextSettings settings;
  settings.add_answer("ответ");
  for (int i = 0; i < 10'000; ++i) settings.add_accept()->set_value("слово " + std::to_string(i));
  const Made made = type().make(settings, {});
  ASSERT_NE(made.checker, nullptr);
  const Answer answer = TextAnswer{"Слово 9999"};
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(made.checker->check(answer, {}).rule_id, "accept[9999]");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
}

TEST(Text, ReadsAMebibyteInLinearTime) {
  const auto c = checker(R"(answer: 'Москва' answer: 'Moscow' typos: 5 accept { pattern: '(а+)+б' })");
  for (const char* piece : {"а", "я ", "\u0301\u0316", "ё\u0308", "."}) {
    std::string text;
    while (text.size() < 1 << 20) text += piece;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(check(*c, text).credit, Ratio(0)) << piece;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << piece;
  }
}

TEST(Text, IsSharedByThreads) {
  const auto c = checker(R"(answer: 'Москва' typos: 1 accept { pattern: 'столица.*' score { num: 1 den: 2 } })");
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        if (check(*c, "Моcква").credit != Ratio(1) || check(*c, "Столица России").credit != Ratio(1, 2) ||
            check(*c, "масква").credit != Ratio(1) || !check(*c, "киев").credit.is_zero()) ++wrong;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace otmetka::checkers::text
