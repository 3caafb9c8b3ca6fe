// What may not be read or written is exit code 4, with a message of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Permissions : public testing::Test {
 protected:
  void lock(const std::string& name) const { std::filesystem::permissions(folder.path() / name, std::filesystem::perms::none); }
  void expect_not_allowed(std::vector<std::string> words, const std::string& code) const {
    words.insert(words.end(), {"--lang", "en"});
    const Ran ran = run(folder, as_nobody_special(otmetka(words)));
    EXPECT_EQ(ran.exit_code, 4) << words[0] << ": " << ran.err;
    EXPECT_THAT(ran.out + ran.err, AllOf(HasSubstr(code), HasSubstr("ermission"))) << words[0];
  }

  Scratch folder;
  std::string spec = folder.write("specs/small.yaml", kSmallSpec);
  std::string answers = folder.write("a.jsonl", right_line("l-1"));
};

TEST_F(Permissions, FilesThatMayNotBeRead) {
  for (const char* name : {"locked.jsonl", "locked.yaml"}) {
    folder.write(name, "");
    lock(name);
  }
  expect_not_allowed({"grade", "--spec", spec, "locked.jsonl"}, "OT374");
  expect_not_allowed({"grade", "--spec", "locked.yaml", answers}, "OT374");
  expect_not_allowed({"try", "locked.yaml", "n", "4"}, "OT374");
  expect_not_allowed({"check", "locked.yaml"}, "OT100");
  expect_not_allowed({"config", "show", "--config", "locked.yaml"}, "OT374");
}

TEST_F(Permissions, AGradebookThatMayNotBeReadIsNotSaidToBeWrittenTo) {
  const std::string line = R"({"assignment_id": "small", "learner_id": "l-1", "responses": {"n": "4"}})" "\n";
  ASSERT_EQ(run(folder, otmetka({"submit", "--queue", "embedded:queue", "-"}), {.input = line}).exit_code, 0);
  const auto serve =
      otmetka({"serve", "--until-empty", "--queue", "embedded:queue", "--gradebook", "sqlite:book/b.db", "--specs", "specs"});
  ASSERT_EQ(run(folder, serve).exit_code, 0);
  lock("book/b.db");
  expect_not_allowed({"results", "--gradebook", "sqlite:book/b.db"}, "OT416");
  lock("book");
  expect_not_allowed({"results", "--gradebook", "sqlite:book/b.db"}, "OT416");
  std::filesystem::permissions(folder.path() / "book", std::filesystem::perms::owner_all);
}

TEST_F(Permissions, QueuesAndOutputsThatMayNotBeWritten) {
  std::filesystem::create_directory(folder.path() / "locked");
  std::filesystem::permissions(folder.path() / "locked", std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  expect_not_allowed({"submit", "--queue", "embedded:locked/queue", answers}, "OT403");
  expect_not_allowed({"grade", "--spec", spec, "--output", "locked/out.csv", answers}, "OT403");
}

}  // namespace
}  // namespace otmetka::e2e
