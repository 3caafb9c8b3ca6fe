// The rules for kinds of items and for the program's texts, on the catalogues as linked.
#include <set>

#include <gtest/gtest.h>

#include "checkers/catalog.h"
#include "tests/house/kinds.h"
#include "tests/house/message_ids.h"
#include "tests/house/source_tree.h"

namespace otmetka::house {
namespace {

const SourceTree& tree() {
  static const SourceTree kTree(OTMETKA_SOURCE_DIR);
  return kTree;
}

std::span<const messages::Entry* const> entries() { return checkers::message_catalogue().entries(); }

bool asks(const SourceFile& file) { return file.is_cpp() && !file.is_test(); }

TEST(House, EveryKindHasWhatItOwes) {
  Findings findings;
  std::vector<std::string> kinds;
  for (const checkers::CheckerType& kind : checkers::catalog()) {
    kinds.emplace_back(kind.name);
    for (Finding& finding : check_kind(kind.name, tree())) findings.push_back(std::move(finding));
  }
  EXPECT_EQ(told(findings), "");
  EXPECT_EQ(told(check_kind_folders(kinds, tree())), "");
}

TEST(House, EveryTextIsThereInBothLanguages) { EXPECT_EQ(told(check_entries(entries())), ""); }

// Nothing that anybody writes or runs draws these.
const std::set<std::string_view> kWithoutExamples = {
    "OT177", "OT309",  // bytes that this program wrote, damaged since
    "OT382",           // `otmetka results --replay` only counts them
    "OT423",           // what a gradebook lacks is made good when a server starts
    "OT431",           // a notice that a work was graded by two versions of its spec: nothing is wrong
    "OT449", "OT479",  // whatever else another server says
    "OT478",           // a notice beside the error that a worker leaves with
    "OT544", "OT546",  // the kernel refuses in the middle of a run
    "OT454", "OT490", "OT590", "OT599",  // a fault of the program's own
};

// tests/explain/ and tests/e2e/explain_examples_test.cc see that they are true.
TEST(House, EveryCodeHasAWrongAndARightExample) {
  for (const messages::Entry* entry : entries()) {
    if (!entry->id.starts_with("OT")) continue;
    const bool complete = !entry->wrong.empty() && !entry->right.empty() && entry->wrong != entry->right;
    EXPECT_EQ(complete, !kWithoutExamples.contains(entry->id)) << entry->id;
  }
}

// They follow “hint:” on its line.
TEST(House, AHintEndsWithoutAFullStop) {
  for (const messages::Entry* entry : entries()) {
    for (const std::string_view hint : {entry->hint_ru, entry->hint_en}) EXPECT_FALSE(hint.ends_with('.')) << entry->id << ": " << hint;
  }
}

TEST(House, EveryTextAskedForIsInTheCatalogue) {
  const auto prefixes = prefixes_of(entries());
  Findings findings;
  for (const SourceFile& file : tree().files()) {
    if (!asks(file)) continue;
    for (Finding& finding : check_asked(file, asked_ids(file, prefixes), entries())) findings.push_back(std::move(finding));
  }
  EXPECT_EQ(told(findings), "");
}

TEST(House, EveryCodeThatAPageNamesIsInTheCatalogue) {
  Findings findings;
  for (const SourceFile& file : tree().files()) {
    if (!file.ends_with(".md")) continue;
    for (Finding& finding : check_asked(file, named_codes(file), entries())) findings.push_back(std::move(finding));
  }
  EXPECT_EQ(told(findings), "");
}

TEST(House, EveryTextIsAskedForBySomebody) {
  const auto prefixes = prefixes_of(entries());
  AskedIds all;
  for (const SourceFile& file : tree().files()) {
    if (!asks(file)) continue;
    AskedIds asked = asked_ids(file, prefixes);
    all.whole.merge(asked.whole);
    all.beginnings.merge(asked.beginnings);
  }
  EXPECT_EQ(told(check_unused(all, entries())), "");
}

// An item does not know what became of the others, and with them of the attempt.
TEST(House, NoItemSpeaksOfTheAttempt) {
  for (const checkers::CheckerType& kind : checkers::catalog()) {
    for (const messages::Entry* entry : entries()) {
      if (!entry->id.starts_with(std::string(kind.name) + ".")) continue;
      EXPECT_EQ(entry->en.find("attempt"), std::string::npos) << entry->id;
      EXPECT_EQ(entry->ru.find("опытк"), std::string::npos) << entry->id;
    }
  }
}

}  // namespace
}  // namespace otmetka::house
