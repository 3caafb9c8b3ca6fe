#include "engine/answers/csv_records.h"

#include <random>

#include <sys/mman.h>
#include <unistd.h>

#include "engine/answers/answers_test_support.h"
#include "engine/answers/charset.h"
#include "engine/answers/csv_writer.h"
#include "queue/codec.h"

namespace otmetka::engine::answers {
namespace {

// Records as `line:cell|cell`, a fault as `!`.
std::vector<std::string> records(const std::string& bytes, CsvDialect dialect = {}) {
  const int fd = ::memfd_create("table", 0);
  EXPECT_EQ(::write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  ::lseek(fd, 0, SEEK_SET);
  InputFile input(fd, "table");
  CsvRecords reader(input, dialect);
  CsvRecord record;
  std::vector<std::string> out;
  while (reader.next(record)) {
    std::string text = std::to_string(record.line) + ":";
    for (std::size_t i = 0; i < record.size(); ++i) text += (i == 0 ? "" : "|") + std::string(record.cell(i));
    if (record.fault != CsvRecord::Fault::kNone) text += "!" + std::to_string(static_cast<int>(record.fault));
    out.push_back(text);
  }
  return out;
}

TEST(CsvRecords, TheTableOfRfc4180AndBeyond) {
  using Records = std::vector<std::string>;
  const std::pair<std::string, Records> rows[] = {
      {"", {}},
      {"a", {"1:a"}},
      {"a,b\n", {"1:a|b"}},
      {"a,b\r\nc,d\r\n", {"1:a|b", "2:c|d"}},
      {"a,,\n", {"1:a||"}},
      {"\n\nx\n", {"1:", "2:", "3:x"}},
      {"\"a,b\",c\n", {"1:a,b|c"}},
      {"\"a\nb\",c\nd,e\n", {"1:a\nb|c", "3:d|e"}},
      {"\"a\r\nb\"\r\nd", {"1:a\r\nb", "3:d"}},
      {"\"say \"\"yes\"\"\"\n", {"1:say \"yes\""}},
      {"\"\"\n", {"1:"}},
      {"\"\",\"\"\"\"\n", {"1:|\""}},
      {"5\" tall,x\n", {"1:5\" tall|x"}},
      {"a \"b\",c\n", {"1:a \"b\"|c"}},
      {"\"a\" ,b\n", {"1:a|b"}},
      {"\"a\"b,c\nd\n", {"1:a|c!2", "2:d"}},
      {"a\n\"open,b\nc,d", {"1:a", "2:open,b\nc,d!1"}},
      {"\"", {"1:!1"}},
      {"a\rb\n", {"1:a\rb"}},
      {std::string("a\0b,c\n", 6), {std::string("1:a\0b|c", 7)}},
  };
  for (const auto& [bytes, expected] : rows) EXPECT_EQ(records(bytes), expected) << bytes;
}

TEST(CsvRecords, OnlyALineWithoutSeparatorAndQuoteIsBlank) {
  const auto blank = [](const std::string& line) {
    CsvRecord record;
    const int fd = ::memfd_create("table", 0);
    EXPECT_EQ(::write(fd, line.data(), line.size()), static_cast<ssize_t>(line.size()));
    ::lseek(fd, 0, SEEK_SET);
    InputFile input(fd, "table");
    EXPECT_TRUE(CsvRecords(input, {}).next(record));
    return record.is_blank();
  };
  for (const char* line : {"\n", "\r\n", "  \n", " \t\r\n", "   "}) EXPECT_TRUE(blank(line)) << line;
  for (const char* line : {",\n", ",,\r\n", "\"\"\n", "\"\",\"\"\n", "0\n", "\"\n"}) EXPECT_FALSE(blank(line)) << line;
}

TEST(CsvRecords, AnOldMacintoshEndsLinesWithCr) {
  EXPECT_EQ(sniff_dialect("a;b\rc;d").line_end, '\r');
  EXPECT_EQ(sniff_dialect("a;b\r\"c\nx\";d\r").line_end, '\r') << "a line feed inside quotes ends no line";
  EXPECT_EQ(records("a,b\r\"c\nx\",d\r", {',', '\r'}), (std::vector<std::string>{"1:a|b", "2:c\nx|d"}));
  EXPECT_EQ(sniff_dialect("5\" tall;b\r\n1;2\r\n").line_end, '\n') << "nor does a quote inside a word begin any";
  EXPECT_EQ(sniff_dialect("a,b\r\n\"say \"\"yes\"\"\",d\r\n").line_end, '\n');
  EXPECT_EQ(records("a,b\rc,d\r", {',', '\r'}), (std::vector<std::string>{"1:a|b", "2:c|d"}));
}

TEST(CsvRecords, ARecordThatIsTooLongIsSkippedToItsEnd) {
  const std::string large(queue::kMaxSubmissionBytes + 100, 'x');
  const auto bare = records("a\n" + large + "\nb\n");
  ASSERT_EQ(bare.size(), 3u);
  EXPECT_EQ(bare[1].back(), '3');
  EXPECT_EQ(bare[2], "3:b");
  EXPECT_EQ(records("\"" + large + "\nmore\"\nb\n").at(1), "3:b");
  EXPECT_EQ(records(std::string(queue::kMaxSubmissionBytes, ',') + "\nb\n").at(1), "2:b");
}

TEST(CsvRecords, TheSeparatorIsTheCommonestOfTheHeader) {
  const std::pair<std::string, char> rows[] = {{"a,b,c\n1;2", ','}, {"a;b;c\n1,5;2,5;3", ';'}, {"a\tb\n", '\t'},
                                               {"a\n", ','},        {"\"a,b,c\";d\n", ';'},    {"", ','},
                                               {"a;b,c;d\n", ';'}};
  for (const auto& [bytes, separator] : rows) EXPECT_EQ(sniff_dialect(bytes).separator, separator) << bytes;
}

// Whatever cells are written, the same cells are read, in any dialect.
TEST(CsvRecords, ReadBackWhatTheWriterWrote) {
  std::mt19937 random(11);
  static constexpr std::string_view kAlphabet = "a,;\t\"\n\r '=|";
  for (int round = 0; round < 2000; ++round) {
    const char separator = ",;\t"[round % 3];
    std::vector<std::string> cells(1 + random() % 4);
    std::string bytes;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (auto n = random() % 6; n > 0; --n) cells[i] += kAlphabet[random() % kAlphabet.size()];
      if (i > 0) bytes += separator;
      append_csv_plain(cells[i], separator, bytes);
    }
    std::string expected = "1:";
    for (std::size_t i = 0; i < cells.size(); ++i) expected += (i == 0 ? "" : "|") + cells[i];
    EXPECT_EQ(records(bytes + "\r\n", {separator, '\n'}), std::vector<std::string>{expected}) << bytes;
  }
}

TEST(Charset, EvidenceIsAnySoundSequence) {
  EXPECT_FALSE(charset_evidence("ascii").high);
  EXPECT_TRUE(charset_evidence("\xCF\xF0\xE8").high);
  EXPECT_FALSE(charset_evidence("\xCF\xF0\xE8").multibyte);  // «При» in Windows-1251
  EXPECT_TRUE(charset_evidence("\xFF\xD0\x9F").multibyte);
}

TEST(Charset, TheWholeFileDecidesEvenAcrossReads) {
  const TestFolder folder;
  for (const std::size_t before : {std::size_t{0}, std::size_t{1} << 18, (std::size_t{1} << 20) - 1, std::size_t{3} << 20}) {
    for (std::size_t shift = 0; shift < 3; ++shift) {
      const std::string bytes = "\xCF\n" + std::string(before + shift, 'x') + "\xD0\x9F\n";
      auto input = InputFile::open(folder.write("a.csv", bytes));
      EXPECT_TRUE(charset_evidence(*input).multibyte) << before << " " << shift;
    }
  }
}

TEST(Charset, Windows1251) {
  EXPECT_EQ(from_cp1251("\xCF\xF0\xE8\xE2\xE5\xF2, \xB8 \xA8 \xB9 \xAB\xBB \x97 5\xB0"), "Привет, ё Ё № «» — 5°");
  EXPECT_EQ(from_cp1251("\x98\x88"), "\xEF\xBF\xBD€");
}

}  // namespace
}  // namespace otmetka::engine::answers
