// What becomes of works when submit cannot publish all of them: nothing in silence, nothing lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Submit : public testing::Test {
 protected:
  std::string line(const std::string& learner) const {
    return R"({"assignment_id": "small", "learner_id": ")" + learner + R"(", "responses": {"n": "4"}})" "\n";
  }
  std::vector<std::string> command(const std::string& queue, std::vector<std::string> more) const {
    std::vector<std::string> words = {"submit", "--lang", "en", "--queue", queue};
    words.insert(words.end(), more.begin(), more.end());
    return otmetka(words);
  }
  Ran submit(const std::string& queue, std::vector<std::string> more) const {
    return run(folder, command(queue, std::move(more)), {.input = line("stdin")});
  }
  Ran sql(const std::string& queue, const std::string& statement) const {
    return run(folder, {"sqlite3", folder.at(queue + "/queue.db"), statement});
  }
  std::string in_queue(const std::string& queue) const { return sql(queue, "SELECT count(*) FROM submissions").out; }
  bool is_there(const std::string& name) const { return std::filesystem::exists(folder.path() / name); }

  Scratch folder;
  std::string first = folder.write("first.jsonl", line("l-1") + line("l-2"));
};

// The number after `before` in the text.
int number_after(const std::string& text, const std::string& before) {
  const auto at = text.find(before);
  return at == std::string::npos ? -1 : std::stoi(text.substr(at + before.size()));
}

TEST_F(Submit, AFullDiskSendsTheRestToTheSpool) {
  constexpr int kCount = 20'000;
  std::filesystem::create_directory(folder.path() / "disk");
  const auto full = on_small_disk("disk", command("embedded:disk/queue", {"--spool", "spool", "-"}));
  const Ran ran = run(folder, full, {.input = many_submissions(kCount)});
  if (ran.exit_code == kNoSmallDisk) GTEST_SKIP() << "NOT TESTED: no full disk can be made here: " << ran.err;
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_THAT(ran.err, HasSubstr("OT404"));
  const int published = number_after(ran.err, "published: ");
  const int kept = number_after(ran.err, "kept in spool: ");
  EXPECT_GT(published, 0);
  EXPECT_GT(kept, 0);
  EXPECT_EQ(published + kept, kCount);
  EXPECT_EQ(submit("embedded:other", {"--spool", "spool", first}).exit_code, 0);
  EXPECT_EQ(in_queue("other"), std::to_string(kept + 2) + "\n");
}

TEST_F(Submit, AQueueThatFailsWhileTheSpoolIsSentKeepsThatAndTheNewWorks) {
  ASSERT_EQ(submit("embedded:queue", {first}).exit_code, 0);
  ASSERT_EQ(sql("queue", "CREATE TRIGGER broken BEFORE INSERT ON submissions BEGIN SELECT RAISE(ABORT, 'broken'); END").exit_code, 0);
  for (int round = 0; round < 2; ++round) {
    const Ran ran = submit("embedded:queue", {"--spool", "spool", first});
    EXPECT_EQ(ran.exit_code, 5);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("published: 0"), HasSubstr("kept in spool: 2"), HasSubstr("OT409")));
  }
  ASSERT_EQ(sql("queue", "DROP TRIGGER broken").exit_code, 0);
  EXPECT_EQ(submit("embedded:queue", {"--spool", "spool", "-"}).exit_code, 0);
  EXPECT_EQ(in_queue("queue"), "7\n");
  EXPECT_EQ(submit("embedded:queue", {"--spool", "spool", "-"}).exit_code, 0);
  EXPECT_EQ(in_queue("queue"), "8\n") << "sent once";
}

