#include "gradebook/sqlite/sqlite_store.h"

#include <sys/stat.h>

#include <fstream>
#include <random>

#include "gradebook/sqlite/schema.h"
#include "queue/embedded/embedded_queue.h"
#include "tests/contract/child_process.h"
#include "tests/contract/gradebook_contract.h"
#include "tests/contract/test_folder.h"

namespace otmetka::gradebook {
namespace {

using queue::embedded::Database;

std::unique_ptr<SqliteStore> open_store(const SqliteOptions& options) {
  auto opened = SqliteStore::open(options);
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.failure().code());
  return opened.ok() ? std::move(*opened) : nullptr;
}

std::string code_of_opening(const SqliteOptions& options) {
  const auto opened = SqliteStore::open(options);
  return opened.ok() ? "opened" : opened.failure().code();
}

class SqliteWorld final : public GradebookWorld {
 public:
  SqliteWorld() { SqliteWorld::reopen(); }
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_store({.file = folder_ / "gradebook.db"});
  }
  std::unique_ptr<Store> another() override { return open_store({.file = folder_ / "gradebook.db"}); }

 private:
  TestFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

std::unique_ptr<GradebookWorld> make_sqlite_world() { return std::make_unique<SqliteWorld>(); }

TEST(SqliteStoreTest, AGradebookIsMadeWithItsFolderForItsOwnerAlone) {
  const TestFolder folder;
  open_store({.file = folder / "a/b/gradebook.db"});
  struct stat found {};
  ASSERT_EQ(::stat((folder / "a/b/gradebook.db").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST(SqliteStoreTest, WhoOnlyReadsMakesNoGradebook) {
  const TestFolder folder;
  EXPECT_EQ(code_of_opening({.file = folder / "gradebook.db", .must_exist = true}), "OT421");
  EXPECT_FALSE(std::filesystem::exists(folder / "gradebook.db"));
}

TEST(SqliteStoreTest, WrongPathsAndStrangeFilesAreNamedAndLeftAlone) {
  const TestFolder folder;
  EXPECT_EQ(code_of_opening({.file = folder.path()}), "OT414");
  std::ofstream(folder / "notes.txt") << "my notes, quite long enough to be looked at as a database header, are they not?";
  EXPECT_EQ(code_of_opening({.file = folder / "notes.txt"}), "OT406");
  EXPECT_EQ(code_of_opening({.file = folder / "notes.txt/gradebook.db"}), "OT402");
  ASSERT_TRUE(queue::EmbeddedQueue::open({.folder = folder / "queue"}, queue::EmbeddedRole::kClient).ok());
  EXPECT_EQ(code_of_opening({.file = folder / "queue/queue.db"}), "OT406");
}

TEST(SqliteStoreTest, AGradebookOfANewerVersionIsRefused) {
  const TestFolder folder;
  open_store({.file = folder / "gradebook.db"});
  ASSERT_TRUE((*Database::open({.file = folder / "gradebook.db"}, kGradebookSchema))->execute("PRAGMA user_version = 9").ok());
  EXPECT_EQ(code_of_opening({.file = folder / "gradebook.db"}), "OT407");
}

TEST(SqliteStoreTest, AGradebookOfBeforePartitionsKeepsItsPositionsAndItsRows) {
  const TestFolder folder;
  const queue::embedded::Schema first{kGradebookSchema.application_id, std::span(kGradebookMigrations).first(1)};
  {
    const auto old = Database::open({.file = folder / "gradebook.db"}, first);
    ASSERT_TRUE(old.ok());
    ASSERT_TRUE((*old)->execute("INSERT INTO positions (queue, next) VALUES ('old', 5000), ('older', 7);"
                                "INSERT INTO specs VALUES ('5ec', 'a-1', x'')").ok());
  }
  EXPECT_EQ(*open_store({.file = folder / "gradebook.db", .queue_id = "older"})->position(), 7);
  const auto store = open_store({.file = folder / "gradebook.db", .queue_id = "old"});
  EXPECT_EQ(*store->position(), 5'000);
  EXPECT_EQ(*store->position(1), 0);
  EXPECT_TRUE(apply_results(*store, {ResultMaker().finished()}, 5'000, 5'001).ok());
  EXPECT_TRUE(store->spec("5ec")->has_value());
}

TEST(SqliteStoreTest, EachQueueHasItsOwnPosition) {
  const TestFolder folder;
  const auto old_queue = open_store({.file = folder / "gradebook.db", .queue_id = "old"});
  ASSERT_TRUE(apply_results(*old_queue, {}, 0, 5'000).ok());
  const auto new_queue = open_store({.file = folder / "gradebook.db", .queue_id = "new"});
  EXPECT_EQ(*new_queue->position(), 0) << "the results of a new queue begin at its beginning";
  ASSERT_TRUE(apply_results(*new_queue, {ResultMaker().finished()}, 0, 1).ok());
  EXPECT_EQ(*old_queue->position(), 5'000);
}

TEST(SqliteStoreTest, AFullFileRefusesABatchWholeWithItsPosition) {
  const TestFolder folder;
  const auto store = open_store({.file = folder / "gradebook.db", .most_pages = 60});
  ASSERT_TRUE(apply_results(*store, {ResultMaker().finished()}, 0, 1).ok());
  std::vector<ScoredResult> large;
  for (int i = 0; i < 5'000; ++i) large.push_back(ResultMaker().learner(std::to_string(i)).submission(std::to_string(i)).finished());
  const auto refused = apply_results(*store, large, 1, 5'001);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code(), "OT404");
  EXPECT_TRUE(refused.failure().retryable);
  EXPECT_EQ(*store->position(), 1);
  EXPECT_EQ(*store->outcome("t", "17"), Outcome::kNone);
  ASSERT_TRUE(apply_results(*open_store({.file = folder / "gradebook.db"}), large, 1, 5'001).ok());
  EXPECT_EQ(*store->outcome("t", "17"), Outcome::kGraded);
}

TEST(SqliteStoreTest, ARowThatDoesNotDecodeIsReportedWithWhoseItIs) {
  const TestFolder folder;
  const auto store = open_store({.file = folder / "gradebook.db"});
  ASSERT_TRUE(apply_results(*store, {ResultMaker().finished()}, 0, 1).ok());
  ASSERT_TRUE((*Database::open({.file = folder / "gradebook.db"}, kGradebookSchema))->execute("UPDATE results SET payload = x'FF'").ok());
  const auto visited = store->visit({}, [](const Standing&) { return true; });
  ASSERT_FALSE(visited.ok());
  EXPECT_EQ(visited.failure().message, (Message{"OT422", {folder / "gradebook.db", std::string("p-1"), std::string("a-1")}}));
}

TEST(SqliteStoreTest, ALearnerWithADamagedRowIsPassedOverWhereSomebodyListens) {
  const TestFolder folder;
  const auto store = open_store({.file = folder / "gradebook.db"});
  std::vector<ScoredResult> results;
  for (const char* learner : {"p-1", "p-2", "p-3"}) {
    for (int attempt = 1; attempt <= 3; ++attempt) {
      results.push_back(ResultMaker().learner(learner).attempt(attempt).submission(learner + std::to_string(attempt)).finished());
    }
  }
  ASSERT_TRUE(apply_results(*store, results, 0, 9).ok());
  const auto database = Database::open({.file = folder / "gradebook.db"}, kGradebookSchema);
  ASSERT_TRUE((*database)->execute("UPDATE results SET payload = x'FF' WHERE learner = 'p-2' AND attempt_no = 2").ok());
  std::vector<std::string> seen;
  std::vector<Message> damaged;
  const auto visited = store->visit(
      {},
      [&](const Standing& standing) {
        EXPECT_EQ(standing.attempts.size(), 3U);
        seen.push_back(standing.attempts.front().learner.value);
        return true;
      },
      [&](const Error& error) { damaged.push_back(error.message); });
  EXPECT_TRUE(visited.ok());
  EXPECT_EQ(seen, (std::vector<std::string>{"p-1", "p-3"})) << "of p-2 no mark is known";
  EXPECT_EQ(damaged, (std::vector<Message>{{"OT422", {folder / "gradebook.db", std::string("p-2"), std::string("a-1")}}}));
}

TEST(SqliteStoreTest, SpecBytesThatAreNoSpecLeaveTheMarkWithoutRules) {
  const TestFolder folder;
  const auto store = open_store({.file = folder / "gradebook.db"});
  ASSERT_TRUE(store->put_spec({"5ec", "a-1", "\xFF\xFF\xFF"}).ok());
  ASSERT_TRUE(apply_results(*store, {ResultMaker().finished()}, 0, 1).ok());
  const auto visited = store->visit({}, [](const Standing& standing) {
    EXPECT_EQ(standing.mark.value, Ratio(1));
    return true;
  });
  EXPECT_TRUE(visited.ok());
}

// Result number n belongs to learner n; a batch is acknowledged by the position behind it.
int apply_for_ever(const std::string& file, const Acknowledge& acknowledge) {
  const auto store = SqliteStore::open({.file = file});
  if (!store.ok()) return 1;
  std::int64_t position = *(*store)->position();
  while (true) {
    std::vector<ScoredResult> batch;
    for (std::int64_t n = position; n < position + 1 + position % 7; ++n) {
      batch.push_back(ResultMaker().learner(std::to_string(n)).submission(std::to_string(n)).finished());
    }
    const std::int64_t next = position + static_cast<std::int64_t>(batch.size());
    if (!apply_results(**store, batch, position, next).ok()) return 1;
    acknowledge(position = next);
  }
}

TEST(SqliteStoreTest, AKilledWriterLeavesRowsAndPositionInStepAndLosesNothingItAcknowledged) {
  const TestFolder folder;
  std::mt19937 random(22);
  std::int64_t acknowledged = 0;
  for (int kill = 0; kill < 20; ++kill) {
    ChildProcess child([&](const Acknowledge& ack) { return apply_for_ever(folder / "gradebook.db", ack); });
    const auto seen = child.kill_after(static_cast<int>(random() % 30), std::chrono::microseconds(random() % 2'000));
    if (!seen.empty()) acknowledged = seen.back();
    const auto store = open_store({.file = folder / "gradebook.db"});
    std::int64_t rows = 0;
    const auto visited = store->visit({}, [&](const Standing& standing) {
      rows += static_cast<std::int64_t>(standing.attempts.size());
      return true;
    });
    ASSERT_TRUE(visited.ok());
    ASSERT_EQ(rows, *store->position());
    ASSERT_GE(rows, acknowledged);
    ASSERT_EQ(*store->conflicts(), 0);
  }
  EXPECT_GT(acknowledged, 100);
}

TEST(SqliteStoreTest, AReaderInAnotherProcessSeesWhatTheWriterHasCommitted) {
  const TestFolder folder;
  open_store({.file = folder / "gradebook.db"});
  ChildProcess writer([&](const Acknowledge& ack) { return apply_for_ever(folder / "gradebook.db", ack); });
  ASSERT_TRUE(writer.next().has_value());
  const auto store = open_store({.file = folder / "gradebook.db", .must_exist = true});
  for (int look = 0; look < 20; ++look) {
    const auto position = writer.next();
    ASSERT_TRUE(position.has_value());
    EXPECT_EQ(*store->outcome("t", std::to_string(*position - 1)), Outcome::kGraded);
  }
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Sqlite, GradebookContract, testing::Values(&make_sqlite_world),
                         [](const auto&) { return std::string("Store"); });

}  // namespace otmetka::gradebook
