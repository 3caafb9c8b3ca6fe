#include "tests/house/kinds.h"

#include <gtest/gtest.h>

#include "tests/house/scratch_tree.h"

namespace otmetka::house {
namespace {

std::vector<std::pair<std::string, std::string>> whole_kind() {
  return {{"checkers/text/README.md", ""},
          {"checkers/text/text.proto", ""},
          {"checkers/text/text.h", ""},
          {"checkers/text/text.cc", ""},
          {"checkers/text/text_test.cc", ""},
          {"samples/one.yaml", "items:\n- {id: a, text: Москва}\n"},
          {"docs/spec-reference.md", "## `text`"},
          {"docs/teacher.md", "`text: Москва`"}};
}

TEST(Kinds, AWholeKindOwesNothing) { EXPECT_EQ(told(check_kind("text", ScratchTree(whole_kind()).read())), ""); }

TEST(Kinds, EachMissingThingIsNamed) {
  const auto whole = whole_kind();
  for (std::size_t missing = 0; missing < whole.size(); ++missing) {
    auto files = whole;
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_EQ(check_kind("text", ScratchTree(files).read()).size(), 1u) << whole[missing].first;
  }
  EXPECT_EQ(check_kind("essay", ScratchTree(whole).read()).size(), 1u);
}

TEST(Kinds, ASampleMustUseTheKeyNotTheWord) {
  auto files = whole_kind();
  files[5].second = "title: a context: x\n";
  EXPECT_EQ(check_kind("text", ScratchTree(files).read()).size(), 1u);
}

TEST(Kinds, AFolderWithASchemaAndNoRowIsFound) {
  const ScratchTree scratch(whole_kind());
  EXPECT_EQ(told(check_kind_folders({"text"}, scratch.read())), "");
  EXPECT_EQ(check_kind_folders({"regex"}, scratch.read()).size(), 1u);
}

}  // namespace
}  // namespace otmetka::house
