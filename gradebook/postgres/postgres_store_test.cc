#include "gradebook/postgres/postgres_store.h"

#include <barrier>
#include <random>
#include <thread>

#include "gradebook/postgres/postgres_test_support.h"
#include "gradebook/postgres/schema.h"
#include "tests/contract/child_process.h"
#include "tests/contract/gradebook_contract.h"
#include "tests/support/wait_until.h"

namespace otmetka::gradebook {
namespace {

using postgres::quoted_name;

class PostgresStoreTest : public testing::Test {
 protected:
  void SetUp() override { OTMETKA_NEEDS_POSTGRES(); }
  PostgresOptions here() const { return {.dsn = server().dsn(), .schema = schema_}; }
  std::string in_schema(const std::string& sql) const { return "SET search_path = " + quoted_name(schema_) + "; " + sql; }
  static std::int64_t count(Store& store, const Filter& filter = {}) {
    std::int64_t rows = 0;
    EXPECT_TRUE(store.visit(filter, [&](const Standing& standing) {
      rows += static_cast<std::int64_t>(standing.attempts.size());
      return true;
    }).ok());
    return rows;
  }

 private:
  const std::string schema_ = new_schema();
};

std::vector<ScoredResult> results_of_learners(int from, int to, const Ratio& raw = 1) {
  std::vector<ScoredResult> out;
  for (int n = from; n < to; ++n) {
    out.push_back(ResultMaker().learner("p-" + std::to_string(n)).submission("s-" + std::to_string(n)).raw(raw).finished());
  }
  return out;
}

TEST_F(PostgresStoreTest, WhoOnlyReadsMakesNoTables) {
  PostgresOptions options = here();
  options.must_exist = true;
  EXPECT_EQ(code_of_opening(options), "OT421");
  EXPECT_EQ(code_of_opening(options), "OT421") << "and has made none";
}

TEST_F(PostgresStoreTest, AGradebookOfANewerVersionIsRefusedAndLeftAlone) {
  open_store(here());
  ASSERT_TRUE(tell_server(in_schema("UPDATE schema_version SET version = 9")).ok());
  const auto refused = PostgresStore::open(here());
  ASSERT_FALSE(refused.ok());
  const std::string place = "postgres:" + server().folder() + "/otmetka";
  EXPECT_EQ(refused.failure().message, (Message{"OT474", {place, std::int64_t{9}, std::int64_t{1}}}));
  ASSERT_TRUE(tell_server(in_schema("UPDATE schema_version SET version = 1")).ok());
  EXPECT_EQ(code_of_opening(here()), "opened");
}

TEST_F(PostgresStoreTest, AnyNumberMayMakeTheTablesAtOnce) {
  std::vector<std::string> codes(8);
  std::vector<std::thread> openers;
  for (std::string& code : codes) openers.emplace_back([&code, this] { code = code_of_opening(here()); });
  for (std::thread& opener : openers) opener.join();
  EXPECT_EQ(codes, std::vector<std::string>(8, "opened"));
}

TEST_F(PostgresStoreTest, EachQueueHasItsOwnPositions) {
  PostgresOptions options = here();
  options.queue_id = "old";
  const auto old_queue = open_store(options);
  ASSERT_TRUE(apply_results(*old_queue, {}, 0, 5'000).ok());
  options.queue_id = "new";
  const auto new_queue = open_store(options);
  EXPECT_EQ(*new_queue->position(), 0);
  ASSERT_TRUE(apply_results(*new_queue, {ResultMaker().finished()}, 0, 1).ok());
  EXPECT_EQ(*old_queue->position(), 5'000);
}

TEST_F(PostgresStoreTest, IdsOfAnyCharactersComeBackAsTheyWere) {
  const std::string strange("back\\slash \\101 nul\0end \xD1\x91", 26);
  const auto store = open_store(here());
  const ScoredResult first = ResultMaker().learner(strange).submission(strange).assignment(strange).tenant(strange).finished();
  ASSERT_TRUE(apply_results(*store, {first}, 0, 1).ok());
  EXPECT_EQ(apply_results(*store, {first}, 1, 2)->duplicates, 1U);
  EXPECT_EQ(*store->outcome(strange, strange), Outcome::kGraded);
  EXPECT_EQ(count(*store, {strange, strange, strange}), 1);
  const ScoredResult second = ResultMaker().learner(strange).submission("s").at(-5).assignment(strange).tenant(strange).finished();
  ASSERT_EQ(apply_results(*store, {second}, 2, 3)->stored, 1U);
  const auto history = store->history({TenantId(strange), AssignmentId(strange), LearnerId(strange), 1});
  ASSERT_EQ(history->size(), 1U);
  EXPECT_EQ(history->front().result.submission.value, strange);
}

TEST_F(PostgresStoreTest, AReplayTouchesNoRow) {
  const auto store = open_store(here());
  const auto results = results_of_learners(0, 2'500);
  ASSERT_EQ(apply_results(*store, results, 0, 2'500)->stored, 2'500U);
  // Where each line lies, and who has written or locked it.
  postgres::Connection looking({.dsn = server().dsn(), .place = "test", .settings = in_schema("")});
  const auto lines = [&] {
    const auto found = looking.run("SELECT sum(hashtext(concat_ws(' ', ctid, xmin, xmax))::bigint)::bigint FROM attempts");
    return found ? found->integer(0, 0) : 0;
  };
  const std::int64_t before = lines();
  const auto again = apply_results(*store, results, 2'500, 5'000);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->duplicates, 2'500U);
  EXPECT_EQ(lines(), before);
  ASSERT_TRUE(apply_results(*store, results_of_learners(0, 1, 2), 5'000, 5'001).ok());
  EXPECT_NE(lines(), before) << "this is what a change looks like";
}

TEST_F(PostgresStoreTest, ARowThatDoesNotDecodeIsReportedWithWhoseItIs) {
  const auto store = open_store(here());
  ASSERT_TRUE(apply_results(*store, results_of_learners(1, 4), 0, 3).ok());
  ASSERT_TRUE(tell_server(in_schema("UPDATE attempts SET payload = '\\xFF' WHERE learner = 'p-2'")).ok());
  const Message unreadable{"OT422", {"postgres:" + server().folder() + "/otmetka", std::string("p-2"), std::string("a-1")}};
  const auto visited = store->visit({}, [](const Standing&) { return true; });
  ASSERT_FALSE(visited.ok());
  EXPECT_EQ(visited.failure().message, unreadable);
  std::vector<std::string> seen;
  std::vector<Message> damaged;
  EXPECT_TRUE(store->visit({}, [&](const Standing& s) { seen.push_back(s.attempts.front().learner.value); return true; },
                           [&](const Error& error) { damaged.push_back(error.message); }).ok());
  EXPECT_EQ(seen, (std::vector<std::string>{"p-1", "p-3"}));
  EXPECT_EQ(damaged, std::vector<Message>{unreadable});
}

// Results of the same rows come through two queues, to two consumers at once: who makes a row first is chance, what becomes of
// it is not. They begin each round together, so that each finds no row there and both make it.
TEST_F(PostgresStoreTest, TwoWritersOfTheSameRowsEndInTheGradebookOfOne) {
  constexpr int kRounds = 20;
  constexpr int kLearners = 300;
  const auto write = [](Store& store, int writer, std::barrier<>* together) {
    for (int round = 0; round < kRounds; ++round) {
      if (together != nullptr) together->arrive_and_wait();
      const auto results = results_of_learners(round * kLearners, (round + 1) * kLearners, Ratio(writer + 1, 2));
      const auto applied = apply_results(store, results, round * kLearners, (round + 1) * kLearners);
      EXPECT_TRUE(applied.ok()) << applied.failure().code();
    }
  };
  const auto of = [this](const std::string& queue, const std::string& schema) {
    PostgresOptions options = here();
    options.queue_id = queue;
    options.schema = schema;
    return open_store(options);
  };
  const auto first = of("first", here().schema);
  const auto second = of("second", here().schema);
  std::barrier together(2);
  std::thread other([&] { write(*second, 1, &together); });
  write(*first, 0, &together);
  other.join();
  const std::string alone = new_schema();
  const auto one = of("first", alone);
  write(*one, 0, nullptr);
  write(*of("second", alone), 1, nullptr);
  EXPECT_TRUE(contents(*first) == contents(*one)) << "the two gradebooks differ";
  EXPECT_EQ(*first->conflicts(), *one->conflicts());
  EXPECT_EQ(*first->conflicts(), kRounds * kLearners);
}

// Results of the same rows come by two partitions to one store, on a thread each.
TEST_F(PostgresStoreTest, PartitionsWriteAtOnceAndEndInTheGradebookOfOneAfterTheOther) {
  constexpr int kRounds = 20;
  constexpr int kLearners = 200;
  const auto write = [](Store& store, std::int32_t partition, std::barrier<>* together) {
    for (int round = 0; round < kRounds; ++round) {
      if (together != nullptr) together->arrive_and_wait();
      const auto results = results_of_learners(round * kLearners, (round + 1) * kLearners, Ratio(partition + 1, 4));
      const auto applied = apply_results(store, results, {.partition = partition, .expected = round, .next = round + 1});
      EXPECT_TRUE(applied.ok()) << applied.failure().code();
    }
  };
  const auto store = open_store(here());
  std::barrier together(3);
  std::vector<std::thread> feeds;
  for (std::int32_t partition = 0; partition < 3; ++partition) feeds.emplace_back(write, std::ref(*store), partition, &together);
  for (std::thread& feed : feeds) feed.join();
  const auto alone = open_store({.dsn = server().dsn(), .schema = new_schema()});
  for (std::int32_t partition = 0; partition < 3; ++partition) write(*alone, partition, nullptr);
  EXPECT_TRUE(contents(*store) == contents(*alone)) << "the two gradebooks differ";
  EXPECT_EQ(*store->conflicts(), *alone->conflicts());
  for (std::int32_t partition = 0; partition < 3; ++partition) EXPECT_EQ(*store->position(partition), kRounds);
}

TEST_F(PostgresStoreTest, APartitionThatWaitsForALockedRowHoldsUpNoOther) {
  const auto store = open_store(here());
  ASSERT_TRUE(apply_results(*store, results_of_learners(0, 1), 0, 1).ok());
  postgres::Connection other({.dsn = server().dsn(), .place = "test", .settings = in_schema("")});
  ASSERT_TRUE(other.execute("BEGIN; SELECT 1 FROM attempts FOR UPDATE").ok());
  std::thread waits([&] { EXPECT_TRUE(apply_results(*store, results_of_learners(0, 1, 2), 1, 2).ok()); });
  wait_until([&] { return other.run("SELECT count(*) FROM pg_locks WHERE NOT granted")->integer(0, 0) > 0; });
  EXPECT_TRUE(apply_results(*store, results_of_learners(1, 2), {.partition = 1, .expected = 0, .next = 1}).ok());
  EXPECT_EQ(*store->position(0), 1) << "it waits still";
  ASSERT_TRUE(other.execute("ROLLBACK").ok());
  waits.join();
  EXPECT_EQ(*store->position(0), 2);
}

// Result number n belongs to learner n; a batch is acknowledged by the position behind it.
int apply_for_ever(const PostgresOptions& options, const Acknowledge& acknowledge) {
  const auto store = PostgresStore::open(options);
  if (!store.ok()) return 1;
  int position = static_cast<int>(*(*store)->position());
  while (true) {
    const int next = position + 1 + position % 7;
    if (!apply_results(**store, results_of_learners(position, next), position, next).ok()) return 1;
    acknowledge(position = next);
  }
}

TEST_F(PostgresStoreTest, AKilledWriterLeavesRowsAndPositionInStepAndLosesNothingItAcknowledged) {
  std::mt19937 random(22);
  std::int64_t acknowledged = 0;
  open_store(here());
  for (int kill = 0; kill < 20; ++kill) {
    ChildProcess child([&](const Acknowledge& ack) { return apply_for_ever(here(), ack); });
    const auto seen = child.kill_after(static_cast<int>(random() % 10), std::chrono::microseconds(random() % 5'000));
    if (!seen.empty()) acknowledged = seen.back();
    const auto store = open_store(here());
    // A session outlives its client for a moment, and its COMMIT may be on its way.
    ASSERT_TRUE(store->apply({}, std::vector<Move>{{.partition = 1, .expected = kill, .next = kill + 1}}).ok());
    const std::int64_t before = *store->position();
    ASSERT_GE(before, acknowledged);
    const std::int64_t rows = count(*store);
    ASSERT_TRUE(rows >= before && rows <= *store->position()) << rows;
    ASSERT_EQ(*store->conflicts(), 0);
  }
  EXPECT_GT(acknowledged, 50);
}

}  // namespace

class PostgresWorld final : public GradebookWorld {
 public:
  PostgresWorld() { PostgresWorld::reopen(); }
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_store({.dsn = server().dsn(), .schema = schema_});
  }
  std::unique_ptr<Store> another() override { return open_store({.dsn = server().dsn(), .schema = schema_}); }

 private:
  const std::string schema_ = new_schema();
  std::unique_ptr<PostgresStore> store_;
};

std::unique_ptr<GradebookWorld> make_postgres_world() {
  return server().trouble().empty() ? std::make_unique<PostgresWorld>() : nullptr;
}

INSTANTIATE_TEST_SUITE_P(Postgres, GradebookContract, testing::Values(&make_postgres_world),
                         [](const auto&) { return std::string("Store"); });

}  // namespace otmetka::gradebook
