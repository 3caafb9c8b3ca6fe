// What the server does to those who use it: it refuses, stops, comes back, loses answers, has no room.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <thread>

#include "gradebook/postgres/dsn.h"
#include "gradebook/postgres/postgres_test_support.h"
#include "gradebook/postgres/schema.h"
#include "gradebook/postgres/sqlstate.h"
#include "tests/contract/gradebook_contract.h"
#include "tests/contract/test_folder.h"

namespace otmetka::gradebook {
namespace {

using postgres::Connection;
using postgres::quoted_name;
using postgres::Refusal;
using postgres::refusal_of;

class PostgresFaults : public testing::Test {
 protected:
  void SetUp() override { OTMETKA_NEEDS_POSTGRES(); }
  void TearDown() override {
    if (!server().trouble().empty()) return;
    server().stop();
    server().start();
  }
  PostgresOptions here() const { return {.dsn = server().dsn(), .schema = schema_}; }
  std::string table(const std::string& name) const { return quoted_name(schema_) + "." + name; }
  const std::string place = "postgres:" + server().folder() + "/otmetka";

 private:
  const std::string schema_ = new_schema();
};

ResultMaker maker_of(int n) { return ResultMaker().learner("p-" + std::to_string(n)).submission("s-" + std::to_string(n)); }

ScoredResult result_of(int n) { return maker_of(n).finished(); }

Error error_of_opening(const PostgresOptions& options) {
  const auto opened = PostgresStore::open(options);
  return opened.ok() ? Error{} : opened.failure();
}

std::string text_of(const Error& error) {
  std::string out = error.code();
  for (const Arg& arg : error.message.args) {
    if (const auto* text = std::get_if<std::string>(&arg)) out += " " + *text;
  }
  return out;
}

TEST_F(PostgresFaults, AServerThatIsNotThereIsToldAndMayBeTriedAgain) {
  const Error nowhere = error_of_opening({.dsn = "host=/nowhere port=5433 dbname=school password=geheim"});
  EXPECT_EQ(nowhere.code(), "OT470");
  EXPECT_TRUE(nowhere.retryable);
  EXPECT_EQ(nowhere.message.args.at(0), Arg("postgres:/nowhere:5433/school"));
  EXPECT_EQ(text_of(nowhere).find("geheim"), std::string::npos);
}

TEST_F(PostgresFaults, WhoIsNotLetInIsToldSoWithoutAPassword) {
  ASSERT_TRUE(tell_server("CREATE ROLE guarded LOGIN PASSWORD 'right'; GRANT CREATE ON DATABASE otmetka TO guarded").ok());
  const std::string dsn = server().dsn("guarded");
  for (const std::string& refused : {dsn + " password=geheim", dsn, server().dsn("stranger")}) {
    const Error error = error_of_opening({.dsn = refused, .schema = "of_guarded"});
    EXPECT_EQ(error.code(), "OT471") << refused;
    EXPECT_FALSE(error.retryable);
    EXPECT_EQ(text_of(error).find("geheim"), std::string::npos);
    EXPECT_EQ(text_of(error).find("28P01"), std::string::npos) << "the code has been understood";
  }
  EXPECT_EQ(code_of_opening({.dsn = dsn + " password=right", .schema = "of_guarded"}), "opened");
}

TEST_F(PostgresFaults, ADatabaseThatIsMissingIsTold) {
  const Error error = error_of_opening({.dsn = server().dsn("otmetka", "nowhere")});
  EXPECT_EQ(error.code(), "OT472");
  EXPECT_EQ(error.message.args.at(0), Arg("postgres:" + server().folder() + "/nowhere"));
}

TEST_F(PostgresFaults, TheEncodingOfTheDatabaseDoesNotMatter) {
  for (const std::string encoding : {"KOI8R", "SQL_ASCII"}) {
    ASSERT_TRUE(tell_server("CREATE DATABASE \"" + encoding + "\" ENCODING '" + encoding + "' TEMPLATE template0").ok());
    const auto store = open_store({.dsn = server().dsn("otmetka", encoding)});
    const ScoredResult result = maker_of(1).learner("ученик 学生").finished();
    ASSERT_TRUE(apply_results(*store, {result}, 0, 1).ok());
    EXPECT_NE(contents(*store, {"", "", "ученик 学生"}), "");
    EXPECT_EQ(apply_results(*store, {result}, 1, 2)->duplicates, 1U);
  }
}

TEST_F(PostgresFaults, WhatIsNoConnectionStringIsNotRepeated) {
  for (const char* dsn : {"", "host=db password='geheim", "postgresql://me:geheim@[db/school", "me:geheim@db/school",
                          "hots=db password=geheim"}) {
    EXPECT_EQ(text_of(error_of_opening({.dsn = dsn})), "OT477") << dsn;
  }
  EXPECT_EQ(*place_of("postgresql://me:geheim@db.example:5433/school?sslmode=require"), "postgres:db.example:5433/school");
  EXPECT_EQ(*place_of("school"), "postgres:school");
}

TEST_F(PostgresFaults, WhoMayOnlyReadReadsAndIsToldWhenWriting) {
  ASSERT_TRUE(apply_results(*open_store(here()), {result_of(1)}, 0, 1).ok());
  ASSERT_TRUE(tell_server("CREATE ROLE looker LOGIN").ok());
  PostgresOptions looking{.dsn = server().dsn("looker"), .must_exist = true, .schema = here().schema};
  EXPECT_EQ(error_of_opening(looking).code(), "OT473");
  ASSERT_TRUE(tell_server("GRANT USAGE ON SCHEMA " + quoted_name(looking.schema) + " TO looker; GRANT SELECT ON ALL TABLES IN SCHEMA " +
                          quoted_name(looking.schema) + " TO looker").ok());
  const auto store = open_store(looking);
  EXPECT_EQ(*store->outcome("t", "s-1"), Outcome::kGraded);
  EXPECT_NE(contents(*store), "");
  const auto refused = apply_results(*store, {result_of(2)}, 1, 2);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code(), "OT473");
  EXPECT_EQ(error_of_opening({.dsn = server().dsn("looker"), .schema = "for_looker"}).code(), "OT473") << "nor may it make a schema";
}

TEST_F(PostgresFaults, AServerThatStopsAndComesBackLosesNothing) {
  const auto store = open_store(here());
  ASSERT_TRUE(apply_results(*store, {result_of(0)}, 0, 1).ok());
  for (int round = 1; round <= 3; ++round) {
    round % 2 == 0 ? server().crash() : server().stop();
    const auto refused = apply_results(*store, {result_of(round)}, round, round + 1);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.failure().code(), "OT470");
    EXPECT_TRUE(refused.failure().retryable);
    EXPECT_EQ(store->position().failure().code(), "OT470");
    EXPECT_EQ(store->visit({}, [](const Standing&) { return true; }).failure().code(), "OT470");
    server().start();
    ASSERT_EQ(server().trouble(), "");
    EXPECT_EQ(*store->position(), round) << "nothing of it was written";
    EXPECT_EQ(*store->outcome("t", "s-" + std::to_string(round)), Outcome::kNone);
    ASSERT_TRUE(apply_results(*store, {result_of(round)}, round, round + 1).ok());
  }
  for (int n = 0; n <= 3; ++n) EXPECT_EQ(*store->outcome("t", "s-" + std::to_string(n)), Outcome::kGraded);
}

