// The exit codes are a contract: each is provoked here.
#include <signal.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/program.h"
#include "tests/e2e/specs.h"

namespace otmetka::e2e {
namespace {

using testing::HasSubstr;

class ExitCodes : public testing::Test {
 protected:
  int code_of(std::vector<std::string> arguments) const { return run(folder, otmetka(std::move(arguments))).exit_code; }

  Scratch folder;
  std::string spec = folder.write("specs/small.yaml", kSmallSpec);
  std::string good = folder.write("good.jsonl", right_line("l-1"));
  std::string wrong = folder.write("wrong.jsonl", R"({"learner_id": "l-1", "responses": {"n": "5", "t": "?"}})" "\n");
  std::string broken = folder.write("broken.jsonl", right_line("l-1") + "{\n");
};

TEST_F(ExitCodes, ZeroWhenDoneHoweverBadTheAnswers) {
  EXPECT_EQ(code_of({"check", spec}), 0);
  EXPECT_EQ(code_of({"try", spec, "n", "девять"}), 0);
  EXPECT_EQ(code_of({"grade", "--spec", spec, wrong}), 0);
  EXPECT_EQ(code_of({"explain", "OT107"}), 0);
  EXPECT_EQ(code_of({"schema", "spec"}), 0);
  EXPECT_EQ(code_of({"config", "show"}), 0);
}

TEST_F(ExitCodes, OneWhenTheAnswerIsNo) {
  const std::string bad = folder.write("bad.yaml", "grade: v1\nid: bad\nitems: []\n");
  EXPECT_EQ(code_of({"check", bad}), 1);
  EXPECT_EQ(code_of({"grade", "--spec", spec, "--fail-under", "60%", wrong}), 1);
  EXPECT_EQ(code_of({"grade", "--spec", spec, "--fail-under", "60%", good}), 0);
}

TEST_F(ExitCodes, TwoForUsageConfigAndUnreadableInput) {
  EXPECT_EQ(code_of({}), 2);
  EXPECT_EQ(code_of({"chekc"}), 2);
  EXPECT_EQ(code_of({"check"}), 2);
  EXPECT_EQ(code_of({"check", "--fromat", "json", spec}), 2);
  EXPECT_EQ(code_of({"check", "--format", "xml", spec}), 2);
  EXPECT_EQ(code_of({"check", folder.at("missing.yaml")}), 2);
  EXPECT_EQ(code_of({"explain", "OT999"}), 2);
  EXPECT_EQ(code_of({"try", spec, "no-such-item", "4"}), 2);
  EXPECT_EQ(code_of({"grade", "--spec", folder.write("bad.yaml", "grade: v2\n"), good}), 2);
  EXPECT_EQ(code_of({"grade", "--spec", spec, folder.at("missing.jsonl")}), 2);
  EXPECT_EQ(code_of({"grade", "--spec", spec, "--fail-under", "most", good}), 2);
  EXPECT_EQ(code_of({"grade", "--spec", spec, "--jobs", "0", good}), 2);
  EXPECT_EQ(code_of({"grade", "--lang", "fr", "--spec", spec, good}), 2);
  EXPECT_EQ(code_of({"serve", "--queue", "rabbit:there"}), 2);
  EXPECT_EQ(code_of({"results", "--gradebook", "sqlite:" + folder.at("none.db")}), 2);
  EXPECT_EQ(code_of({"serve", "--config", folder.write("c.yaml", "wrokers: 2\n")}), 2);
}

TEST_F(ExitCodes, NearestWordIsNamed) {
  EXPECT_THAT(run(folder, otmetka({"chekc"})).err, HasSubstr("check"));
  EXPECT_THAT(run(folder, otmetka({"check", "--fromat", "json", spec})).err, HasSubstr("--format"));
  EXPECT_THAT(run(folder, otmetka({"serve", "--config", folder.write("c.yaml", "wrokers: 2\n")})).err, HasSubstr("workers"));
}

TEST_F(ExitCodes, ThreeWhenSomeWorksAreFailedAndTheirRowsAreWritten) {
  const Ran ran = run(folder, otmetka({"grade", "--spec", spec, "--format", "csv", broken}));
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.out, HasSubstr("FAILED"));
  EXPECT_EQ(lines_of(ran.out).size(), 3u);
}

TEST_F(ExitCodes, FourWhenNotAllowed) {
  std::filesystem::create_directory(folder.path() / "queue");
  std::filesystem::permissions(folder.path() / "queue", std::filesystem::perms::none);
  const Ran ran = run(folder, as_nobody_special(otmetka({"submit", "--queue", "embedded:queue", good})));
  EXPECT_EQ(ran.exit_code, 4) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("OT403"));
}

TEST_F(ExitCodes, FiveWhenItCanBeTriedAgain) {
  std::filesystem::create_directory(folder.path() / "disk");
  const std::vector<std::string> full = on_small_disk("disk", otmetka({"submit", "--queue", "embedded:disk/queue", "-"}));
  const Ran ran = run(folder, full, {.input = many_submissions(20'000)});
  if (ran.exit_code == kNoSmallDisk) GTEST_SKIP() << "NOT TESTED: no full disk can be made here: " << ran.err;
  EXPECT_EQ(ran.exit_code, 5) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("OT404"));
}

TEST_F(ExitCodes, InterruptedRunsEndAsShellsExpect) {
  for (const auto& [number, code] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}}) {
    // Standard input is a pipe that nobody writes to: grade waits for it until it is interrupted.
    ASSERT_EQ(run(folder, {"sh", "-c", "test -p wait || mkfifo wait"}).exit_code, 0);
    Running grading(folder, otmetka({"grade", "--spec", spec, "wait"}), {});
    EXPECT_FALSE(grading.ended_within(std::chrono::milliseconds(200)));
    grading.signal(number);
    EXPECT_EQ(grading.wait().exit_code, code);
  }
}

}  // namespace
}  // namespace otmetka::e2e
