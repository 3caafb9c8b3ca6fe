// Each mistake a person makes in YAML has its own code and stands where the person made it.
#include <gtest/gtest.h>

#include <string>

#include "yaml/reader.h"

namespace otmetka::yaml {
namespace {

struct Row {
  const char* mistake;
  std::string text;
  const char* code;
  std::uint32_t line;
  std::uint32_t column;
};

std::string deep(int levels) {
  std::string text;
  for (int i = 0; i < levels; ++i) text += std::string(static_cast<std::size_t>(2 * i), ' ') + "a:\n";
  return text + std::string(static_cast<std::size_t>(2 * levels), ' ') + "b: 1\n";
}

const Row kRows[] = {
    {"empty file", "", "OT104", 1, 1},
    {"only comments", "# ничего\n\n", "OT104", 1, 1},
    {"only a document mark", "---\n", "OT104", 1, 1},
    {"too large", std::string((1U << 20) + 1, ' '), "OT101", 1, 1},
    {"CP1251", "a: \xCC\xEE\n", "OT102", 1, 4},
    {"NUL", std::string("a: \0b\n", 7), "OT103", 1, 4},
    {"NUL by escape", "a: \"x\\0\"\n", "OT103", 1, 4},
    {"old Mac line ends", "a: 1\rb: 2\r", "OT103", 1, 5},
    {"tab before a key", "\ta: 1\n", "OT110", 1, 1},
    {"tab inside a mapping", "a:\n\tb: 1\n", "OT110", 2, 1},
    {"tab after spaces", "a:\n  b: 1\n  \tc: 2\n", "OT110", 3, 3},
    {"tab in a bracket's second line", "a: [1,\n\t2]\n", "OT110", 2, 1},
    {"tab in a plain text's second line", "a: x\n\ty\n", "OT110", 2, 1},
    {"double quote never closed", "é: \"x\nb: 1\n", "OT111", 1, 4},
    {"single quote never closed", "a: 'x\n", "OT111", 1, 4},
    {"quote closed by the next one", "a: \"x\nb: \"y\"\n", "OT111", 1, 4},
    {"quote in a key never closed", "\"a: 1\n", "OT111", 1, 1},
    {"quotes inside quotes", "say: \"Он сказал \"да\" тут\"\n", "OT112", 1, 18},
    {"apostrophe inside apostrophes", "a: 'it's'\n", "OT112", 1, 8},
    {"text after a quoted text", "a: \"x\" y\n", "OT112", 1, 8},
    {"colon in an unquoted text", "ask: Вопрос: какой?\n", "OT113", 1, 12},
    {"colon in an item", "- a: b: c\n", "OT113", 1, 7},
    {"indented under a value", "a: 1\n b: 2\n", "OT114", 2, 2},
    {"between two levels", "a:\n  b: 1\n c: 2\n", "OT114", 3, 2},
    {"key deeper than its list", "a:\n- b: 1\n   c: d\n", "OT114", 3, 4},
    {"no space after the colon", "a:b\nc: 1\n", "OT115", 1, 1},
    {"no space after the colon in braces", "a: {б:1}\n", "OT115", 1, 5},
    {"no space after the colon of an item", "a:\n- b:c\n  d: 1\n", "OT115", 2, 3},
    {"a no-break space after the colon", "- id:\u00A0q\n  text: a\n", "OT115", 1, 3},
    {"a wide colon", "- id： q\n  text: a\n", "OT115", 1, 3},
    {"no space after the dash", "items:\n-id: q\n  text: a\n", "OT646", 2, 1},
    {"no space after the second dash", "items:\n  - id: q\n    text: a\n  -id: r\n    text: b\n", "OT646", 4, 3},
    {"no comma between fields", "- {id: q text: a}\n", "OT647", 1, 10},
    {"no comma after a quoted text", "- {id: \"q\" text: a}\n", "OT647", 1, 12},
    {"no comma after braces", "- {give: {a: b} score: 1}\n", "OT647", 1, 17},
    {"no comma between elements", "a: [{b: 5} {b: 6}]\n", "OT647", 1, 12},
    {"no comma between elements on two lines", "a: [{b: 5}\n    {b: 6}]\n", "OT647", 2, 5},
    {"colon in an unquoted text in braces", "{ask: Вопрос: какой}\n", "OT113", 1, 13},
    {"quotes inside quotes in braces", "{say: \"Он \"да\" тут\"}\n", "OT112", 1, 12},
    {"no colon", "answer\nb: 1\n", "OT116", 1, 1},
    {"no colon in an item", "- a: 1\n  b\n  c: 2\n", "OT116", 2, 3},
    {"bracket never closed", "a: [1, 2\nb: 3\n", "OT117", 1, 4},
    {"brace never closed", "a: {x: 1\nb: 3\n", "OT117", 1, 4},
    {"unknown escape", "a: \"\\d+\"\n", "OT118", 1, 5},
    {"at sign", "a: @x\n", "OT119", 1, 4},
    {"backtick", "a: `x`\n", "OT119", 1, 4},
    {"percent sign", "a: %x\n", "OT119", 1, 4},
    {"list in a value's line", "a: - x\n", "OT121", 1, 4},
    {"dash under a value", "a: 1\n- b\n", "OT121", 2, 1},
    {"anchor", "a: &q x\n", "OT122", 1, 4},
    {"anchor on a mapping", "a: &q\n  b: 1\n", "OT122", 1, 4},
    {"anchor on a key", "&q a: 1\n", "OT122", 1, 1},
    {"alias of nothing", "a: *q\n", "OT122", 1, 4},
    {"lone star", "  text: *\n", "OT122", 1, 9},
    {"lone star in braces", "a: {b: *}\n", "OT122", 1, 8},
    {"bold text", "ask: **важно**\n", "OT122", 1, 6},
    {"tag", "a: !x b\n", "OT123", 1, 4},
    {"standard tag", "a: !!str 1\n", "OT123", 1, 4},
    {"lone exclamation mark", "a: ! b\n", "OT123", 1, 4},
    {"tag on a list", "a: !x [1]\n", "OT123", 1, 4},
    {"merge key", "<<: {a: 1}\n", "OT122", 1, 1},
    {"list as a key", "? [a]\n: b\n", "OT124", 1, 3},
    {"mapping as a key", "{a: b}: c\n", "OT124", 1, 1},
    {"question mark as a key's mark", "? a\n: b\n", "OT124", 1, 3},
    {"duplicate key", "a: 1\nb: 2\na: 3\n", "OT125", 3, 1},
    {"duplicate key under quotes", "x: {a: 1, \"a\": 3}\n", "OT125", 1, 11},
    {"two documents", "a: 1\n---\nb: 2\n", "OT126", 2, 1},
    {"two documents, the second broken", "a: 1\n---\nb: \"2\" x\n", "OT126", 2, 1},
    {"too deep", deep(16), "OT127", 17, 33},
    {"too deep in brackets", "a: " + std::string(16, '[') + std::string(16, ']'), "OT127", 1, 19},
    {"hopelessly deep", "a: " + std::string(100'000, '[') + std::string(100'000, ']'), "OT127", 1, 19},
    {"no key", ": 1\n", "OT124", 1, 1},
    {"bracket too many", "a: [1]]\n", "OT117", 1, 7},
    {"brace too many", "a: 1\n}\n", "OT117", 2, 1},
};

TEST(SyntaxCauseTest, EveryMistakeIsNamedWhereItWasMade) {
  for (const Row& row : kRows) {
    const Document document = read(row.text);
    ASSERT_FALSE(document.problems.empty()) << row.mistake;
    const Problem& first = document.problems.front();
    EXPECT_EQ(first.message.id, row.code) << row.mistake;
    EXPECT_EQ(first.range.line, row.line) << row.mistake;
    EXPECT_EQ(first.range.column, row.column) << row.mistake;
    EXPECT_FALSE(document.ok()) << row.mistake;
  }
}

TEST(SyntaxCauseTest, AReferenceToNothingIsQuoted) {
  EXPECT_EQ(read("text: *\n").problems.at(0).message, (Message{"OT122", {std::string("*")}}));
  EXPECT_EQ(read("a: {b: *}\n").problems.at(0).message, (Message{"OT122", {std::string("*")}}));
}

TEST(SyntaxCauseTest, AGluedKeyEndsAtItsColon) {
  const Document document = read("{id: q, tetx:a}\n");
  ASSERT_TRUE(document.root);
  const Entry& glued = document.root->entries.at(1);
  EXPECT_EQ(glued.key, "tetx");
  EXPECT_EQ(glued.key_range.length, 4U) << "what is typed instead of the key must not swallow the value";
  EXPECT_EQ(glued.value.text, "a");
  EXPECT_EQ(glued.value.range.column, 14U);
  EXPECT_EQ(document.problems.at(0).range.length, 6U);
}

TEST(SyntaxCauseTest, ALargeFileIsToldTheBoundAlone) {
  EXPECT_EQ(read(std::string(2'000'000, ' ')).problems.at(0).message, (Message{"OT101", {std::int64_t{1} << 20}}));
}

TEST(SyntaxCauseTest, OneReadingReportsManyProblems) {
  const Document document = read("a: !x 1\nb: &y 2\nc: *y\nc: 3\n");
  std::string codes;
  for (const Problem& problem : document.problems) codes += problem.message.id + " ";
  EXPECT_EQ(codes, "OT123 OT122 OT122 OT125 ");
  EXPECT_TRUE(document.root.has_value());
}

TEST(SyntaxCauseTest, ProblemsAreBounded) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a: 1\n";
  EXPECT_EQ(read(text).problems.size(), 100U);
}

TEST(SyntaxCauseTest, ValuesAreBounded) {
  Limits limits;
  limits.nodes = 10;
  const Document document = read("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]", limits);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].message.id, "OT127");
  EXPECT_FALSE(document.root.has_value());
}

}  // namespace
}  // namespace otmetka::yaml
