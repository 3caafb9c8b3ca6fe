#include "checkers/text/pattern.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace otmetka::checkers::text {
namespace {

std::unique_ptr<const Pattern> compiled(std::string_view text, bool ignore_case = false) {
  std::vector<PatternProblem> problems;
  auto pattern = Pattern::compile(text, {.ignore_case = ignore_case}, problems);
  EXPECT_TRUE(problems.empty()) << text;
  return pattern;
}

TEST(Pattern, CoversTheWholeTextOrNothing) {
  struct Case {
    std::string_view rule, pattern, text;
    bool covered;
  };
  const Case cases[] = {
      {"an alternation is anchored as a whole", "a|b", "a", true},
      {"its first alternative at the beginning is not enough", "a|b", "a is wrong", false},
      {"its last alternative at the end is not enough", "a|b", "wrong is b", false},
      {"a middle alternative is anchored on both sides", "a|b|c", "xbx", false},
      {"the longer alternative is found where the shorter comes first", "a|ab", "ab", true},
      {"a parenthesis more on each side would break a textual anchor", "(a)|(b)", "ab", false},
      {"anchors of the teacher's own change nothing", "^a$|^b$", "b", true},
      {"nothing before", "\\d+", "x1", false},
      {"nothing after", "\\d+", "1x", false},
      {"no line end after, whatever $ means elsewhere", "a$", "a\n", false},
      {"(?m) does not let another line in", "(?m)^a$", "a\nb", false},
      {"the dot is no line end", "a.b", "a\nb", false},
      {"the dot is one character of any script", ".", "я", true},
      {"classes of Cyrillic", "[а-яё]+", "ёжик", true},
      {"a text that is not UTF-8", ".*", "\xFF", false},
      {"a text with NUL", "a.b", std::string_view("a\0b", 3), true},
      {"an empty text", "a?", "", true},
  };
  for (const Case& c : cases) EXPECT_EQ(compiled(c.pattern)->covers(c.text), c.covered) << c.rule;
  EXPECT_TRUE(compiled("москва|ЁЖ", true)->covers("МОСКВА"));
  EXPECT_FALSE(compiled("москва")->covers("МОСКВА"));
}

TEST(Pattern, GivesNamedGroups) {
  const auto pattern = compiled("(?P<d>\\d+)(?:-(?P<m>\\d+))?");
  std::vector<re2::StringPiece> groups;
  ASSERT_TRUE(pattern->covers("12", groups, 2));
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[static_cast<std::size_t>(pattern->group_number("d"))].as_string(), "12");
  EXPECT_EQ(groups[static_cast<std::size_t>(pattern->group_number("m"))].data(), nullptr);
  EXPECT_EQ(pattern->group_number("y"), 0);
  EXPECT_EQ(pattern->group_names(), (std::vector<std::string>{"d", "m"}));
}

TEST(Pattern, TellsWhereAnErrorIs) {
  struct Case {
    std::string_view pattern, code;
    std::size_t offset, length;
  };
  std::string too_large;
  for (int i = 0; i < 100; ++i) too_large += "[а-яё]{1000}";
  const Case cases[] = {
      {"ab)c", "OT140", 2, 1},
      {"a(b(c)", "OT141", 1, 1},
      {"\\(a(?P<x>b", "OT141", 3, 1},
      {"x[а-я", "OT142", 1, 1},
      {"*a", "OT143", 0, 1},
      {"a*|*b", "OT143", 3, 1},  // the second of two stars
      {"a**", "OT143", 1, 2},
      {"a\\yb", "OT144", 1, 2},
      {"(a)\\1", "OT144", 3, 2},  // no back references
      {"a\\", "OT144", 1, 1},
      {"[я-а]", "OT145", 1, 5},
      {"[[:letters:]]", "OT145", 1, 11},
      {"a{2000}", "OT146", 1, 6},
      {"a(?=b)", "OT147", 1, 3},
      {"a(?<!b)", "OT147", 1, 3},
      {"(?P<1-2>b)", "OT147", 0, 8},
      {"((a{100}){100}){100}", "OT146", 9, 5},
      {too_large, "OT148", 0, 0},
      {"\xFF", "OT149", 0, 0},
  };
  for (const Case& c : cases) {
    std::vector<PatternProblem> problems;
    EXPECT_EQ(Pattern::compile(c.pattern, {}, problems), nullptr) << c.pattern;
    ASSERT_EQ(problems.size(), 1U) << c.pattern;
    EXPECT_EQ(problems[0].message.id, c.code) << c.pattern;
    EXPECT_EQ(problems[0].offset, c.offset) << c.pattern;
    EXPECT_EQ(problems[0].length, c.length) << c.pattern;
  }
}

TEST(Pattern, SuspectsADotBetweenDigits) {
  struct Case {
    std::string_view pattern;
    std::size_t offset;  // npos: none
  };
  constexpr std::size_t kNone = std::string_view::npos;
  const Case cases[] = {
      {"3.14", 1},      {"3\\.14", kNone}, {"\\d{1,2}.\\d{4}", 7}, {"[0-9].[0-9]", 5}, {"(\\d+).(\\d+)", 5}, {"(?P<a>\\d)+.(?:5)", 10},
      {"3[.,]14", kNone}, {"3.*4", kNone},   {"3.?4", kNone},      {"a.4", kNone},     {"3.", kNone},        {"\\Q3.1\\E", kNone},
      {"[^0-9].1", kNone}, {"я.1", kNone},
  };
  for (const Case& c : cases) {
    const auto problems = suspicious(c.pattern);
    ASSERT_EQ(problems.size(), c.offset == kNone ? 0U : 1U) << c.pattern;
    if (problems.empty()) continue;
    EXPECT_EQ(problems[0].message.id, "OT271");
    EXPECT_EQ(problems[0].offset, c.offset) << c.pattern;
  }
}

TEST(Pattern, SuspectsAClassOfTwoScripts) {
  for (const std::string_view pattern : {"[аa]", "x[а-яa-z]+", "[a-я]", "[^сc]", "[\\]аa]", "[[:digit:]аa]"}) {
    const auto problems = suspicious(pattern);
    ASSERT_EQ(problems.size(), 1U) << pattern;
    EXPECT_EQ(problems[0].message.id, "OT272");
    EXPECT_EQ(problems[0].offset, pattern.find('[')) << pattern;
  }
  for (const std::string_view pattern : {"[а-я]a", "[a-z]|[а-я]", "[а-я\\d]", "[\\pLа]", "[]а]", "\\[аa]", "[а", "a]я"}) {
    EXPECT_TRUE(suspicious(pattern).empty()) << pattern;
  }
}

TEST(Pattern, ExplodesNowhere) {
  const std::string mebibyte(1 << 20, 'a');
  for (const std::string_view text : {"(a+)+$", "(a*)*b", "(a|aa)+", "(a|a?)+", "(.*)(.*)(.*)(.*)x", "(a|b)*a(a|b){20}"}) {
    const auto pattern = compiled(text);
    std::vector<re2::StringPiece> groups;
    const auto start = std::chrono::steady_clock::now();
    pattern->covers(mebibyte + "!", groups, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2)) << text;
  }
  EXPECT_TRUE(compiled("[а-я]{0,900}")->is_too_long(mebibyte));
}

}  // namespace
}  // namespace otmetka::checkers::text
