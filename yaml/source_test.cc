#include "yaml/source.h"

#include <gtest/gtest.h>

namespace otmetka::yaml {
namespace {

TEST(SourceTest, ColumnsCountCodePointsAndLinesCountFromOne) {
  const Source source("где: x\nё: т\n");
  EXPECT_EQ(source.range(0, 6), (Range{0, 6, 1, 1}));
  EXPECT_EQ(source.range(8, 1), (Range{8, 1, 1, 6}));
  const Range second = source.range(14, 2);
  EXPECT_EQ(second.line, 2U);
  EXPECT_EQ(second.column, 4U);
}

TEST(SourceTest, AByteOrderMarkTakesNoColumn) {
  const Source source("\xEF\xBB\xBF" "a: 1\n");
  EXPECT_EQ(source.body_offset(), 3U);
  EXPECT_EQ(source.range(3, 1), (Range{3, 1, 1, 1}));
  EXPECT_EQ(source.range(6, 1).column, 4U);
  EXPECT_EQ(source.line(1), "a: 1");
}

TEST(SourceTest, CarriageReturnsBelongToTheLineEnd) {
  const Source source("a\r\nb\r\n");
  EXPECT_EQ(source.line(1), "a");
  EXPECT_EQ(source.line(2), "b");
  EXPECT_EQ(source.line(3), "");
  EXPECT_EQ(source.line(4), "");
  EXPECT_EQ(source.line(0), "");
}

TEST(SourceTest, RangesPastTheEndAreCut) {
  const Source source("ab");
  EXPECT_EQ(source.range(9, 9), (Range{2, 0, 1, 3}));
  EXPECT_EQ(source.range(1, 9), (Range{1, 1, 1, 2}));
  EXPECT_EQ(source.range_at(7, 0, 1), (Range{2, 0, 1, 3}));
}

TEST(SourceTest, ACursorAgreesWithSingleLookupsInAnyOrder) {
  const Source source("\xEF\xBB\xBF" "ключ: значение\n\nещё: 日本\r\nконец");
  RangeCursor cursor(source);
  const std::size_t size = source.text().size();
  for (std::size_t i = 0; i < 4 * size; ++i) {
    const std::size_t offset = (i * 7) % (size + 1);
    const Range once = source.range(offset, 1);
    const Range walked = cursor.range(offset, 1);
    EXPECT_EQ(once, walked) << offset;
  }
}

TEST(FindBadByteTest, RefusesWhatAFileOfATeacherNeverHolds) {
  struct Row {
    std::string_view text;
    std::size_t offset;
    bool control;
  };
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"a\0b"sv, 1, true},          {"a\x1B[0m"sv, 1, true},      {"x\x7F"sv, 1, true},
      {"a\rb"sv, 1, true},          {"a\r"sv, 1, true},           {"\xC2\x85"sv, 0, true},
      {"\xCC\xEE\xF1\xEA\xE2\xE0"sv, 0, false},  // «Москва» in CP1251
      {"ok \xC0\xAF"sv, 3, false},  {"\xE0\x80\x80"sv, 0, false}, {"\xED\xA0\x80"sv, 0, false},
      {"\xF4\x90\x80\x80"sv, 0, false}, {"\xF0\x8F\xBF\xBF"sv, 0, false}, {"я\xD1"sv, 2, false},
      {"\xFF\xFE" "a"sv, 0, false},
  };
  for (const Row& row : rows) {
    const auto bad = find_bad_byte(row.text);
    ASSERT_TRUE(bad.has_value()) << row.text;
    EXPECT_EQ(bad->offset, row.offset) << row.text;
    EXPECT_EQ(bad->control, row.control) << row.text;
  }
}

TEST(FindBadByteTest, AllowsTextInEveryScriptWithTabsAndLineEnds) {
  EXPECT_FALSE(find_bad_byte("a\tб\r\n日\xF0\x9F\x99\x82\xC2\xA0\n").has_value());
}

}  // namespace
}  // namespace otmetka::yaml
