#include "tests/house/sizes.h"

#include <gtest/gtest.h>

namespace otmetka::house {
namespace {

std::string lines(int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += '\n';
  return out;
}

// A function of n lines.
std::string function(const std::string& name, int n) { return "int " + name + "() {" + lines(n - 1) + "}\n"; }

TEST(Oversized, TheLimitItselfIsAllowed) {
  EXPECT_EQ(oversized({"a.cc", lines(kMostSourceLines)}), Sizes{});
  EXPECT_EQ(oversized({"a.h", lines(kMostHeaderLines)}), Sizes{});
  EXPECT_EQ(oversized({"a.cc", function("f", kMostFunctionLines)}), Sizes{});
}

TEST(Oversized, OneLineMoreIsNot) {
  EXPECT_EQ(oversized({"a.cc", lines(401)}), (Sizes{{"a.cc", 401}}));
  EXPECT_EQ(oversized({"a.h", lines(151)}), (Sizes{{"a.h", 151}}));
  EXPECT_EQ(oversized({"a.cc", function("f", 71)}), (Sizes{{"a.cc f", 71}}));
}

TEST(Oversized, OfFunctionsWithOneNameTheLongestCounts) {
  EXPECT_EQ(oversized({"a.cc", function("f", 80) + function("f", 90) + function("f", 3)}), (Sizes{{"a.cc f", 90}}));
}

TEST(WideLines, AreCountedInCharactersAndNotInTablesOfTexts) {
  const std::string fits(kMostColumns, 'x');
  std::string cyrillic;
  for (std::size_t i = 0; i < kMostColumns; ++i) cyrillic += "ы";
  EXPECT_EQ(wide_lines({"a.cc", fits + "\n" + cyrillic + "\n"}), std::vector<int>{});
  EXPECT_EQ(wide_lines({"a.cc", fits + "\n" + fits + "x\n\n" + cyrillic + "ы\n"}), (std::vector<int>{2, 4}));
  EXPECT_EQ(wide_lines({"messages/lint_entries.cc", fits + "x\n"}), std::vector<int>{});
  EXPECT_EQ(wide_lines({"checkers/text/messages.cc", fits + "x\n"}), std::vector<int>{});
}

TEST(ParseExceptions, ReadsFilesAndFunctions) {
  EXPECT_EQ(parse_exceptions("# why\n410 a.cc\n80 a.cc A::f  # reason\n\n"), (Sizes{{"a.cc", 410}, {"a.cc A::f", 80}}));
}

TEST(CheckSizes, IsARatchet) {
  struct Row {
    Sizes today;
    Sizes excepted;
    const char* finding;
  };
  const Row rows[] = {
      {{}, {}, ""},
      {{{"a", 410}}, {{"a", 410}}, ""},
      {{{"a", 410}}, {}, "split it"},
      {{{"a", 411}}, {{"a", 410}}, "grown"},
      {{{"a", 409}}, {{"a", 410}}, "shrunk"},
      {{}, {{"a", 410}}, "no exception any more"},
  };
  for (const Row& row : rows) {
    const Findings found = check_sizes(row.today, row.excepted);
    if (*row.finding == '\0') {
      EXPECT_EQ(told(found), "");
    } else {
      ASSERT_EQ(found.size(), 1u) << row.finding;
      EXPECT_NE(found[0].what.find(row.finding), std::string::npos) << told(found);
    }
  }
}

}  // namespace
}  // namespace otmetka::house
