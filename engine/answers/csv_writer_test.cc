#include "engine/answers/csv_writer.h"

#include <utility>

#include <gtest/gtest.h>

namespace otmetka::engine::answers {
namespace {

std::string text(std::string_view cell, char separator = ',') {
  std::string out;
  append_csv_text(cell, separator, out);
  return out;
}

TEST(CsvWriter, WhatASpreadsheetWouldRunIsShownAsText) {
  const std::pair<std::string, std::string> rows[] = {
      {"=1+1", "'=1+1"},
      {"+7", "'+7"},
      {"-9,8 м/с²", "\"'-9,8 м/с²\""},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t=1"},
      {"\r=1", "\"'\r=1\""},
      {"\n=1", "\"'\n=1\""},
      {"＝1+1", "'＝1+1"},
      {"＋7", "'＋7"},
      {"－7", "'－7"},
      {"＠SUM", "'＠SUM"},
      {"а＝1", "а＝1"},
      {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
      {"a=1", "a=1"},
      {"", ""},
  };
  for (const auto& [cell, expected] : rows) EXPECT_EQ(text(cell), expected);
}

TEST(CsvWriter, QuotesWhatNeedsThem) {
  EXPECT_EQ(text("a,b"), "\"a,b\"");
  EXPECT_EQ(text("a,b", ';'), "a,b");
  EXPECT_EQ(text("a\nb"), "\"a\nb\"");
  EXPECT_EQ(text("он \"сказал\""), "\"он \"\"сказал\"\"\"");
  EXPECT_EQ(text(" a"), "\" a\"");
  EXPECT_EQ(text("a\xFF"), "a\xEF\xBF\xBD");
}

TEST(CsvWriter, NumbersOfOurOwnStayNumbers) {
  std::string out;
  append_csv_plain("-0.5", ',', out);
  EXPECT_EQ(out, "-0.5");
}

}  // namespace
}  // namespace otmetka::engine::answers
