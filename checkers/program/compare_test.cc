#include "checkers/program/compare.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::program {
namespace {

using Kind = Comparison::Kind;

Comparison of(Kind kind) {
  Comparison out;
  out.kind = kind;
  return out;
}

Comparison within(std::optional<double> absolute, std::optional<double> relative) {
  Comparison out;
  out.absolute = absolute;
  out.relative = relative;
  return out;
}

Comparison tokens(bool case_sensitive, bool space_change_sensitive) {
  Comparison out;
  out.case_sensitive = case_sensitive;
  out.space_change_sensitive = space_change_sensitive;
  return out;
}

struct Row {
  std::string answer;
  std::vector<std::string> accepted, refused;
};

void expect(const Comparison& comparison, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const std::string answer = " for " + ::testing::PrintToString(row.answer);
    for (const std::string& output : row.accepted) {
      EXPECT_FALSE(compare(output, row.answer, comparison)) << ::testing::PrintToString(output) << answer;
    }
    for (const std::string& output : row.refused) {
      EXPECT_TRUE(compare(output, row.answer, comparison)) << ::testing::PrintToString(output) << answer;
    }
  }
}

TEST(CompareExact, IsByteForByte) {
  expect(of(Kind::kExact), {
      {"", {""}, {" ", "\n"}},
      {"5\n", {"5\n"}, {"5", "5\r\n", " 5\n", "5\n\n", "6\n", ""}},
      {std::string("a\0b", 3), {std::string("a\0b", 3)}, {"a", std::string("a\0c", 3)}},
  });
}

TEST(CompareLines, IgnoresTheEndsOfLinesAndOfTheText) {
  expect(of(Kind::kLines), {
      {"", {"", "\n", " \r\n\t\n"}, {"x", "\nx"}},
      {"a b\nc\n", {"a b\nc", "a b\nc\n", "a b \nc\t\n\n \n", "a b\r\nc\r\n"},
       {"a  b\nc", " a b\nc", "a b c", "a b\n\nc", "\na b\nc", "a b", "A b\nc", ""}},
      {"a\n\nb\n\n\n", {"a\n\nb", "a\n \t\nb\n"}, {"a\nb", "a\n\n\nb", "a"}},
      {"\na", {"\r\na\n"}, {"a", "\n\na"}},
      {"a\xC2\xA0", {"a\xC2\xA0 "}, {"a"}},  // a no-break space is no white space
      {"1.0", {"1.0"}, {"1.00"}},
  });
}

TEST(CompareUnorderedLines, IgnoresTheOrderAndNotTheNumber) {
  expect(of(Kind::kUnorderedLines), {
      {"", {"", "\n \n"}, {"x"}},
      {"a\nb\na\n", {"a\na\nb", "b\na\na \r\n", "\nb\n\na\na"}, {"a\nb", "a\nb\nb", "a\na\nb\na", "a a\nb", "", "A\na\nb", " a\na\nb"}},
      {"a\n\nb", {"a\nb", "b\n\n\na"}, {"ab"}},
  });
}

TEST(CompareTokens, IgnoresWhiteSpace) {
  expect(Comparison(), {
      {"", {"", " \n\t\v\f\r\n"}, {".", "0", std::string(1, '\0')}},
      {"A B\n", {"A B", " A\r\nB ", "\tA\n\n\nB\n", "A\vB\f"}, {"AB", "A", "A B C", "B A", "a B", "A b", "", "A\xC2\xA0" "B"}},
      {"10", {"10 "}, {"10.0", "+10", "010", "1e1", "1 0"}},
      {"a", {}, {std::string("a\0", 2), std::string("a\0a", 3)}},
      {"-1 -1", {}, {"-1-1"}},
  });
}

TEST(CompareTokens, MayIgnoreTheCaseOfLatinLetters) {
  expect(tokens(false, false), {
      {"Yes Z", {"YES z", "yes Z"}, {"ye s Z", "Yes", "Yes [", "Yes Y"}},
      {"Да", {"Да"}, {"да", "ДА"}},
      {"[@`{", {"[@`{"}, {"{@`[", "[`@{"}},
  });
}

TEST(CompareTokens, MayMindTheWhiteSpace) {
  expect(tokens(true, true), {
      {"", {""}, {" ", "\n", "x"}},
      {" \n", {" \n"}, {"", "\n", "\n ", " ", " \nx"}},
      {"A  B\n", {"A  B\n"}, {"A B\n", "A\t B\n", "A  B", " A  B\n", "A  B\r\n", "A  B\n\n", "a  B\n", "A  \n", "A  B \n"}},
  });
  expect(tokens(false, true), {{"A B", {"a b"}, {"a  b", "a b "}}});
}

TEST(CompareNumbers, WithinTheAbsoluteTolerance) {
  expect(within(1, std::nullopt), {
      {"10 11", {"10 11", "9 12", "11 10", "1e1 1.1E+1", "10.00 +11", "9.5\n11.5"},
       {"8.99 11", "10 12.01", "10", "10 11 12", "10 x", "10 0xB", "10 nan"}},
      {"0", {"-1", "1", "-0", "0.5", "1e-4000"}, {"1.5", "inf", "-", "", "1e400"}},
  });
}

TEST(CompareNumbers, WithinTheRelativeTolerance) {
  expect(within(std::nullopt, 0.5), {
      {"10 -20", {"5 -10", "15 -30", "10 -20"}, {"4.99 -20", "10 -30.01", "10 20"}},
      {"0", {"0", "-0.0", "0e5"}, {"0.1", "-1e-300"}},
  });
}