TEST_F(Submit, WithoutASpoolItSaysHowManyAreThere) {
  ASSERT_EQ(submit("embedded:queue", {first}).exit_code, 0);
  ASSERT_EQ(sql("queue", "CREATE TRIGGER broken BEFORE INSERT ON submissions WHEN (SELECT count(*) FROM submissions) >= 1002"
                         " BEGIN SELECT RAISE(ABORT, 'broken'); END").exit_code, 0);
  const Ran ran = run(folder, command("embedded:queue", {"-"}), {.input = many_submissions(2'500)});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("OT409"), HasSubstr("published before the error: 1000;")));
  EXPECT_EQ(in_queue("queue"), "1002\n");
}

TEST_F(Submit, WhatIsAMistakeIsNotKept) {
  EXPECT_EQ(submit("rabbit:there", {"--spool", "spool", first}).exit_code, 2);
  const Ran a_file = submit("embedded:first.jsonl", {"--spool", "spool", first});
  EXPECT_EQ(a_file.exit_code, 2);
  EXPECT_THAT(a_file.err, AllOf(HasSubstr("OT402"), Not(HasSubstr("kept in"))));
  std::filesystem::create_directory(folder.path() / "locked");
  std::filesystem::permissions(folder.path() / "locked", std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const Ran locked = run(folder, as_nobody_special(command("embedded:locked/queue", {"--spool", "spool", first})));
  EXPECT_EQ(locked.exit_code, 4) << locked.err;
  EXPECT_FALSE(is_there("spool"));
}

TEST_F(Submit, AllFilesAreOpenedBeforeTheFirstIsPublished) {
  const std::string utf16 = folder.write("utf16.csv", std::string("\xFF\xFEl\0e\0", 6));
  for (const std::string& second : {folder.at("missing.jsonl"), utf16}) {
    for (const std::string& before : {first, std::string("-")}) {
      const Ran ran = submit("embedded:queue", {before, second});
      EXPECT_EQ(ran.exit_code, 2);
      EXPECT_THAT(ran.err, HasSubstr("published before the error: 0;"));
    }
  }
  EXPECT_FALSE(is_there("queue"));
}

TEST_F(Submit, APipeIsOpenedOnceInItsTurn) {
  std::vector<std::string> words = command("embedded:queue", {"pipe", first});
  words.insert(words.begin(), {"sh", "-c", "mkfifo pipe && { cat first.jsonl > pipe & } && exec \"$@\"", "sh"});
  const Ran ran = run(folder, words);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("published: 4"));
}

TEST_F(Submit, WhatTheSpoolHeldIsCountedWhenItIsSent) {
  ASSERT_EQ(submit("embedded:queue", {first}).exit_code, 0);
  ASSERT_EQ(sql("queue", "CREATE TRIGGER broken BEFORE INSERT ON submissions BEGIN SELECT RAISE(ABORT, 'broken'); END").exit_code, 0);
  ASSERT_EQ(submit("embedded:queue", {"--spool", "spool", first}).exit_code, 5);
  ASSERT_EQ(sql("queue", "DROP TRIGGER broken").exit_code, 0);
  EXPECT_THAT(submit("embedded:queue", {"--spool", "spool", "-"}).err, HasSubstr("published: 3")) << "two kept and one new";
}

TEST_F(Submit, SaysWhatGradeWouldSayOfItsInput) {
  const std::string cp1251 = folder.write("a.csv", "assignment_id;learner_id;t\nsmall;l-1;\xCC\xEE\xF1\xEA\xE2\xE0\n");
  EXPECT_THAT(submit("embedded:queue", {cp1251}).err, HasSubstr("OT347"));
  const std::string unknown = R"({"assignment_id": "small", "learner_id": "l-1", "attempt": 2, "responses": {"n": "4"}})" "\n";
  const Ran ran = submit("embedded:queue", {folder.write("a.jsonl", unknown + unknown)});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("a.jsonl:1: notice[OT33"), HasSubstr("attempt")));
  EXPECT_EQ(count_of(ran.err, "OT33"), 1u) << "once a file";
}

TEST_F(Submit, AnAttemptIsCountedFromOne) {
  const std::string zero = R"({"assignment_id": "small", "learner_id": "l-1", "attempt_no": 0, "responses": {"n": "4"}})" "\n";
  const Ran ran = submit("embedded:queue", {folder.write("a.jsonl", zero)});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("a.jsonl:1: error[OT311]"), HasSubstr("published: 0")));
}

TEST_F(Submit, AFolderOfAnswersNeedsAnAssignment) {
  folder.write("class/l-1/n.txt", "4");
  folder.write("class/l-2/n.txt", "5");
  const Ran without = submit("embedded:queue", {folder.at("class")});
  EXPECT_EQ(without.exit_code, 2);
  EXPECT_THAT(without.err, AllOf(HasSubstr("OT385"), HasSubstr("--assignment"), Not(HasSubstr(":0:"))));
  EXPECT_FALSE(is_there("queue"));
  EXPECT_THAT(submit("embedded:queue", {"--assignment", "small", folder.at("class")}).err, HasSubstr("published: 2"));
  EXPECT_EQ(in_queue("queue"), "2\n");
}

TEST_F(Submit, AnAssignmentIsForWhatDoesNotNameItsOwn) {
  const std::string file = folder.write("a.jsonl", line("l-1") + R"({"learner_id": "l-2", "responses": {"n": "4"}})" "\n");
  EXPECT_THAT(submit("embedded:queue", {file}).err, AllOf(HasSubstr("a.jsonl:2: error[OT381]"), HasSubstr("published: 1")));
  ASSERT_EQ(submit("embedded:queue", {"--assignment", "other", file}).exit_code, 0);
  folder.write("specs/small.yaml", kSmallSpec);
  const auto serve = otmetka({"serve", "--until-empty", "--queue", "embedded:queue", "--gradebook", "sqlite:b", "--specs", "specs"});
  const Ran served = run(folder, serve, {.environment = {"OTMETKA_SPEC_PATIENCE_MS=0"}});
  EXPECT_EQ(served.exit_code, 3) << "there is no spec “other”";
  EXPECT_THAT(served.err, HasSubstr("event=dead_letters code=OT380 works=1"));
}

}  // namespace
}  // namespace otmetka::e2e
