#include "yaml/lenient.h"

#include <gtest/gtest.h>

namespace otmetka::yaml {
namespace {

// The tree in one line: {key=value}, [item], "" for an empty value, quotes around what was quoted.
std::string shown(const Node& node) {
  std::string out;
  switch (node.kind) {
    case Node::Kind::kEmpty: return "-";
    case Node::Kind::kScalar: return node.quoted() ? "'" + node.text + "'" : node.text;
    case Node::Kind::kSequence:
      for (const Node& item : node.items) out += (out.empty() ? "" : ",") + shown(item);
      return "[" + out + "]";
    case Node::Kind::kMapping:
      for (const Entry& entry : node.entries) out += (out.empty() ? "" : ",") + entry.key + "=" + shown(entry.value);
      return "{" + out + "}";
  }
  return out;
}

std::string read(const std::string& text, const Limits& limits = {}) {
  const Document document = read_lenient(text, limits);
  if (document.root) return shown(*document.root);
  return document.problems.empty() ? "nothing" : document.problems.front().message.id;
}

TEST(Lenient, ReadsWhatOthersWrite) {
  const std::pair<const char*, const char*> rows[] = {
      {"name: Hello\nlimits:\n  memory: 512\n", "{name=Hello,limits={memory=512}}"},
      {"# nothing but a comment\n", "-"},
      {"", "-"},
      {"---\na: 1\n---\nb: 2\n", "{a=1}"},
      {"a: 1\nb: 2\na: 3\n", "{a=3,b=2}"},
      {"a: ~\nb: null\nc:\nd: ''\n", "{a=-,b=-,c=-,d=''}"},
      {"a: &x [1, 2]\nb: *x\n", "{a=[1,2],b=[1,2]}"},
      {"base: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\n", "{base={x=1,y=2},more={y=3,x=1}}"},
      {"a: !!str 1\nb: !ruby/object {c: 2}\n", "{a=1,b={c=2}}"},
      {"? [1, 2]\n: gone\nkept: yes\n", "{kept=yes}"},
      {"name: caf\xE9\n", "{name=caf\xEF\xBF\xBD}"},
      {"\xEF\xBB\xBFname: x\n", "{name=x}"},
      {"validator_flags: 'float_tolerance 1E-6'\n", "{validator_flags='float_tolerance 1E-6'}"},
      {"{\"submissions/a/\": {\"entry_point\": \"main.py\"}}", "{submissions/a/={entry_point='main.py'}}"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(read(text), expected) << text;
}

TEST(Lenient, SaysWhereTextIsNoYaml) {
  EXPECT_EQ(read("a: [1, 2\n"), "OT120");
  EXPECT_EQ(read("a: b: c\n"), "OT120");
  EXPECT_EQ(read("a: *nowhere\n"), "OT120");
  const Document document = read_lenient("name: x\nlimits: }\n");
  ASSERT_EQ(document.problems.size(), 1u);
  EXPECT_EQ(document.problems.front().range.line, 2u);
}

TEST(Lenient, AliasesCannotMakeALargeTreeOfASmallText) {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    text += name + ": &" + name + " [" + before;
    for (int k = 0; k < 7; ++k) text += ", " + before;
    text += "]\n";
  }
  EXPECT_EQ(read(text), "OT127");
}

TEST(Lenient, KeepsTheLimits) {
  EXPECT_EQ(read("a: " + std::string(100, 'x'), {.bytes = 50}), "OT101");
  EXPECT_EQ(read("[[[[1]]]]", {.depth = 3}), "OT127");
  EXPECT_EQ(read("[[[1]]]", {.depth = 3}), "[[[1]]]");
  EXPECT_EQ(read("x: &a [[1]]\ny: [*a]\n", {.depth = 3}), "OT127");
  EXPECT_EQ(read("[1, 2, 3, 4]", {.nodes = 4}), "OT127");
}

TEST(Lenient, AnAliasInsideOfItsAnchorIsNothing) { EXPECT_EQ(read("a: &x [1, *x]\n"), "{a=[1,-]}"); }

}  // namespace
}  // namespace otmetka::yaml
