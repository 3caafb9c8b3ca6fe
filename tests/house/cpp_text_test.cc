#include "tests/house/cpp_text.h"

#include <gtest/gtest.h>

#include "tests/house/functions.h"
#include "tests/house/scratch_tree.h"

namespace otmetka::house {
namespace {

TEST(CodeOnly, BlanksCommentsAndLiteralsAndKeepsLines) {
  const std::pair<const char*, const char*> rows[] = {
      {"a; // b(\nc", "a;      \nc"},
      {"a /* b\nc */ d", "a     \n     d"},
      {"f(\"x // y\");", "f(\"      \");"},
      {"f(\"a\\\"b\") g", "f(\"    \") g"},
      {"c = '\"'; d", "c = ' '; d"},
      {"n = 65'536; d = '\\''", "n = 65'536; d = '  '"},
      {"r = R\"(a \" b)\"; c", "r = R\"       \"; c"},
      {"r = R\"x()\")x\"; c", "r = R\"      \"; c"},
      {"open \"", "open \""},
      {"/* open", "       "},
  };
  for (const auto& [cpp, expected] : rows) EXPECT_EQ(code_only(cpp), expected) << cpp;
}

TEST(StringLiterals, AreGivenWithTheirLine) {
  const auto found = string_literals("f(\"a.b\");\n// \"no\"\ng('\"', R\"(c)\", \"\", \"d\\\"e\");");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].text, "a.b");
  EXPECT_EQ(found[0].line, 1);
  EXPECT_EQ(found[1].text, "(c)");
  EXPECT_EQ(found[2].text, "d\\\"e");
  EXPECT_EQ(found[2].line, 3);
}

TEST(Includes, AreReadWithSpacesAndWithoutCommentedOnes) {
  const auto found = includes("#include <map>\n//#include \"no.h\"\n #  include \"a/b.h\"  // why\n#include");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].target, "map");
  EXPECT_TRUE(found[0].system);
  EXPECT_EQ(found[1].target, "a/b.h");
  EXPECT_FALSE(found[1].system);
  EXPECT_EQ(found[1].line, 3);
}

struct Measured {
  const char* cpp;
  std::vector<std::pair<std::string, int>> expected;  // name, lines
};

TEST(Functions, AreMeasuredFromTheirFirstWordToTheirBrace) {
  const Measured rows[] = {
      {"int f() {\n  return 1;\n}\n", {{"f", 3}}},
      {"namespace a {\nint f() { if (x) { y(); } }\n}\n", {{"f", 1}}},
      {"class A {\n public:\n  int g() const {\n    return 1;\n  }\n  int h() const;\n int i = 0;\n};\n", {{"g", 3}}},
      {"A::A(int x)\n    : a_{x}, b_(2) {\n  go();\n}\n", {{"A::A", 4}}},
      {"void f(Options o = {}) {\n\n\n}\n", {{"f", 4}}},
      {"const auto k = std::to_array<E>({\n {1},\n});\nint f() {\n}\n", {{"f", 2}}},
      {"const auto l = [](int x) {\n return x;\n};\n", {}},
      {"TEST(Suite, Case) {\n  auto l = [] { return \"}\"; };\n}\n", {{"TEST(Suite, Case)", 3}}},
      {"#define X(a) \\\n  { a\nint f() {\n}\n", {{"f", 2}}},
      {"bool operator==(const A& a, const A& b) {\n}\n", {{"operator==", 2}}},
      {"template <class T>\nvoid f(T t)\n{\n}\n", {{"f", 4}}},
      {"struct A { int x{1}; };\nenum class B { kC };\nint f() {\n}\n", {{"f", 2}}},
      {"// what\n// why\nint f() {\n}\n", {{"f", 2}}},
      {"int f() { std::sort(a, b, [](int x) {\n return x;\n });\n}\nint g() {}\n", {{"f", 4}, {"g", 1}}},
  };
  for (const Measured& row : rows) {
    std::vector<std::pair<std::string, int>> found;
    for (const Function& function : functions(row.cpp)) found.emplace_back(function.name, function.lines);
    EXPECT_EQ(found, row.expected) << row.cpp;
  }
}

TEST(SourceTreeTest, ReadsTextAndLeavesOutWhatIsBuiltHiddenOrBinary) {
  const ScratchTree scratch({{"a/b.cc", "x"}, {"build/c.cc", "x"}, {".git/d", "x"}, {".ci/run", "x"}, {"e.bin", std::string("\0x", 2)},
                             {"tests/corpus/f/1", "x"}, {"tests/g.cc", "x"}});
  const SourceTree tree = scratch.read();
  std::vector<std::string> paths;
  for (const SourceFile& file : tree.files()) paths.push_back(file.path);
  EXPECT_EQ(paths, (std::vector<std::string>{".ci/run", "a/b.cc", "tests/g.cc"}));
  EXPECT_NE(tree.find("a/b.cc"), nullptr);
  EXPECT_EQ(tree.find("a/z.cc"), nullptr);
  EXPECT_TRUE(tree.exists("e.bin"));
  EXPECT_EQ(tree.find("a/b.cc")->folder(), "a");
}

}  // namespace
}  // namespace otmetka::house