TEST_F(PostgresFaults, ASessionThatWasEndedWhileItStoodIdleIsNotNoticed) {
  const auto store = open_store(here());
  ASSERT_TRUE(apply_results(*store, {result_of(1)}, 0, 1).ok());
  ASSERT_TRUE(tell_server("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'").ok());
  EXPECT_TRUE(apply_results(*store, {result_of(2)}, 1, 2).ok());
  EXPECT_EQ(*store->position(), 2);
}

TEST_F(PostgresFaults, AFullDiskRefusesABatchWholeWithItsPosition) {
  const auto store = open_store(here());
  ASSERT_TRUE(apply_results(*store, {result_of(1)}, 0, 1).ok());
  // 53100 is what the server says when it cannot extend a file.
  ASSERT_TRUE(tell_server("CREATE FUNCTION " + table("no_room()") +
                          " RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100''; END';"
                          "CREATE TRIGGER full_disk BEFORE INSERT ON " + table("attempts") +
                          " FOR EACH ROW WHEN (NEW.learner = 'p-3') EXECUTE FUNCTION " + table("no_room()")).ok());
  const auto refused = apply_results(*store, {result_of(2), result_of(3)}, 1, 3);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().message, (Message{"OT475", {place}}));
  EXPECT_TRUE(refused.failure().retryable);
  EXPECT_EQ(*store->position(), 1);
  EXPECT_EQ(*store->outcome("t", "s-2"), Outcome::kNone);
  ASSERT_TRUE(tell_server("DROP TRIGGER full_disk ON " + table("attempts")).ok());
  EXPECT_TRUE(apply_results(*store, {result_of(2), result_of(3)}, 1, 3).ok());
}

