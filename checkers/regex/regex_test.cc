#include "checkers/regex/regex.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "checkers/catalog.h"
#include "checkers/regex/regex.pb.h"

namespace otmetka::checkers::regex {
namespace {

Made make(const std::string& settings, const MakeContext& context = {}) {
  v1::RegexSettings message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(settings, &message)) << settings;
  return type().make(message, context);
}

std::unique_ptr<const Checker> checker(const std::string& settings) {
  Made made = make(settings);
  for (const Problem& p : made.problems) EXPECT_EQ(p.message.id[2], '2') << p.message.id << " at " << p.path;
  EXPECT_NE(made.checker, nullptr) << settings;
  return std::move(made.checker);
}

std::string any(const std::string& message, const std::string& body) {
  return "kind { [type.googleapis.com/otmetka.v1." + message + "] { " + body + " } }";
}

std::string notes(const Outcome& outcome) {
  std::string ids;
  for (const Message& m : outcome.feedback) (ids += ids.empty() ? "" : " ") += m.id;
  return ids;
}

struct Row {
  std::string_view rule, typed;
  Ratio credit;
  std::string_view rule_id;
  std::string_view feedback = {};
  Verdict status = Verdict::kGraded;
};

void expect_rows(const Checker& c, std::span<const Row> rows) {
  for (const Row& row : rows) {
    const Outcome outcome = c.check(TextAnswer{std::string(row.typed)}, {.locale = "ru"});
    EXPECT_EQ(outcome.credit, row.credit) << row.rule << ": " << row.typed;
    EXPECT_EQ(outcome.rule_id, row.rule_id) << row.rule;
    EXPECT_EQ(notes(outcome), row.feedback) << row.rule;
    EXPECT_EQ(outcome.status, row.status) << row.rule;
  }
}

const std::string kDate = R"(match: '(?P<d>\\d{1,2})[./](?P<m>\\d{1,2})[./](?P<y>\\d{4})'
  where { name: 'd' )" + any("NumericSettings", "answer: '12'") + R"( }
  where { name: 'm' )" + any("NumericSettings", "answer: '4'") + R"( }
  where { name: 'y' weight { num: 2 den: 1 } )" + any("NumericSettings", "answer: '1961'") + " }";

TEST(Regex, JudgesTheDate) {
  const auto c = checker(kDate);
  const Row rows[] = {
      {"all parts", "12.04.1961", 1, "answer"},
      {"the parts are numbers", "12/4/1961", 1, "answer"},
      {"a wrong year weighs two of four", "12.04.1960", {1, 2}, "answer", "regex.partial numeric.wrong"},
      {"a wrong day weighs one", "13.04.1961", {3, 4}, "answer", "regex.partial numeric.wrong"},
      {"nothing right", "13.05.1960", 0, "answer", "regex.wrong numeric.wrong"},
      {"the whole answer or nothing", "дата 12.04.1961", 0, "", "regex.not_covered"},
      {"nothing after it either", "12.04.1961 г.", 0, "", "regex.not_covered"},
      {"spaces around it do not count", "\u00A0 12.04.1961\r\n", 1, "answer"},
      {"spaces inside do", "12. 04.1961", 0, "", "regex.not_covered"},
      {"invisible characters do not", "\uFEFF12.04.\u200B1961", 1, "answer"},
      {"no answer", " \u00AD ", 0, "", "", Verdict::kNotAttempted},
      {"no text", "12\xFF", 0, "", "regex.not_text", Verdict::kInvalidInput},
  };
  expect_rows(*c, rows);
}

TEST(Regex, AnchorsTheAlternationAsAWhole) {
  const auto c = checker("match: 'a|b'");
  const Row rows[] = {
      {"the first", "a", 1, "answer"},
      {"the last", "b", 1, "answer"},
      {"the first alternative and more", "a is wrong", 0, "", "regex.not_covered"},
      {"more and the last alternative", "wrong is b", 0, "", "regex.not_covered"},
      {"case counts", "A", 0, "", "regex.not_covered"},
  };
  expect_rows(*c, rows);
}

TEST(Regex, IgnoresCaseWhenTold) {
  const auto c = checker("match: 'да|НЕТ' ignore_case: true");
  const Row rows[] = {{"lower", "нет", 1, "answer"}, {"upper", "ДА", 1, "answer"}};
  expect_rows(*c, rows);
}

