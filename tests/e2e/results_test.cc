// `otmetka results`: what it says when there is little to show, or not all of it can be read.
#include <sqlite3.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class Results : public testing::Test {
 protected:
  void SetUp() override {
    folder.write("specs/small.yaml", kSmallSpec);
    std::string lines;
    for (const char* tenant : {"north", "south"}) {
      lines += R"({"assignment_id": "small", "learner_id": "l-1", "responses": {"n": "5"}, "tenant_id": ")" + std::string(tenant) + "\"}\n";
    }
    lines += R"({"assignment_id": "small", "learner_id": "l-2", "tenant_id": "north", "responses": {"n": "4"}})" "\n";
    ASSERT_EQ(run(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = lines}).exit_code, 0);
    ASSERT_EQ(run(folder, serve()).exit_code, 0);
  }
  static std::vector<std::string> serve() {
    return otmetka({"serve", "--until-empty", "--queue", "embedded:queue", "--gradebook", "sqlite:book.db", "--specs", "specs"});
  }
  Ran results(std::vector<std::string> more) const {
    more.insert(more.begin(), {"results", "--lang", "en", "--gradebook", "sqlite:book.db"});
    return run(folder, otmetka(more));
  }

  Scratch folder;
};

TEST_F(Results, NothingThatFitsIsAnEmptyTableAndANotice) {
  const Ran none = results({"--assignment", "nosuch", "--format", "csv"});
  EXPECT_EQ(none.exit_code, 0);
  EXPECT_THAT(lines_of(none.out), SizeIs(1)) << "the head";
  EXPECT_THAT(none.err, HasSubstr("OT426"));
  EXPECT_THAT(results({"--assignment", "nosuch", "--groups", "n"}).err, HasSubstr("OT426"));
  EXPECT_THAT(results({"--assignment", "small"}).err, Not(HasSubstr("OT426")));
}

TEST_F(Results, GroupsOfAnItemThatNoResultHasIsAUsageError) {
  const Ran ran = results({"--groups", "nn"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT535"), HasSubstr("“nn”"), HasSubstr("c, n, p, t")));
  EXPECT_EQ(results({"--groups", "p.x"}).exit_code, 0) << "nobody answered it, but it is there";
}

TEST_F(Results, OneTenantAlone) {
  EXPECT_THAT(lines_of(results({"--format", "jsonl"}).out), SizeIs(3));
  const Ran ran = results({"--tenant", "south", "--format", "jsonl"});
  EXPECT_THAT(lines_of(ran.out), SizeIs(1));
  EXPECT_THAT(ran.out, HasSubstr("\"tenant_id\":\"south\""));
}

TEST_F(Results, ADamagedEntryIsNamedAndTheOthersAreShown) {
  sqlite3* book = nullptr;
  ASSERT_EQ(sqlite3_open(folder.at("book.db").c_str(), &book), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(book, "UPDATE results SET payload = x'FF' WHERE learner = 'l-2'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(book);
  const Ran ran = results({"--format", "csv"});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(lines_of(ran.out), SizeIs(3));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT422"), HasSubstr("l-2"), HasSubstr("small")));
  EXPECT_EQ(results({"--groups", "n"}).exit_code, 3);
}

TEST_F(Results, ReplayTellsAStoredResultThatItsExplanationDoesNotGive) {
  const Ran whole = results({"--replay"});
  EXPECT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_THAT(whole.out, HasSubstr("the same 3, different 0"));
  sqlite3* book = nullptr;
  ASSERT_EQ(sqlite3_open(folder.at("book.db").c_str(), &book), SQLITE_OK);
  const char* other_answer =
      "UPDATE results SET payload = CAST(replace(CAST(payload AS TEXT), '\"4\"', '\"5\"') AS BLOB) WHERE learner = 'l-2'";
  EXPECT_EQ(sqlite3_exec(book, other_answer, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(book);
  const Ran changed = results({"--replay", "--format", "jsonl"});
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_EQ(changed.out, "{\"same\":2,\"different\":1,\"not_replayed\":0}\n");
  EXPECT_THAT(changed.err, AllOf(HasSubstr("OT428"), HasSubstr("l-2")));
}

TEST_F(Results, HistoryShowsWhatCameAndDoesNotCount) {
  EXPECT_THAT(lines_of(results({"--history", "--format", "csv"}).out), SizeIs(1)) << "the head: nothing else came";
  const std::string second = R"({"assignment_id": "small", "learner_id": "l-2", "tenant_id": "north", "submission_id": "again",)"
                             R"( "responses": {"n": "5"}})" "\n";
  ASSERT_EQ(run(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = second}).exit_code, 0);
  ASSERT_EQ(run(folder, serve()).exit_code, 0);
  EXPECT_THAT(lines_of(results({"--history", "--format", "csv"}).out),
              ElementsAre(HasSubstr("submission_id"), StartsWith("north,small,l-2,1,again,0,FINAL,OT430")));
  EXPECT_THAT(results({"--history"}).out, AllOf(HasSubstr("again"), HasSubstr("OT430: ")));
  EXPECT_THAT(results({"--history", "--format", "jsonl"}).out, HasSubstr("\"reason\":\"OT430\""));
}

TEST_F(Results, OneViewAtATime) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--groups", "n", "--explain"}, {"--replay", "--history"},
                                                {"--explain", "--format", "csv"}}) {
    const Ran ran = results(words);
    EXPECT_EQ(ran.exit_code, 2) << words.front();
    EXPECT_THAT(ran.err, HasSubstr("OT539"));
  }
}

TEST_F(Results, TheTenantIsNamedWhereThereAreSeveral) {
  const Ran csv = results({"--format", "csv"});
  EXPECT_THAT(csv.out, AllOf(StartsWith("tenant_id,assignment_id,learner_id,"), HasSubstr("\nnorth,small,l-1,1,"),
                             HasSubstr("\nsouth,small,l-1,1,")));
  EXPECT_THAT(results({}).out, AllOf(StartsWith("tenant  "), HasSubstr("\nsouth   small")));
  EXPECT_THAT(results({"--explain"}).out, HasSubstr("south · small · l-1"));
  for (const std::vector<std::string>& one : {std::vector<std::string>{"--tenant", "north"}, {"--learner", "l-2"}}) {
    std::vector<std::string> words = {"--format", "csv"};
    words.insert(words.end(), one.begin(), one.end());
    EXPECT_THAT(results(words).out, StartsWith("assignment_id,learner_id,")) << one.front();
    EXPECT_THAT(results(one).out, Not(HasSubstr("tenant"))) << one.front();
  }
}

TEST_F(Results, GroupsOfSeveralTenantsSaySo) {
  const Ran all = results({"--groups", "n", "--format", "csv"});
  EXPECT_THAT(all.err, AllOf(HasSubstr("OT427"), HasSubstr("2 tenants"), HasSubstr("north, south")));
  EXPECT_THAT(results({"--groups", "n", "--tenant", "north"}).err, Not(HasSubstr("OT427")));
}

}  // namespace
}  // namespace otmetka::e2e
