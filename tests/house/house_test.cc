// The rules of the house, on the whole tree. Each check has its own tests, on small bad examples, beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/house/layers.h"
#include "tests/house/mentions.h"
#include "tests/house/sizes.h"
#include "tests/house/source_tree.h"
#include "tests/house/style.h"

namespace otmetka::house {
namespace {

const SourceTree& tree() {
  static const SourceTree kTree(OTMETKA_SOURCE_DIR);
  return kTree;
}

// The examples in tests/house are bad on purpose.
bool is_bad_example(const SourceFile& file) { return file.path.starts_with("tests/house/") && file.ends_with("_test.cc"); }

template <class Check>
Findings everywhere(bool (*applies)(const SourceFile&), const Check& check) {
  Findings out;
  for (const SourceFile& file : tree().files()) {
    if (!applies(file)) continue;
    for (Finding& finding : check(file)) out.push_back(std::move(finding));
  }
  return out;
}

bool is_cpp(const SourceFile& file) { return file.is_cpp(); }
bool is_header(const SourceFile& file) { return file.is_header(); }
bool is_searched(const SourceFile& file) { return file.is_cpp() && !is_bad_example(file); }
bool is_own_words(const SourceFile& file) { return file.path != "LICENSE" && !is_bad_example(file); }
bool is_built(const SourceFile& file) { return file.ends_with(".cc") || file.ends_with(".proto"); }
// Tests speak of files that they make up; generated and licence texts are not ours to mend.
bool names_paths(const SourceFile& file) { return !file.is_test() && file.path != "LICENSE"; }

TEST(House, HasAllItsRooms) {
  for (const char* folder :
       {"model", "messages", "proto", "yaml", "spec", "checkers", "queue", "gradebook", "engine", "cli", "tests", "docs"}) {
    EXPECT_TRUE(tree().exists(folder)) << folder;
  }
  EXPECT_GT(tree().files().size(), 200u) << "is " << OTMETKA_SOURCE_DIR << " the whole project?";
}

TEST(House, TheLawItselfIsSound) {
  const SourceFile* law = tree().find("tools/layers.txt");
  ASSERT_NE(law, nullptr);
  Findings findings;
  const Layers layers = parse_layers(*law, findings);
  EXPECT_EQ(told(findings), "");
  EXPECT_EQ(told(check_law(layers, law->path)), "");
}

TEST(House, IncludesObeyTheLaw) {
  Findings ignored;
  const Layers layers = parse_layers(*tree().find("tools/layers.txt"), ignored);
  EXPECT_EQ(told(everywhere(is_cpp, [&](const SourceFile& file) { return check_includes(file, tree(), layers); })), "");
}

TEST(House, FilesAndFunctionsAreShort) {
  const SourceFile* list = tree().find("tests/house/sizes.txt");
  ASSERT_NE(list, nullptr);
  Sizes all;
  std::string wide;
  for (const SourceFile& file : tree().files()) {
    if (!file.is_cpp()) continue;
    all.merge(oversized(file));
    for (const int line : wide_lines(file)) {
      ++all[std::string(kWideLines)];
      wide += file.path + ":" + std::to_string(line) + "\n";
    }
  }
  EXPECT_EQ(told(check_sizes(all, parse_exceptions(list->text))), "") << "the wide lines:\n" << wide;
}

TEST(House, HeadersSayWhatTheyAre) { EXPECT_EQ(told(everywhere(is_header, check_header)), ""); }

TEST(House, BannedCallsAreNotMade) { EXPECT_EQ(told(everywhere(is_searched, check_banned_calls)), ""); }

TEST(House, NothingIsLeftOver) { EXPECT_EQ(told(everywhere(is_own_words, check_markers)), ""); }

TEST(House, EverySourceIsBuilt) {
  EXPECT_EQ(told(everywhere(is_built, [](const SourceFile& file) { return check_listed(file, tree()); })), "");
}

// `./run test --long` asks CTest for them by name, and CTest does not miss one.
TEST(House, TestsOfManySeedsExist) {
  const SourceFile* list = tree().find("tests/many_seeds.txt");
  ASSERT_NE(list, nullptr);
  std::istringstream in{list->text};
  int names = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    ++names;
    const std::size_t dot = line.find('.');
    ASSERT_NE(dot, std::string::npos) << line;
    const std::string written = "(" + line.substr(0, dot) + ", " + line.substr(dot + 1) + ")";
    EXPECT_TRUE(std::any_of(tree().files().begin(), tree().files().end(), [&](const SourceFile& file) {
      return file.is_cpp() && file.text.find(written) != std::string::npos;
    })) << line;
  }
  EXPECT_GE(names, 5);
}

TEST(House, PathsThatAreNamedExist) {
  EXPECT_EQ(told(everywhere(names_paths, [](const SourceFile& file) { return check_paths(file, tree()); })), "");
}

}  // namespace
}  // namespace otmetka::house
