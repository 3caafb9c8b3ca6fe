#include "tests/house/mentions.h"

#include <gtest/gtest.h>

#include "tests/house/scratch_tree.h"

namespace otmetka::house {
namespace {

const SourceTree& tree() {
  static const ScratchTree kScratch({{"model/ratio.h", ""}, {"model/unit.proto", ""}, {"docs/a.md", ""}, {"docs/sub/b.md", ""}, {"README.md", ""}});
  static const SourceTree kTree = kScratch.read();
  return kTree;
}

TEST(Paths, InAnyTextFromTheRoot) {
  const std::pair<const char*, std::size_t> rows[] = {
      {"// see model/ratio.h.", 0},         {"// see model/gone.h", 1},          {"(model/gone.h, docs/gone.md)", 2},
      {"elsewhere/x.h is not ours", 0},     {"https://x.org/model/gone.h", 0},   {"model/KIND.h and model/*.h", 0},
      {"and/or.h", 0},                      {"`model/gone.cc`", 1},
      {"model/unit.pb.h", 0},               {"model/gone.pb.h", 1},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(check_paths({"engine/a.cc", text}, tree()).size(), expected) << text;
}

TEST(Paths, InMarkdownLinksAndFoldersToo) {
  const std::pair<const char*, std::size_t> rows[] = {
      {"[b](sub/b.md)", 0},  {"[b](sub/b.md#part)", 0}, {"[b](b.md)", 1},       {"[r](../README.md)", 0}, {"[x](https://x.org/y)", 0},
      {"`model/` is", 0},    {"`model/gone/` is", 1},   {"`elsewhere/` is", 0}, {"[here](#part)", 0},
      {"`[./](?P<m>x)`", 0},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(check_paths({"docs/a.md", text}, tree()).size(), expected) << text;
}

TEST(Paths, TheLineIsGiven) {
  const Findings found = check_paths({"docs/a.md", "one\ntwo model/gone.h\n"}, tree());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].line, 2);
}

}  // namespace
}  // namespace otmetka::house
