// Programs from submission to the gradebook, as an operator and a teacher see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include "tests/e2e/program.h"

namespace otmetka::e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSpec = R"(grade: v1
id: mixed
items:
- {id: word, text: да}
- id: square
  points: 4
  code:
    languages: [python3, c]
    limits: {cpu: 500ms, wall: 2s}
    tests:
    - {id: one, in: "3", out: "9"}
    - {id: two, in: file:two.in, out: "16"}
)";

class Programs : public testing::Test {
 protected:
  Programs() {
    folder.write("specs/mixed.yaml", kSpec);
    folder.write("specs/two.in", "-4\n");
  }
  std::vector<std::string> serve() const {
    return otmetka({"serve", "--queue", "embedded:q", "--gradebook", "sqlite:b.db", "--specs", "specs", "--until-empty"});
  }
  void submit(const std::string& lines) const {
    const Ran ran = run(folder, otmetka({"submit", "--queue", "embedded:q", "-"}), {.input = lines});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }
  std::vector<std::string> results() const {
    const Ran ran = run(folder, otmetka({"results", "--gradebook", "sqlite:b.db", "--format", "jsonl"}));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return lines_of(ran.out);
  }
  Scratch folder;
};

std::string work(const std::string& learner, const std::string& program, const std::string& name = "a.py") {
  return R"({"assignment_id":"mixed","learner_id":")" + learner + R"(","responses":{"word":"да","square":{"files":{")" + name + "\":\"" +
         program + "\"}}}}\n";
}

TEST_F(Programs, AreGradedBesideAnswersAndReachTheGradebook) {
  submit(work("a", "n = int(input())\\nprint(n * n)") + work("b", "print(9)") + work("c", "while True: pass") +
         work("d", "#include <stdio.h>\\nint main(void) { int n; scanf(\\\"%d\\\", &n); printf(\\\"%d\\\", n * n); }", "x.c") +
         R"({"assignment_id":"mixed","learner_id":"e","responses":{"word":"да"}})" "\n");
  const Ran served = run(folder, serve());
  EXPECT_EQ(served.exit_code, 0) << served.err;
  const auto rows = results();
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_THAT(rows[0], AllOf(HasSubstr("\"raw\":{\"num\":\"5\""), HasSubstr("\"id\":\"two\"")));
  EXPECT_THAT(rows[1], AllOf(HasSubstr("\"raw\":{\"num\":\"3\""), HasSubstr("WRONG_ANSWER")));
  EXPECT_THAT(rows[2], AllOf(HasSubstr("\"raw\":{\"num\":\"1\""), HasSubstr("TIME_LIMIT")));
  EXPECT_THAT(rows[3], HasSubstr("\"raw\":{\"num\":\"5\""));
  EXPECT_THAT(rows[4], AllOf(HasSubstr("\"raw\":{\"num\":\"1\""), HasSubstr("NOT_ATTEMPTED")));
}

TEST_F(Programs, WhatWasStillRunningWhenTheServerWasStoppedIsGradedByTheNext) {
  std::string works;
  for (int i = 0; i < 20; ++i)
    works += work("p" + std::to_string(10 + i), "import sys\\nn = int(input())\\nx = sum(range(300000))\\nprint(n * n)");
  submit(works);
  Running server(folder, serve(), {});
  ASSERT_TRUE(holds_soon([&] { return server.err_so_far().find("event=serving") != std::string::npos; }));
  server.signal(SIGTERM);
  server.wait();
  EXPECT_EQ(run(folder, serve()).exit_code, 0);
  const auto rows = results();
  ASSERT_EQ(rows.size(), 20u);
  for (const std::string& row : rows) EXPECT_THAT(row, HasSubstr("\"raw\":{\"num\":\"5\""));
}

TEST_F(Programs, ALanguageThatIsNotThereIsAFailureOfOursAndNoZero) {
  folder.write("languages/none.yaml", "language: none\ntitle: None\nendings: [.none]\nneeds: [/usr/bin/no-such-compiler]\nrun: [x]\n");
  folder.write("otmetka.yaml", "languages: languages\nretry_tries: 1\n");
  folder.write(
      "specs/mixed.yaml",
      "grade: v1\nid: mixed\nitems:\n- {id: word, text: да}\n- {id: square, code: {languages: none, tests: [{in: \"1\", out: \"1\"}]}}\n");
  submit(work("a", "x", "x.none"));
  EXPECT_EQ(run(folder, serve()).exit_code, 3);
  const auto rows = results();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_THAT(rows[0], AllOf(HasSubstr("FAILED"), HasSubstr("OT562")));
}

TEST_F(Programs, WhoMayStartNoThreadIsToldSo) {
  folder.write("specs/t.yaml", "grade: v1\nid: t\nitems:\n- {id: x, code: {languages: cpp, tests: [{in: '', out: '', show: always}]}}\n");
  folder.write("t.cpp", "#include <thread>\nint main() { std::thread([] {}).join(); }\n");
  const Ran ran = run(folder, otmetka({"try", "--lang", "en", "specs/t.yaml", "x", "file:t.cpp"}));
  EXPECT_THAT(ran.out, HasSubstr("tried to start more processes or threads than the task allows (1)"));
}

// limits.conf and services often set the core limit to 0. Root lifts what would bind the programs, where it may.
TEST_F(Programs, TheLimitsOfTheLoginAreNoLearnersFault) {
  folder.write("specs/t.yaml", "grade: v1\nid: t\nitems:\n- {id: x, code: {languages: c, tests: [{in: '', out: '1'}]}}\n");
  folder.write("t.c", "#include <stdio.h>\nint main(void) { puts(\"1\"); }\n");
  const auto with = [this](const std::string& limit) {
    std::vector<std::string> command = otmetka({"try", "--lang", "en", "specs/t.yaml", "x", "file:t.c"});
    command.insert(command.begin(), {"sh", "-c", "ulimit " + limit + " && exec \"$0\" \"$@\""});
    return run(folder, command);
  };
  EXPECT_THAT(with("-c 0").out, HasSubstr("x: 1 of 1"));
  const Ran low = with("-s 256");
  EXPECT_TRUE(low.exit_code == 0 || low.err.find("RLIMIT_STACK") != std::string::npos) << low.exit_code << low.out << low.err;
  EXPECT_LT(with("-f 0").exit_code, 128) << "no signal, though it can write to no file";
}

TEST_F(Programs, LanguagesListsWhatThisMachineHas) {
  const Ran ran = run(folder, otmetka({"languages", "--format", "jsonl"}));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"id\":\"python3\""), HasSubstr("\"version\":\"Python 3"), HasSubstr("\"id\":\"pascal\"")));
}

TEST_F(Programs, CheckRunsTheSamplesOfPrograms) {
  folder.write("specs/good.py", "n = int(input())\nprint(n * n)\n");
  folder.write("specs/mixed.yaml", std::string(kSpec) + "  samples: [{give: file:good.py, score: 1}, {give: file:none.py, score: 0}]\n");
  const Ran ran = run(folder, otmetka({"check", "--lang", "en", "specs/mixed.yaml"}));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("none.py"));
  EXPECT_THAT(ran.err, HasSubstr("1 of 1 hold"));
}

}  // namespace
}  // namespace otmetka::e2e
