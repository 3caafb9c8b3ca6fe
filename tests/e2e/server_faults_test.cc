// What goes wrong around a server is no learner's fault: no work is parked for it, and the log says what to do.
#include <signal.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ServerFaults : public testing::Test {
 protected:
  // A gradebook with one row.
  void SetUp() override {
    folder.write("specs/small.yaml", kSmallSpec);
    submit("small");
    ASSERT_EQ(run(folder, serve({"--until-empty"})).exit_code, 0);
  }

  void submit(const std::string& assignment) const {
    const std::string line = "{\"assignment_id\": \"" + assignment + "\", \"learner_id\": \"l-1\", \"responses\": {\"n\": \"4\"}}\n";
    ASSERT_EQ(run(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = line}).exit_code, 0);
  }
  void add_spec() const {
    std::string spec = kSmallSpec;
    folder.write("specs/later.yaml", spec.replace(spec.find("id: small"), 9, "id: later"));
  }
  std::vector<std::string> serve(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"serve",   "--queue", "embedded:queue", "--gradebook", "sqlite:book.db",
                                      "--specs", "specs",   "--lang",         "en"};
    words.insert(words.end(), more.begin(), more.end());
    return otmetka(words);
  }
  void tell_gradebook(const std::string& sql) const {
    const Ran told = run(folder, {"sqlite3", "-cmd", ".timeout 10000", folder.at("book.db"), sql});
    ASSERT_EQ(told.exit_code, 0) << told.err;
  }
  std::string dead_letters() const { return run(folder, otmetka({"dlq", "list", "--queue", "embedded:queue", "--format", "jsonl"})).out; }
  std::string row_of_later() const {
    const Ran ran = run(folder, otmetka({"results", "--gradebook", "sqlite:book.db", "--assignment", "later", "--format", "csv"}));
    const auto lines = lines_of(ran.out);
    return lines.size() == 2 ? lines[1] : "";
  }

  Scratch folder;
  const std::string graded = "later,l-1,1,1,1,5,1,FINAL,";
};

TEST_F(ServerFaults, AGradebookThatMayNotBeWrittenEndsTheServerAtTheStart) {
  add_spec();
  submit("later");
  std::filesystem::permissions(folder.path() / "book.db", std::filesystem::perms::owner_read);
  const Ran ran = run(folder, as_nobody_special(serve({"--until-empty"})));
  EXPECT_EQ(ran.exit_code, 4) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("OT403"));
  EXPECT_EQ(dead_letters(), "");
  std::filesystem::permissions(folder.path() / "book.db", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(run(folder, serve({"--until-empty"})).exit_code, 0);
  EXPECT_EQ(row_of_later(), graded);
}

// It can be opened and read, and takes no results: that is seen before the first of them.
TEST_F(ServerFaults, AGradebookThatCannotBeWrittenIsSeenThoughThereIsNothingToWrite) {
  tell_gradebook("CREATE TRIGGER broken BEFORE UPDATE ON positions BEGIN SELECT RAISE(ABORT, 'broken'); END");
  const Ran ran = run(folder, serve({"--until-empty"}));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT409"), HasSubstr("broken")));
}

TEST_F(ServerFaults, AGradebookThatTakesNoSpecEndsTheServerAtTheStart) {
  tell_gradebook("CREATE TRIGGER broken BEFORE INSERT ON specs BEGIN SELECT RAISE(ABORT, 'broken'); END");
  add_spec();
  submit("later");
  const Ran ran = run(folder, serve({"--until-empty"}));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("event=spec_not_stored code=OT409 id=later"), HasSubstr("broken")));
  EXPECT_EQ(dead_letters(), "");
}

TEST_F(ServerFaults, AGradebookThatTakesNoSpecForAWhileKeepsItsWorksWaitingAndParksNone) {
  Running server(folder, serve(), {.environment = {"OTMETKA_SPEC_PATIENCE_MS=0"}});
  const auto said = [&](const std::string& text) {
    return holds_soon([&] { return server.err_so_far().find(text) != std::string::npos; });
  };
  ASSERT_TRUE(said("event=serving"));
  tell_gradebook("CREATE TRIGGER broken BEFORE INSERT ON specs BEGIN SELECT RAISE(ABORT, 'broken'); END");
  add_spec();
  ASSERT_TRUE(said("event=spec_not_stored code=OT409 id=later"));
  submit("later");
  ASSERT_TRUE(said("event=waiting code=OT409 works=1"));
  tell_gradebook("DROP TRIGGER broken");
  EXPECT_TRUE(holds_soon([&] { return row_of_later() == graded; })) << row_of_later();
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, 0);
  EXPECT_EQ(dead_letters(), "");
}

TEST_F(ServerFaults, FoldersThatAreTakenFromUnderTheServerAreToldOfOnce) {
  Running server(folder, serve(), {});
  const auto said = [&](const char* code) { return count_of(server.err_so_far(), code); };
  ASSERT_TRUE(holds_soon([&] { return said("event=serving") == 1; }));
  std::filesystem::remove_all(folder.at("specs"));
  EXPECT_TRUE(holds_soon([&] { return said("OT536") == 1; }));
  folder.write("specs/small.yaml", kSmallSpec);
  EXPECT_TRUE(holds_soon([&] { return said("event=specs_back") == 1; }));
  std::filesystem::remove_all(folder.at("queue"));
  EXPECT_TRUE(holds_soon([&] { return said("OT417") == 1; }));
  std::filesystem::remove(folder.at("book.db"));
  EXPECT_TRUE(holds_soon([&] { return said("OT418") == 1; }));
  server.signal(SIGTERM);
  const Ran stopped = server.wait();
  EXPECT_EQ(stopped.exit_code, 0) << stopped.err;
  EXPECT_EQ(count_of(stopped.err, "OT536"), 1u);
}

TEST_F(ServerFaults, EveryLineOfTheLogIsAnEvent) {
  folder.write("specs/bad \"one\".yaml", "grade: v1\nid: bad\nitems: []\n");
  folder.write("specs/twin.yaml", kSmallSpec);
  std::vector<std::string> until_empty = serve();
  until_empty.emplace_back("--until-empty");
  const Ran ran = run(folder, until_empty);
  for (const std::string& line : lines_of(ran.err)) {
    EXPECT_THAT(line, testing::MatchesRegex("time=[^ ]+ event=[a-z_]+( [a-z0-9_]+=([^\" ]*|\"([^\"\\\\]|\\\\.)*\"))*"));
  }
  EXPECT_THAT(ran.err, testing::AllOf(testing::HasSubstr("event=notice code=OT527 text=\""), testing::HasSubstr("bad \\\"one\\\".yaml"),
                                      testing::HasSubstr("event=notice code=OT528 text=\"")));
}

}  // namespace
}  // namespace otmetka::e2e
