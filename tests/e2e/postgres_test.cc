// The gradebook on PostgreSQL, through the program: kept, read, missed for a while, and never a password on the screen.
#include <signal.h>

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"
#include "tests/support/postgres_server.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

PostgresServer& server() {
  static PostgresServer server;
  return server;
}

class Postgres : public testing::Test {
 protected:
  void SetUp() override {
    if (!server().trouble().empty()) {
      if (std::getenv("OTMETKA_ALL_INSTALLED") != nullptr) FAIL() << server().trouble();
      GTEST_SKIP() << "NOT TESTED: " << server().trouble();
    }
    folder.write("specs/small.yaml", kSmallSpec);
    // A database for each test, with tables of its own.
    const Ran made = run(folder, {"createdb", "-h", server().folder(), "-U", "otmetka", database});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }

  Ran submit(int count) const {
    return run(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = many_submissions(count)});
  }
  std::vector<std::string> serve(const std::string& place, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"serve", "--queue", "embedded:queue", "--gradebook", place, "--specs", "specs", "--lang", "en"};
    words.insert(words.end(), more.begin(), more.end());
    return otmetka(words);
  }
  std::string results(const std::string& place) const {
    const Ran ran = run(folder, otmetka({"results", "--gradebook", place, "--format", "csv"}));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  void tell_server(const std::string& sql) const {
    const Ran told = run(folder, {"psql", "-q", "-h", server().folder(), "-U", "otmetka", "-d", database, "-c", sql});
    ASSERT_EQ(told.exit_code, 0) << told.err;
  }

  Scratch folder;
  const std::string database = testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string gradebook = "postgres:" + server().dsn("otmetka", database);
};

TEST_F(Postgres, TheGradebookIsTheSameAsInAFile) {
  ASSERT_EQ(submit(300).exit_code, 0);
  const Ran into_file = run(folder, serve("sqlite:book.db", {"--until-empty"}));
  ASSERT_EQ(into_file.exit_code, 0) << into_file.err;
  const Ran into_server = run(folder, serve(gradebook, {"--until-empty"}));
  ASSERT_EQ(into_server.exit_code, 0) << into_server.err;
  EXPECT_THAT(into_server.err, HasSubstr("applied=300"));
  EXPECT_THAT(lines_of(results(gradebook)), SizeIs(301));
  EXPECT_EQ(results(gradebook), results("sqlite:book.db"));
  EXPECT_EQ(run(folder, serve(gradebook, {"--until-empty"})).exit_code, 0) << "nothing is left to do";
}

TEST_F(Postgres, AServerThatIsAwayForAWhileIsWaitedFor) {
  Running worker(folder, serve(gradebook), {});
  const auto said = [&](const std::string& text) {
    return holds_soon([&] { return worker.err_so_far().find(text) != std::string::npos; });
  };
  ASSERT_TRUE(said("event=serving"));
  server().stop();
  ASSERT_EQ(submit(50).exit_code, 0);
  EXPECT_TRUE(said("event=gradebook_failing code=OT470"));
  EXPECT_EQ(run(folder, otmetka({"results", "--gradebook", gradebook})).exit_code, 5);
  server().start();
  ASSERT_EQ(server().trouble(), "");
  EXPECT_TRUE(said("event=gradebook_well"));
  EXPECT_TRUE(holds_soon([&] { return lines_of(results(gradebook)).size() == 51; }));
  worker.signal(SIGTERM);
  EXPECT_EQ(worker.wait().exit_code, 0);
  EXPECT_EQ(run(folder, otmetka({"dlq", "list", "--queue", "embedded:queue", "--format", "jsonl"})).out, "");
}

TEST_F(Postgres, AServerThatCannotBeReachedAtTheStartIsTemporary) {
  const Ran ran = run(folder, serve("postgres:host=/nowhere dbname=school", {"--until-empty"}));
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_THAT(ran.err, HasSubstr("OT470]: the gradebook's server postgres:/nowhere/school cannot be reached"));
}

TEST_F(Postgres, NoPasswordIsEverShown) {
  tell_server("DROP ROLE IF EXISTS guarded; CREATE ROLE guarded LOGIN PASSWORD 'geheim'; GRANT CREATE ON DATABASE \"" + database +
              "\" TO guarded");
  std::string host;
  for (const char c : server().folder()) host += c == '/' ? "%2F" : std::string(1, c);
  const std::string right = "postgresql://guarded:geheim@/" + database + "?host=" + host;
  const std::string wrong = "postgres:" + server().dsn("guarded", database) + " password=geheimer";
  ASSERT_EQ(submit(3).exit_code, 0);
  const Ran refused = run(folder, serve(wrong, {"--until-empty"}));
  EXPECT_EQ(refused.exit_code, 4) << refused.err;
  EXPECT_THAT(refused.err, AllOf(HasSubstr("OT471"), Not(HasSubstr("geheim"))));
  const Ran served = run(folder, serve(right, {"--until-empty"}));
  EXPECT_EQ(served.exit_code, 0) << served.err;
  EXPECT_THAT(served.err, AllOf(HasSubstr("gradebook=postgres:" + server().folder() + "/" + database), Not(HasSubstr("geheim"))));
  for (const std::string& dsn : {right, wrong, std::string("postgres:guarded:geheim@db"), std::string("mysql://guarded:geheim@db")}) {
    const std::vector<std::vector<std::string>> commands{
        {"config", "show"}, {"config", "show", "--format", "json"}, {"doctor"}, {"results"}};
    for (const std::vector<std::string>& words : commands) {
      const Ran ran = run(folder, otmetka(words), {.environment = {"OTMETKA_GRADEBOOK=" + dsn}});
      EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("geheim"))) << words[0];
    }
  }
}

TEST_F(Postgres, AGradebookOfANewerVersionIsLeftAlone) {
  ASSERT_EQ(run(folder, serve(gradebook, {"--until-empty"})).exit_code, 0);
  tell_server("UPDATE otmetka.schema_version SET version = 9");
  const Ran ran = run(folder, otmetka({"results", "--gradebook", gradebook, "--lang", "en"}));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("OT474]: the gradebook postgres:" + server().folder() + "/" + database + " was made by a newer Otmetka"));
}

}  // namespace
}  // namespace otmetka::e2e
