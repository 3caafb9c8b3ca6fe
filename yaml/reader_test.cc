#include "yaml/reader.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace otmetka::yaml {
namespace {

Node read_ok(const std::string& text) {
  Document document = read(text);
  EXPECT_TRUE(document.ok()) << text << (document.problems.empty() ? "" : document.problems[0].message.id);
  return document.root.value_or(Node{});
}

TEST(ReaderTest, PlainScalarsAreWhatWasTyped) {
  for (const char* typed : {"no", "yes", "true", "1e3", "12:30", "07", "3,14", "0x1F", "1_000", ".5", "~", "null", "Null", "NULL",
                            "-", "50%", "2/3", "9.8 ± 0.05", "a#b", "−5", "x:y", "=", "?x", "-x"}) {
    if (std::string(typed) == "-") continue;
    const Node root = read_ok("a: " + std::string(typed) + "\n");
    const Node* value = root.find("a");
    ASSERT_NE(value, nullptr) << typed;
    EXPECT_TRUE(value->is_scalar()) << typed;
    EXPECT_EQ(value->text, typed);
    EXPECT_FALSE(value->quoted()) << typed;
  }
}

TEST(ReaderTest, AMissingValueIsEmptyAndNotTheWordThatFollows) {
  const Node root = read_ok("a:\nnull: 1\nb:\n~: 2\nc: null\nd: {x: , y: ~}\n");
  EXPECT_TRUE(root.find("a")->is_empty());
  EXPECT_EQ(root.find("null")->text, "1");
  EXPECT_TRUE(root.find("b")->is_empty());
  EXPECT_EQ(root.find("~")->text, "2");
  EXPECT_EQ(root.find("c")->text, "null");
  EXPECT_TRUE(root.find("d")->find("x")->is_empty());
  EXPECT_EQ(root.find("d")->find("y")->text, "~");
}

TEST(ReaderTest, AnEmptyValueStandsAtItsKeyAndAnEmptyTextIsNoEmptyValue) {
  const Node root = read_ok("x: 1\nключ:\ny: ''\n");
  EXPECT_EQ(root.find("ключ")->range, (Range{5, 8, 2, 1}));
  EXPECT_TRUE(root.find("y")->is_scalar());
  EXPECT_EQ(root.find("y")->range.length, 2U);
}

TEST(ReaderTest, OrderOfKeysIsKept) {
  const Node root = read_ok("b: 1\na: 2\nв: 3\n");
  ASSERT_EQ(root.entries.size(), 3U);
  EXPECT_EQ(root.entries[0].key, "b");
  EXPECT_EQ(root.entries[1].key, "a");
  EXPECT_EQ(root.entries[2].key, "в");
  EXPECT_EQ(root.entries[2].key_range, (Range{10, 2, 3, 1}));
}

TEST(ReaderTest, CrlfAndAByteOrderMarkChangeNothing) {
  const std::string unix_text = "a: б\nв:\n- x\n- |\n  один\n  два\nc: \"d\n  e\"\n";
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : unix_text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Node left = read_ok(unix_text);
  const Node right = read_ok(windows);
  EXPECT_EQ(left.find("a")->text, right.find("a")->text);
  EXPECT_EQ(left.find("в")->items[1].text, right.find("в")->items[1].text);
  EXPECT_EQ(left.find("c")->text, right.find("c")->text);
  EXPECT_EQ(left.find("c")->range.line, right.find("c")->range.line);
  EXPECT_EQ(left.find("c")->range.column, right.find("c")->range.column);
}

TEST(ReaderTest, TabsInsideTextsAreNotIndentation) {
  read_ok("a: |\n  if x:\n  \treturn\nb: \"x\n\ty\"\nc: 1\t# note\n\t\n\t# note\n");
}

TEST(ReaderTest, ScalarsSpanTheirSourceQuotesIncluded) {
  struct Row {
    const char* text;
    Node::Style style;
    std::uint32_t length;
  };
  const Row rows[] = {
      {"a: привет\n", Node::Style::kPlain, 12},
      {"a: x y # z\n", Node::Style::kPlain, 3},
      {"a: x\n   y\nb: 1\n", Node::Style::kPlain, 6},
      {"a: 'it''s'\n", Node::Style::kSingleQuoted, 7},
      {"a: \"q\\\"w\" # x\n", Node::Style::kDoubleQuoted, 6},
      {"a: |\n  x\n  y\nb: 1\n", Node::Style::kLiteral, 10},
      {"a: >-\n  x\n  y\nb: 1\n", Node::Style::kFolded, 10},
  };
  for (const Row& row : rows) {
    const Node root = read_ok(row.text);
    const Node* value = root.find("a");
    EXPECT_EQ(value->style, row.style) << row.text;
    EXPECT_EQ(value->range.offset, 3U) << row.text;
    EXPECT_EQ(value->range.length, row.length) << row.text;
  }
}

// The piece of the file behind `piece` of the value, as text with line and column.
std::string inside(const std::string& text, const std::string& piece) {
  const Document document = read(text);
  const Node* value = document.root->find("a");
  const std::size_t at = value->text.find(piece);
  EXPECT_NE(at, std::string::npos) << value->text;
  const Range range = range_inside(document.source, *value, at, piece.size());
  return std::string(document.source.text().substr(range.offset, range.length)) + "@" + std::to_string(range.line) + ":" +
         std::to_string(range.column);
}

TEST(RangeInsideTest, FindsTheBytesBehindAPieceOfAValue) {
  EXPECT_EQ(inside("a: (\\d+)[.\n", "[."), "[.@1:9");
  EXPECT_EQ(inside("a: 'it''s x'\n", "x"), "x@1:11");
  EXPECT_EQ(inside("a: 'it''s x'\n", "'s"), "''s@1:7");
  EXPECT_EQ(inside("a: \"\\u0416\\t\\x41 b\"\n", "b"), "b@1:18");
  EXPECT_EQ(inside("a: \"один\n  два три\"\n", "три"), "три@2:7");
  EXPECT_EQ(inside("a: один  \n   два\n", "два"), "два@2:4");
  EXPECT_EQ(inside("a: |\n  x\n    y\n\n  z\n", "y"), "y@3:5");
  EXPECT_EQ(inside("a: |\n  x\n    y\n\n  z\n", "z"), "z@5:3");
  EXPECT_EQ(inside("a: |2\n    x\n   y\n", "  x"), "  x@2:3");
  EXPECT_EQ(inside("a: |\r\n  x\r\n  yz\r\n", "yz"), "yz@3:3");
  EXPECT_EQ(inside("a: >\n  x\n  y\n\n  zz\n", "zz"), "zz@5:3");
  EXPECT_EQ(inside("a: \"x\\\n   y\"\n", "y"), "y@2:4");
}

TEST(RangeInsideTest, OffsetsPastTheValueAreCut) {
  const Document document = read("a: xy\n");
  EXPECT_EQ(range_inside(document.source, *document.root->find("a"), 99, 99), (Range{5, 0, 1, 6}));
}

TEST(ReaderTest, AKeptRootGoesWithItsProblems) {
  const Document document = read("a: 1\na: 2\nb: 3\n");
  ASSERT_TRUE(document.root.has_value());
  EXPECT_EQ(document.root->find("a")->text, "1");
  EXPECT_EQ(document.root->find("b")->text, "3");
  EXPECT_EQ(document.problems[0].message.args[0], Arg(std::string("a")));
  EXPECT_EQ(document.problems[0].message.args[1], Arg(std::int64_t{1}));
}

TEST(ReaderTest, SixteenLevelsAreAllowed) {
  std::string text;
  for (int i = 0; i < 15; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  read_ok(text + std::string(15, ' ') + "b: 1\n");
}

// Bounds are some fifty times what an idle core needs: they catch quadratic time, not a busy machine.
TEST(ReaderTest, TimeIsLinearInHostileFiles) {
  std::string keys;
  for (int i = 0; keys.size() < 1'000'000; ++i) keys += "k" + std::to_string(i) + ":\n";
  std::string flow = "[";
  while (flow.size() < 1'000'000) flow += "ы,";
  std::string quotes = "a: \"";
  while (quotes.size() < 1'000'000) quotes += "\\u0416\n ";
  for (const std::string& text : {keys, flow + "]", quotes + "\"", "a: " + std::string(1'000'000, '&'), std::string(1'000'000, '{')}) {
    const auto start = std::chrono::steady_clock::now();
    const Document document = read(text);
    EXPECT_TRUE(document.root.has_value() || !document.problems.empty());
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << text.substr(0, 8);
  }
}

}  // namespace
}  // namespace otmetka::yaml