TEST(Regex, TakesTheAnswerAsTypedWhenTold) {
  const auto c = checker("match: ' й' as_typed: true");
  const Row rows[] = {
      {"as it stands", " й", 1, "answer"},
      {"a space is missing", "й", 0, "", "regex.not_covered"},
      {"a space too many", " й ", 0, "", "regex.not_covered"},
      {"й in two characters", " и\u0306", 0, "", "regex.not_covered"},
      {"bytes that are no text", " й\xFF", 0, "", "regex.not_text", Verdict::kInvalidInput},
  };
  expect_rows(*c, rows);
}

TEST(Regex, ComposesLettersOnBothSides) {
  const Row rows[] = {{"one character", "йод", 1, "answer"}, {"two characters", "и\u0306од", 1, "answer"}};
  expect_rows(*checker("match: 'й?од'"), rows);
  expect_rows(*checker("match: 'и\u0306?од'"), rows);
  EXPECT_EQ(checker("match: 'йод'")->check(TextAnswer{"иод"}, {}).credit, Ratio(0));
}

TEST(Regex, TriesKnownWrongFormsFirst) {
  const auto c = checker(R"(match: '\\d+'
    accept { match: '[+-]\\d+' score { num: 1 den: 2 } tag: 'sign' }
    reject { match: '0\\d+' tag: 'leading-zero' say { ru: 'Ноль впереди не пишут.' } }
    reject { match: '00+' score { num: 1 den: 4 } })");
  const Row rows[] = {
      {"the answer", "10", 1, "answer"},
      {"another form", "+10", {1, 2}, "accept[0]", "regex.partial"},
      {"a known wrong form, although the answer covers it", "010", 0, "reject[0]", "say"},
      {"the first of two known wrong forms", "00", 0, "reject[0]", "say"},
      {"neither", "десять", 0, "", "regex.not_covered"},
  };
  expect_rows(*c, rows);
  EXPECT_EQ(c->check(TextAnswer{"+1"}, {}).tag, "sign");
  EXPECT_EQ(c->check(TextAnswer{"01"}, {}).tag, "leading-zero");
}

TEST(Regex, OfSeveralFormsTheHighestCreditWins) {
  const auto c = checker("match: '(?P<a>.+) (?P<b>.+)' where { name: 'a' " + any("TextSettings", "answer: 'раз'") + "} where { name: 'b' " +
                         any("TextSettings", "answer: 'два'") + "} accept { match: '(?P<b>.+) (?P<a>.+)' where { name: 'a' " +
                         any("TextSettings", "answer: 'раз'") + "} where { name: 'b' " + any("TextSettings", "answer: 'два'") +
                         "} score { num: 4 den: 5 } }");
  const Row rows[] = {
      {"in order", "раз два", 1, "answer"},
      {"the other way round", "Два Раз", {4, 5}, "accept[0]", "regex.partial"},
      {"half of it", "раз три", {1, 2}, "answer", "regex.partial text.wrong"},
      {"half of it, the other way round", "три раз", {2, 5}, "accept[0]", "regex.partial text.wrong"},
  };
  expect_rows(*c, rows);
}

TEST(Regex, AGroupThatCaughtNothingHasNoCredit) {
  const auto c = checker(R"(match: '(?P<a>\\d+)(?:-(?P<b>\\d+))?' where { name: 'a' )" + any("NumericSettings", "answer: '1'") +
                         "} where { name: 'b' " + any("NumericSettings", "answer: '2'") + "}");
  const Row rows[] = {{"both", "1-2", 1, "answer"}, {"one", "1", {1, 2}, "answer"}};
  for (const Row& row : rows) EXPECT_EQ(c->check(TextAnswer{std::string(row.typed)}, {}).credit, row.credit) << row.rule;
}

TEST(Regex, AnUnreadableGroupMakesTheItemUnreadable) {
  const auto c = checker("match: '(?P<a>.+);(?P<b>.+)' where { name: 'a' " + any("NumericSettings", "answer: '1.234'") + "} where { name: 'b' " +
                         any("NumericSettings", "answer: '2'") + "}");
  const auto status = [&](const char* typed) { return c->check(TextAnswer{typed}, {}).status; };
  EXPECT_EQ(status("1.234;2"), Verdict::kGraded);
  EXPECT_EQ(status("1,234;2"), Verdict::kAmbiguous);
  EXPECT_EQ(status("один;2"), Verdict::kInvalidInput);
  EXPECT_EQ(c->check(TextAnswer{"один;2"}, {}).credit, Ratio(0));
}