TEST(CompareNumbers, WithinEitherAndNotTheSum) {
  expect(within(0.5, 0.5), {{"1000 0.001", {"500 -0.499", "1500 0.501"}, {"499 0", "1501 0", "1000 0.502", "1500.4 0"}}});
  expect(within(1e-6, 1e-6), {{"1 100000000", {"1.0000009 100000099"}, {"1.0000015 100000000", "1 100000101"}}});
}

TEST(CompareNumbers, AToleranceOfZeroStillReadsNumbers) {
  expect(within(0, std::nullopt), {
      {"100", {"100", "1e2", "100.", "+100.0", ".1e3", "0100", "1000e-1"}, {"100.1", "1e2x", "100e", "0x64", "99.99999999"}},
      {"-0.0", {"0", "-0", ".0e5", "1e-999"}, {".", "-", "0e"}},
      {"1e400", {"1e400"}, {"1e401", "inf", "1E400"}},                      // too large for a number: text
      {"0x10", {"0x10"}, {"16", "0X10"}},                                   // no number either
      {"inf nan", {"inf nan"}, {"infinity nan", "INF NaN", "0 0"}},
      {"1000A", {"1000A"}, {"1000.0A", "1000a"}},
  });
  Comparison comparison = within(std::nullopt, 0);
  comparison.case_sensitive = false;
  expect(comparison, {{"inf -NaN 1e5", {"INF -nan 1E5", "inf -nan 100000"}, {"-inf -nan 1e5", "infinity -nan 1e5"}}});
}

TEST(CompareNumbers, ANegativeToleranceIsNone) {
  expect(within(-1, std::nullopt), {{"1", {"1"}, {"1.0"}}});
  expect(within(-1, 0.5), {{"1", {"1", "1.5"}, {"1.6"}}});
}

TEST(CompareNumbers, FarApartIsNotWithin) {
  expect(within(1e300, 1e-9), {{"1e308", {"1e308"}, {"-1e308"}}});
}

std::string why(const std::string& output, const std::string& answer, const Comparison& comparison, messages::Language language) {
  const std::span<const messages::Entry> tables[] = {compare_entries()};
  const auto message = compare(output, answer, comparison);
  return message ? messages::Catalogue(tables).render(*message, language) : "";
}

TEST(CompareReason, SaysWhatDiffersWhere) {
  Comparison blind = tokens(false, false);
  const struct {
    Comparison comparison;
    std::string output, answer, reason;
  } rows[] = {
      {{}, "1 2\n4 5", "1 2\n3 5", "Token 3 (line 2): “3” was expected, “4” came."},
      {{}, "1 2", "1 2 3", "The output ends too early: “3” was expected next."},
      {{}, " \n", "1 2", "The program printed nothing, “1” was expected."},
      {{}, "1\n\n2 3", "1", "There is more output than expected: “2” (line 3)."},
      {blind, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac",
       "Token 1 (line 1): “…aaaaaaaaaaaaaaac” was expected, “…AAAAAAAAAAAAAAAb” came."},
      {within(0.1, {}), "1 2.2", "1 2", "Token 2 (line 1): “2” was expected, “2.2” came, which is outside the tolerance."},
      {within(0.1, {}), "1 x\x1b", "1 2", "Token 2 (line 1): the number “2” was expected, “x␛” came."},
      {tokens(true, true), "a\n b", "a\n\nb", "Line 2: spaces and line ends differ: “␊␊” was expected, “␊␠” came."},
      {tokens(true, true), "a", "a\n", "Line 1: spaces and line ends differ: “␊” was expected, “” came."},
      {tokens(true, true), "a  b", "a b c", "Line 1: spaces and line ends differ: “␠” was expected, “␠␠” came."},
      {of(Kind::kLines), "a\nb  c\n", "a\nb c\n", "Line 2: “b c” was expected, “b  c” came."},
      {of(Kind::kLines), "a\n", "a\n\nb", "The output ends too early: “b” was expected next."},
      {of(Kind::kLines), "a\n\nb\n", "a\n", "There is more output than expected: “b” (line 3)."},
      {of(Kind::kLines), "\n", "a", "The program printed nothing, “a” was expected."},
      {of(Kind::kUnorderedLines), "b\n\nc\n", "a\nb\n", "Line 3 does not belong there or is there too often: “c”."},
      {of(Kind::kUnorderedLines), "b\n", "a\nb\nb", "The line “a” is missing."},
      {of(Kind::kUnorderedLines), "", "\na\n", "The program printed nothing, “a” was expected."},
      {of(Kind::kExact), "x\n5 ", "x\n5\n", "Line 2, byte 2: “5␊” was expected, “5 ” came."},
      {of(Kind::kExact), "5", "5\n", "The output ends too early: “␊” was expected next."},
      {of(Kind::kExact), "5\n\n", "5\n", "There is more output than expected: “␊” (line 2)."},
      {of(Kind::kExact), "", "5", "The program printed nothing, “5” was expected."},
      {of(Kind::kExact), "я", "ю", "Line 1, byte 2: “ю” was expected, “я” came."},
  };
  for (const auto& row : rows) EXPECT_EQ(why(row.output, row.answer, row.comparison, messages::Language::kEnglish), row.reason);
  EXPECT_EQ(why("1 4", "1 3", {}, messages::Language::kRussian), "Слово 2 (строка 1): ожидалось «3», получено «4».");
}

TEST(CompareReason, IsShortHoweverLongTheTexts) {
  const std::string output(1 << 20, '\xff');
  const std::string answer(1 << 20, '\xfe');
  for (const Kind kind : {Kind::kExact, Kind::kLines, Kind::kUnorderedLines, Kind::kTokens}) {
    const std::string reason = why(output, answer, of(kind), messages::Language::kRussian);
    EXPECT_FALSE(reason.empty());
    EXPECT_LT(reason.size(), 500u) << reason;
  }
}

}  // namespace
}  // namespace otmetka::checkers::program