TEST_F(PostgresFaults, ARowThatIsLockedIsWaitedForAndNotForEver) {
  std::atomic<bool> leaving{false};
  PostgresOptions options = here();
  options.lock_timeout = std::chrono::milliseconds(50);
  options.leaving = &leaving;
  const auto store = open_store(options);
  ASSERT_TRUE(apply_results(*store, {result_of(1)}, 0, 1).ok());
  Connection other({.dsn = server().dsn(), .place = "test", .settings = ""});
  ASSERT_TRUE(other.execute("BEGIN; SELECT 1 FROM " + table("attempts") + " FOR UPDATE").ok());
  const auto refused = apply_results(*store, {maker_of(1).raw(2).version(1, 0).finished()}, 1, 2);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code(), "OT476");
  EXPECT_TRUE(refused.failure().retryable);
  EXPECT_EQ(*store->position(), 1);
  options.writers = 1;
  const auto narrow = open_store(options);
  std::thread holder([&] { EXPECT_FALSE(apply_results(*narrow, {maker_of(1).raw(2).version(1, 0).finished()}, 1, 2).ok()); });
  const auto no_turn = apply_results(*narrow, {maker_of(1).raw(2).version(1, 0).finished()}, 1, 2);
  holder.join();
  EXPECT_EQ(no_turn.failure().code(), "OT476") << "nor for one who waits for it";
  options.lock_timeout = std::chrono::minutes(10);
  const auto patient = open_store(options);
  leaving = true;
  EXPECT_EQ(apply_results(*patient, {maker_of(1).version(1, 0).finished()}, 1, 2).failure().code(), "OT470")
      << "who is to leave does not wait ten minutes";
  ASSERT_TRUE(other.execute("ROLLBACK").ok());
}

// Stands between the store and the server, and closes the connection around the next COMMIT.
class Between {
 public:
  enum class Loses { kNothing, kTheCommit, kItsAnswer };