TEST(Regex, NestedPatternsAndTextsWork) {
  const auto c = checker("match: '(?P<w>\\\\S+) (?P<n>\\\\S+)' where { name: 'w' " + any("TextSettings", "answer: 'Москва' typos: 1") +
                         "} where { name: 'n' " + any("RegexSettings", "match: '\\\\d+'") + "}");
  const Row rows[] = {
      {"both", "москва 12", 1, "answer"},
      {"notes of the nested kinds are passed on", "Моcква 12", 1, "answer", "text.homoglyph"},
      {"a typo", "масква 12", 1, "answer", "text.typo"},
      {"the second fails", "Москва x", {1, 2}, "answer", "regex.partial regex.not_covered"},
  };
  expect_rows(*c, rows);
}

TEST(Regex, ExplainsItself) {
  const auto c = checker(kDate);
  const auto ids = [&](const char* typed) {
    std::string out;
    for (const Message& m : c->check(TextAnswer{typed}, {.locale = "ru", .explain = true}).trace) {
      if (m.id.starts_with("regex.")) (out += out.empty() ? "" : " ") += m.id.substr(6);
      EXPECT_NE(message_catalogue().find(m.id), nullptr) << m.id;
    }
    return out;
  };
  EXPECT_EQ(ids(" 12.04.1961"), "typed prepared covered capture share capture share capture share credit");
  EXPECT_EQ(ids("нет"), "typed no_entry credit");
  EXPECT_EQ(ids("\xFF"), "typed");
  EXPECT_TRUE(c->check(TextAnswer{"12.04.1961"}, {}).trace.empty());
}

TEST(Regex, GroupsEqualAnswers) {
  const auto c = checker(kDate);
  EXPECT_EQ(c->check(TextAnswer{" 12.04.1961\n"}, {}).answer_key, "12.04.1961");
  EXPECT_LE(c->check(TextAnswer{std::string(5000, 'x')}, {}).answer_key.size(), 256U);
}

TEST(Regex, RefusesOtherShapes) {
  const auto c = checker("match: 'a'");
  EXPECT_EQ(c->check(ChoiceAnswer{{"a"}}, {}).status, Verdict::kInvalidInput);
  EXPECT_EQ(c->check(MappingAnswer{}, {}).status, Verdict::kInvalidInput);
}

TEST(Regex, ReportsProblemsOfTheSettings) {
  const std::string numeric = any("NumericSettings", "answer: '1'");
  struct Case {
    std::string settings, code, path;
    bool usable;
    std::size_t offset = 0;
  };
  const Case cases[] = {
      {"", "OT185", "match", false},
      {"match: 'a' accept { score { num: 1 den: 2 } }", "OT185", "accept[0].match", false},
      {"match: 'а(б'", "OT141", "match", false, 2},
      {"match: 'a' reject { match: 'a[b' }", "OT142", "reject[0].match", false, 1},
      {"match: 'a' accept { match: 'a' score { num: 5 den: 4 } }", "OT165", "accept[0].score", false},
      {"match: '(?P<d>a)' where { name: 'day' " + numeric + "}", "OT180", "where[0]", false},
      {"match: '(a)' where { name: 'd' " + numeric + "}", "OT181", "where[0]", false},
      {"match: '(?P<d>a)' where { name: 'd' }", "OT182", "where[0]", false},
      {"match: '(?P<d>a)' where { name: 'd' " + any("ChoiceSettings", "") + "}", "OT182", "where[0]", false},
      {"match: 'a' reject { match: '(?P<d>b)' where { name: 'd' " + numeric + "} }", "OT183", "reject[0].where", false},
      {"match: '(?P<d>a)' where { name: 'd' weight { num: 0 den: 1 } " + numeric + "}", "OT184", "where[0].weight", false},
      {"match: '(?P<d>a)' where { name: 'd' " + any("TextSettings", "answer: ' '") + "}", "OT160", "where[0].text.answer[0]", false},
      {"match: '(?P<d>a)' where { name: 'd' " + any("RegexSettings", "match: 'b*'") + "}", "OT270", "where[0].regex.match", true},
      {"match: 'a*'", "OT270", "match", true},
      {"match: 'x3.14'", "OT271", "match", true, 2},
      {"match: 'x[аa]'", "OT272", "match", true, 1},
      {"match: 'да \\\\w+'", "OT273", "match", true, 5},
      {"match: '\\\\bдом'", "OT273", "match", true, 0},
      {"match: '[а-я]+'", "OT274", "match", true, 0},
      {"match: '[А-Яа-яё]+'", "OT274", "match", true, 0},
  };
  for (const Case& c : cases) {
    const Made made = make(c.settings);
    ASSERT_FALSE(made.problems.empty()) << c.settings;
    EXPECT_EQ(made.problems[0].message.id, c.code) << c.settings;
    EXPECT_EQ(made.problems[0].path, c.path) << c.settings;
    EXPECT_EQ(made.problems[0].offset, c.offset) << c.settings;
    EXPECT_EQ(made.checker != nullptr, c.usable) << c.settings;
    EXPECT_NE(message_catalogue().find(made.problems[0].message.id), nullptr);
  }
}

