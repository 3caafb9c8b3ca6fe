// What `serve` has stored can be graded again from its own explanations, and comes back byte for byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "checkers/catalog.h"
#include "engine/compiled_spec.h"
#include "engine/replay.h"
#include "engine/spec_check.h"
#include "gradebook/sqlite/sqlite_store.h"
#include "queue/codec.h"
#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

using Specs = std::map<std::string, std::shared_ptr<const engine::CompiledSpec>>;

constexpr std::size_t kClass = 200;     // submissions in samples/class
constexpr int kLongAnswers = 3;         // published beside them: more than a trace quotes

class StoredResults : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<std::string> words = {"submit", "--queue", "embedded:queue"};
    for (const auto& entry : std::filesystem::directory_iterator(project_file("samples/class"))) words.push_back(entry.path().string());
    std::string lines;
    for (int i = 0; i < kLongAnswers; ++i) {
      lines += "{\"assignment_id\": \"physics-8-motion\", \"learner_id\": \"long-" + std::to_string(i) +
               "\", \"responses\": {\"gravity\": \"" + std::string(5'000, '9') + "\"}}\n";
    }
    words.push_back(folder.write("long.jsonl", lines));
    const Ran sent = run(folder, otmetka(words));
    ASSERT_EQ(sent.exit_code, 0) << sent.err;
    const Ran served = run(folder, otmetka({"serve", "--queue", "embedded:queue", "--gradebook", "sqlite:book.db", "--specs",
                                            project_file("samples"), "--until-empty"}));
    ASSERT_EQ(served.exit_code, 0) << served.err;
  }

  // The rows of the gradebook, and the specs that graded them, compiled from the gradebook's own copies.
  void read(std::vector<ScoredResult>& results, Specs& specs) const {
    auto store = gradebook::SqliteStore::open({.file = folder.at("book.db"), .must_exist = true});
    ASSERT_TRUE(store.ok());
    const Status visited = (*store)->visit({}, [&](const gradebook::Standing& standing) {
      results.insert(results.end(), standing.attempts.begin(), standing.attempts.end());
      return true;
    });
    ASSERT_TRUE(visited.ok());
    for (const ScoredResult& result : results) {
      const std::string& hash = result.spec_sha256;
      if (specs.contains(hash)) continue;
      const auto row = (*store)->spec(hash);
      ASSERT_TRUE(row.ok() && row->has_value()) << hash;
      v1::AssessmentSpec message;
      ASSERT_TRUE(message.ParseFromString((*row)->bytes));
      specs[hash] = engine::compile(std::move(message), "", (*row)->bytes).spec;
      ASSERT_NE(specs[hash], nullptr);
      EXPECT_EQ(specs[hash]->sha256, hash);
    }
  }

  Scratch folder;
};

TEST_F(StoredResults, ComeBackByteForByteButForAnswersTooLongToQuote) {
  std::vector<ScoredResult> results;
  Specs specs;
  ASSERT_NO_FATAL_FAILURE(read(results, specs));
  ASSERT_EQ(results.size(), kClass + kLongAnswers);
  std::size_t the_same = 0;
  std::set<std::string> too_long;
  for (const ScoredResult& stored : results) {
    const auto again = engine::replay(*specs[stored.spec_sha256], stored);
    if (!again) {
      EXPECT_EQ(again.failure().code(), "OT382");
      too_long.insert(stored.learner.value);
      continue;
    }
    EXPECT_EQ(queue::encode_result(*again), queue::encode_result(stored)) << stored.submission.value;
    ++the_same;
  }
  EXPECT_EQ(the_same, kClass);
  EXPECT_THAT(too_long, testing::ElementsAre("long-0", "long-1", "long-2")) << "only these cannot be graded again";
}

TEST(Samples, HaveEveryKindTwice) {
  std::map<std::string, int, std::less<>> items;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("samples"))) {
    const auto file = entry.path() / "spec.yaml";
    if (!std::filesystem::exists(file)) continue;
    const engine::CheckedSpec checked = engine::check_spec_file(file.string(), engine::Depth::kCompile);
    ASSERT_NE(checked.spec, nullptr) << file;
    for (const engine::CompiledItem& item : checked.spec->items) ++items[std::string(item.type->name)];
  }
  for (const checkers::CheckerType& type : checkers::catalog()) EXPECT_GE(items[std::string(type.name)], 2) << type.name;
}

}  // namespace
}  // namespace otmetka::e2e