  Between() {
    listening_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un here = address(folder_ / ".s.PGSQL.5432");
    EXPECT_EQ(::bind(listening_, reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
    EXPECT_EQ(::listen(listening_, 8), 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~Between() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  std::string dsn() const { return "host=" + folder_.path() + " user=otmetka dbname=otmetka"; }
  void lose(Loses what) { loses_ = what; }

 private:
  static sockaddr_un address(const std::string& path) {
    sockaddr_un out{};
    out.sun_family = AF_UNIX;
    std::memcpy(out.sun_path, path.data(), path.size());
    return out;
  }

  void serve() {
    std::vector<std::thread> sessions;
    while (true) {
      const int client = ::accept(listening_, nullptr, nullptr);
      if (client < 0) break;
      sessions.emplace_back([this, client] { relay(client); });
    }
    for (std::thread& session : sessions) session.join();
  }

  void relay(int client) {
    const int upstream = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un there = address(server().socket());
    bool open = ::connect(upstream, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
    bool answer_is_lost = false;
    while (open) {
      std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{upstream, POLLIN, 0}};
      ::poll(ends.data(), ends.size(), -1);
      if (ends[0].revents != 0) {
        std::string bytes = some(client);
        open = !bytes.empty();
        if (bytes.find("COMMIT") != std::string::npos) {
          const Loses loses = loses_.exchange(Loses::kNothing);
          if (loses == Loses::kTheCommit) break;
          answer_is_lost = loses == Loses::kItsAnswer;
        }
        open = open && ::send(upstream, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0;
      }
      if (ends[1].revents != 0) {
        const std::string bytes = some(upstream);
        open = open && !bytes.empty() && !answer_is_lost && ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0;
      }
    }
    ::close(upstream);
    ::close(client);
  }

  static std::string some(int from) {
    std::string bytes(1 << 16, '\0');
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::recv(from, bytes.data(), bytes.size(), 0))));
    return bytes;
  }

  TestFolder folder_;
  int listening_ = -1;
  std::atomic<Loses> loses_{Loses::kNothing};
  std::thread thread_;
};

TEST_F(PostgresFaults, AConnectionThatEndsAroundACommitIsTriedAgainWithTheSamePositionWhicheverWayItWent) {
  PostgresOptions options = here();
  Between between;
  options.dsn = between.dsn();
  const auto watcher = open_store(here());
  const auto store = open_store(options);
  ASSERT_TRUE(apply_results(*store, {result_of(0)}, 0, 1).ok());

  between.lose(Between::Loses::kTheCommit);
  EXPECT_EQ(apply_results(*store, {result_of(1), result_of(2)}, 1, 3).failure().code(), "OT470");
  EXPECT_EQ(*watcher->position(), 1);
  // A smaller batch from the same place.
  const auto again = apply_results(*store, {result_of(1)}, 1, 2);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->stored, 1U);

  between.lose(Between::Loses::kItsAnswer);
  EXPECT_EQ(apply_results(*store, {result_of(2), result_of(3)}, 2, 4).failure().code(), "OT470");
  EXPECT_EQ(*watcher->position(), 4) << "it was written";
  const auto repeated = apply_results(*store, {result_of(2)}, 2, 3);
  ASSERT_TRUE(repeated.ok()) << repeated.failure().code();
  EXPECT_EQ(repeated->duplicates, 1U);
  EXPECT_EQ(*watcher->position(), 3);
  EXPECT_EQ(apply_results(*store, {result_of(3)}, 3, 4)->duplicates, 1U);
  EXPECT_EQ(apply_results(*store, {result_of(3)}, 2, 4).failure().code(), "OT420") << "only once";

  // The one that was done is not the last that was tried.
  between.lose(Between::Loses::kItsAnswer);
  EXPECT_EQ(apply_results(*store, {result_of(4), result_of(5)}, 4, 6).failure().code(), "OT470");
  between.lose(Between::Loses::kTheCommit);
  EXPECT_EQ(apply_results(*store, {result_of(4)}, 4, 5).failure().code(), "OT470");
  const auto third = apply_results(*store, {result_of(4), result_of(5), result_of(6)}, 4, 7);
  ASSERT_TRUE(third.ok()) << third.failure().code();
  EXPECT_EQ(third->duplicates, 2U);
  EXPECT_EQ(*watcher->position(), 7);
}

TEST_F(PostgresFaults, RefusalsAreReadInEveryLanguage) {
  const Refusal russian =
      refusal_of("подключиться к серверу не удалось: ВАЖНО:  28P01: пользователь не прошёл проверку\nПОЛОЖЕНИЕ:  auth.c:326\n");
  EXPECT_EQ(russian.sqlstate, "28P01");
  EXPECT_EQ(russian.reason, "пользователь не прошёл проверку");
  EXPECT_EQ(refusal_of("could not connect:  no such file\n").sqlstate, "");
}

}  // namespace
}  // namespace otmetka::gradebook