TEST(Regex, ABlankAnswerIsNoAttemptWhateverTheExpressionCovers) {
  for (const char* blank : {"", "  ", "\u00A0"}) {
    EXPECT_EQ(checker("match: '.*'")->check(TextAnswer{blank}, {}).status, Verdict::kNotAttempted);
    EXPECT_EQ(checker("match: '\\\\s*' as_typed: true")->check(TextAnswer{blank}, {}).status, Verdict::kNotAttempted);
  }
}

TEST(Regex, WeightsTooFineToShareOutAreRefused) {
  const std::string numeric = any("NumericSettings", "answer: '1'");
  const std::string settings = "match: '(?P<a>.)(?P<b>.)' where { name: 'a' weight { num: 1 den: 999999999989 } " + numeric +
                               "} where { name: 'b' weight { num: 1 den: 999999999961 } " + numeric + "}";
  EXPECT_EQ(make(settings).checker, nullptr);
}

TEST(Regex, NestsNoDeeperThanFour) {
  std::string settings = "match: 'a'";
  for (int depth = 0; depth < 4; ++depth) settings = "match: '(?P<d>a)' where { name: 'd' " + any("RegexSettings", settings) + "}";
  EXPECT_NE(make(settings).checker, nullptr);
  settings = "match: '(?P<d>a)' where { name: 'd' " + any("RegexSettings", settings) + "}";
  EXPECT_EQ(make(settings).checker, nullptr);
}

TEST(Regex, NamesItsEntriesAndItsDenominator) {
  const auto c = checker(kDate + " accept { match: 'a' score { num: 1 den: 3 } } reject { match: 'b' }");
  const auto entries = c->entries();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].rule_id, "accept[0]");
  EXPECT_EQ(entries[1].path, "reject[0].match");
  EXPECT_EQ(c->credit_denominator() % 12, 0);
}

TEST(Regex, ExplodesNowhere) {
  const std::string mebibyte(1 << 20, 'a');
  for (const char* pattern : {"(a+)+$", "(a*)*b", "(?P<d>(a|aa)+)b", "(a|b)*a(a|b){20}"}) {
    const auto c = checker("match: '" + std::string(pattern) + "'");
    const Answer answer = TextAnswer{mebibyte + "!"};
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(c->check(answer, {}).credit, Ratio(0)) << pattern;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2)) << pattern;
  }
  const auto c = checker("match: '(a+)+$'");
  const Answer answer = TextAnswer{mebibyte + "!"};
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(c->check(answer, {}).credit, Ratio(0));
    best = std::min(best, std::chrono::steady_clock::now() - start);
  }
  EXPECT_LT(best, std::chrono::milliseconds(250));  // 4 ms in a release build; sanitizers and busy machines are slower
  EXPECT_EQ(notes(checker("match: '[а-я]{0,900}'")->check(TextAnswer{mebibyte}, {})), "regex.too_long");
}

TEST(Regex, EveryMessageIsWrittenInBothLanguages) {
  std::set<std::string_view> ids;
  for (const messages::Entry& entry : type().messages()) {
    EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
    EXPECT_FALSE(entry.ru.empty() || entry.en.empty()) << entry.id;
    EXPECT_EQ(entry.hint_ru.empty(), entry.hint_en.empty()) << entry.id;
    EXPECT_EQ(entry.wrong.empty(), !entry.id.starts_with("OT")) << entry.id;
    EXPECT_EQ(entry.wrong.empty(), entry.right.empty()) << entry.id;
  }
}

}  // namespace
}  // namespace otmetka::checkers::regex
