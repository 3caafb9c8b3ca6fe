// A `code` item from its settings to its outcome, with real programs in the sandbox.
#include "checkers/code/code.h"

#include <gtest/gtest.h>

#include <google/protobuf/text_format.h>

#include "checkers/code/code.pb.h"
#include "checkers/code/code_test_support.h"

namespace otmetka::checkers::code {
namespace {

Made made(const std::string& settings) {
  v1::CodeSettings message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(settings, &message)) << settings;
  return type().make(message, {});
}

Outcome check(const std::string& settings, const Answer& answer) {
  const Made item = made(settings);
  EXPECT_NE(item.checker, nullptr) << (item.problems.empty() ? std::string() : item.problems[0].message.id + " " + item.problems[0].path);
  return item.checker->check(answer, {.locale = "ru", .explain = true, .workshop = &workshop()});
}

Answer python(const std::string& text) { return FilesAnswer{{{"main.py", text, ""}}}; }

constexpr const char* kSum = R"(
  languages: "python3"
  tests { id: "a" in: "2 3\n" out: "5\n" show: SHOW_ALWAYS }
  tests { id: "b" in: "-1 1\n" out: "0\n" weight { num: 2 den: 1 } say: "минус" }
  tests { id: "c" in: "10 20\n" out: "30\n" weight { num: 2 den: 1 } show: SHOW_NEVER })";

std::vector<std::string> ids(const std::vector<Message>& messages) {
  std::vector<std::string> out;
  for (const Message& message : messages) out.push_back(message.id);
  return out;
}

TEST(Code, EachProgramGetsWhatItEarns) {
  struct Row {
    std::string program;
    Ratio credit;
    Verdict status;
  };
  const Row rows[] = {
      {"a, b = map(int, input().split())\nprint(a + b)", Ratio(1), Verdict::kGraded},
      {"print({'2 3': 5}[input()])", Ratio(1, 5), Verdict::kRuntimeError},     // knows the example only
      {"print({'2 3': 5}.get(input(), 1))", Ratio(1, 5), Verdict::kWrongAnswer},
      {"a, b = map(int, input().split())\nprint(abs(a) + abs(b))", Ratio(3, 5), Verdict::kWrongAnswer},
      {"a, b = map(int, input().split())\nprint(a + b if a != 2 else 1 / 0)", Ratio(4, 5), Verdict::kRuntimeError},
      {"a, b = map(int, input().split())\nwhile a > 5: pass\nprint(a + b)", Ratio(3, 5), Verdict::kTimeLimit},
      {"print(input)(", Ratio(0), Verdict::kCompileError},
      {"x = bytearray(1 << 30)", Ratio(0), Verdict::kMemoryLimit},
      {"while True: print('x' * 10000)", Ratio(0), Verdict::kOutputLimit},
      {"import time\ntime.sleep(100)", Ratio(0), Verdict::kIdleLimit},
  };
  for (const Row& row : rows) {
    const Outcome out = check(std::string(kSum) + " limits { cpu: \"500ms\" wall: \"5s\" memory: \"128 MiB\" }", python(row.program));
    ASSERT_FALSE(out.failure) << out.failure->code();
    EXPECT_EQ(out.credit, row.credit) << row.program;
    EXPECT_EQ(out.status, row.status) << row.program << " " << verdict_name(out.status);
  }
}

TEST(Code, TheLearnerSeesOfATestWhatTheTeacherShows) {
  const Outcome out = check(kSum, python("print(7)"));
  const auto told = ids(out.feedback);
  EXPECT_EQ(told, (std::vector<std::string>{"program.partly", "program.failed_on", "program.diff_token", "program.failed_on", "program.say",
                                            "program.hidden_failed"}));
  ASSERT_EQ(out.tests.size(), 3u);
  EXPECT_TRUE(out.tests[0].shown);
  EXPECT_FALSE(out.tests[2].shown);
  for (const Message& message : out.trace) {
    for (const Arg& arg : message.args) {
      const auto* text = std::get_if<std::string>(&arg);
      EXPECT_TRUE(text == nullptr || text->find("30") == std::string::npos) << "the hidden answer";
    }
  }
}

TEST(Code, ATextIsAProgramWhereOneLanguageIsAccepted) {
  EXPECT_EQ(check(kSum, TextAnswer{"print(sum(map(int, input().split())))"}).credit, Ratio(1));
  EXPECT_EQ(check(kSum, TextAnswer{" \n"}).status, Verdict::kNotAttempted);
  EXPECT_EQ(check(R"(tests { in: "1" out: "1" })", TextAnswer{"print(1)"}).status, Verdict::kInvalidInput);
}

TEST(Code, FilesThatCannotBeTakenAreInvalidInputAndNothingRuns) {
  const Answer rows[] = {FilesAnswer{{{"../main.py", "print(1)", ""}}}, FilesAnswer{{{"main.zig", "", ""}}}, FilesAnswer{},
                         FilesAnswer{{{"main.c", "int main(void) {}", ""}}},
                         FilesAnswer{{{"main.py", "print(1)", ""}, {"fast.so", "\x7F" "ELF and so on", ""}}},
                         FilesAnswer{{{"main.py", "", "abc"}}}, ChoiceAnswer{{"a"}}};
  std::vector<Answer> all(std::begin(rows), std::end(rows));
  for (const char* name : {"-o/etc/x.py", "-x.py", "@x.py", "../../x.py", "/x.py", ".x.py", "..", "a\nb.py", "a/b.py", "a\\b.py", ".py"}) {
    all.push_back(FilesAnswer{{{name, "print(1)", ""}}});
  }
  for (const Answer& answer : all) {
    const Outcome out = check(kSum, answer);
    EXPECT_EQ(out.status, Verdict::kInvalidInput);
    EXPECT_TRUE(out.tests.empty());
    EXPECT_FALSE(out.feedback.empty());
  }
}

TEST(Code, WithoutASandboxThereIsAFailureAndNoScore) {
  const Made item = made(kSum);
  const Outcome out = item.checker->check(python("print(1)"), {});
  ASSERT_TRUE(out.failure);
  EXPECT_EQ(out.failure->code(), "OT566");
  EXPECT_TRUE(out.failure->retryable);
}

constexpr const char* kGroups = R"(
  languages: "python3" scoring: SCORING_GROUPS
  groups { id: "small" points { num: 40 den: 1 } }
  groups { id: "large" points { num: 60 den: 1 } aggregate: AGGREGATE_SUM depends: "small" }
  tests { id: "s1" in: "1" out: "1" group: "small" } tests { id: "s2" in: "2" out: "4" group: "small" }
  tests { id: "l1" in: "3" out: "9" group: "large" } tests { id: "l2" in: "4" out: "16" group: "large" })";

TEST(Code, GroupsGiveTheirPointsAndDependOnEarlierOnes) {
  const std::pair<const char*, Ratio> rows[] = {{"print(int(input()) ** 2)", Ratio(1)},
                                                {"n = int(input())\nprint(n * n if n != 4 else 0)", Ratio(7, 10)},
                                                {"n = int(input())\nprint(n * n if n != 2 else 0)", Ratio(0)},
                                                {"n = int(input())\nprint(n * n if n < 3 else 0)", Ratio(2, 5)}};
  for (const auto& [program, credit] : rows) EXPECT_EQ(check(kGroups, python(program)).credit, credit) << program;
  const Outcome stopped = check(kGroups, python("n = int(input())\nprint(0)"));
  EXPECT_EQ(stopped.tests.size(), 1u) << "nothing behind the first failure of a group of the worst test, nor what depends on it";
}

TEST(Code, AllOrNothingStopsAtTheFirstFailure) {
  const std::string settings = std::string(kSum) + " scoring: SCORING_ALL_OR_NOTHING";
  EXPECT_EQ(check(settings, python("a, b = map(int, input().split())\nprint(a + b)")).credit, Ratio(1));
  const Outcome out = check(settings, python("print(5)"));
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(out.tests.size(), 2u);
}

const std::string kGuess =
    R"(embedded { reference: "file:i.py" content: "import sys\nsecret = int(open(sys.argv[1]).read())\nfor _ in range(10):\n")"
    R"("  line = sys.stdin.readline()\n  if not line: print('eof', file=sys.stderr); sys.exit(1)\n  n = int(line)\n")"
    R"("  print('=' if n == secret else '<' if secret < n else '>', flush=True)\n  if n == secret: sys.exit(0)\n")"
    R"("print('too many', file=sys.stderr)\nsys.exit(1)\n" }
  languages: "python3" interactor: "file:i.py" tests { in: "37" } limits { cpu: "500ms" wall: "5s" })";

TEST(Code, AnInteractorTalksWithTheProgram) {
  struct Row {
    std::string program;
    Verdict status;
  };
  const Row rows[] = {
      {"lo, hi = 0, 100\nwhile True:\n  m = (lo + hi) // 2\n  print(m, flush=True)\n  a = input()\n  if a == '=': break\n  if a == '<': hi "
       "= m - 1\n  else: lo = m + 1",
       Verdict::kGraded},
      {"for m in range(100):\n  print(m, flush=True)\n  if input() == '=': break", Verdict::kWrongAnswer},
      {"print(1, flush=True)", Verdict::kWrongAnswer},
      {"raise SystemExit(5)", Verdict::kRuntimeError},
      {"input()", Verdict::kIdleLimit},
      {"while True: pass", Verdict::kTimeLimit},
      {"while True: print(1, flush=True)", Verdict::kWrongAnswer},                        // floods
      {"print('1' * (1 << 20), flush=True)\ninput()", Verdict::kWrongAnswer},             // in one line
      {"print(1, end='', flush=True)\ninput()", Verdict::kIdleLimit},                     // omits the newline
      {"for m in range(36, 99):\n  print(m, flush=True)\n  if input() == '=': break\nfor i in range(99): print(1, flush=True)",
       Verdict::kGraded},  // talks on when it has been accepted
      {"import os\nos.close(1)\nwhile True: pass", Verdict::kTimeLimit},  // closes: the other is told when it has ended
      {"import os\nos.close(1)\ninput()", Verdict::kIdleLimit},
      {"import os, time\nos.close(1)\ntime.sleep(0.5)\nraise SystemExit(1)", Verdict::kRuntimeError},
      {"import os\nos.closerange(0, 3)\nos._exit(0)", Verdict::kWrongAnswer},
  };
  for (const Row& row : rows) {
    const Outcome out = check(kGuess, python(row.program));
    ASSERT_FALSE(out.failure) << row.program << out.failure->code() << std::get<std::string>(out.failure->message.args[1]);
    EXPECT_EQ(out.status, row.status) << row.program << verdict_name(out.status);
  }
}

// It would have been a TIME_LIMIT half a second later.
TEST(Code, WhomItsInteractorHasRejectedIsNotRunToItsLimit) {
  const std::string settings = kGuess.substr(0, kGuess.find("limits")) + R"(limits { cpu: "8s" wall: "60s" })";
  const Outcome out = check(settings, python("for i in range(10): print(1, flush=True)\nwhile True: pass"));
  ASSERT_FALSE(out.failure);
  EXPECT_EQ(out.status, Verdict::kWrongAnswer) << verdict_name(out.status);
  ASSERT_EQ(out.tests.size(), 1u);
  EXPECT_LT(out.tests[0].cpu, std::chrono::seconds(4));
}

TEST(Code, AJudgeOfTheTasksOwnDecidesAndItsFailureIsNobodysScore) {
  const auto settings = [](const std::string& judge) {
    return R"(languages: "python3" compare { checker: "file:c.py" } tests { in: "9" out: "3" } )"
           R"(embedded { reference: "file:c.py" content: ")" +
           judge + "\" }";
  };
  const std::string root =
      R"(import sys\nn = int(open(sys.argv[1]).read())\ng = int(open(sys.argv[2]).read())\nsys.exit(0 if g * g == n else 1))";
  EXPECT_EQ(check(settings(root), python("print(-3)")).credit, Ratio(1));
  EXPECT_EQ(check(settings(root), python("print(4)")).status, Verdict::kWrongAnswer);
  const Outcome partial = check(settings(R"(import sys\nprint('points 0.25', file=sys.stderr)\nsys.exit(7))"), python("print(4)"));
  EXPECT_EQ(partial.credit, Ratio(1, 4));
  const Outcome broken = check(settings("import sys\\nsys.exit(3)"), python("print(4)"));
  ASSERT_TRUE(broken.failure);
  EXPECT_EQ(broken.failure->code(), "OT565");
  const Outcome no_program = check(settings("import sys\\nsys.exit(3"), python("print(4)"));
  ASSERT_TRUE(no_program.failure);
  EXPECT_EQ(no_program.failure->code(), "OT567");
}

// quitp(0.5) for whatever the program prints but 1.
TEST(Code, APartOfATestIsNotToldAsPassed) {
  const std::string settings =
      R"x(languages: "python3" compare { checker: "file:c.py" }
      tests { id: "a" in: "1" show: SHOW_ALWAYS } tests { id: "b" in: "2" say: "part" } tests { id: "c" in: "3" show: SHOW_NEVER }
      embedded { reference: "file:c.py" content: "import sys\nn = open(sys.argv[2]).read().split()[0]\nif n == '0': sys.exit(1)\n"
      "if n != '1': print('points 0.5', file=sys.stderr)\nsys.exit(0 if n == '1' else 7)" })x";
  struct Row {
    const char* program;
    Ratio credit;
    std::vector<std::string> told;
    const char* key;
  };
  const Row rows[] = {
      {"print(1)", Ratio(1), {"program.passed"}, "GRADED 3/3"},
      {"print(2)", Ratio(1, 2), {"program.partly", "program.in_part", "program.part_of", "program.part_of"}, "GRADED 0+3/3"},
      {"print(input())", Ratio(666'667, 1'000'000), {"program.partly", "program.in_part", "program.part_of"}, "GRADED 1+2/3"},
      {"print(int(input()) - 2)", Ratio(1, 2), {"program.partly", "program.in_part", "program.part_of", "program.failed_on", "program.say"},
       "WRONG_ANSWER 1+1/3"},
  };
  for (const Row& row : rows) {
    const Outcome out = check(settings, python(row.program));
    EXPECT_EQ(out.credit, row.credit) << row.program;
    EXPECT_EQ(ids(out.feedback), row.told) << row.program;
    EXPECT_EQ(out.answer_key, row.key) << row.program;
  }
}

TEST(Code, TheHintOfATestThatIsNeverShownIsNotTold) {
  const std::string settings =
      R"(languages: "python3" tests { in: "1" out: "1" } tests { in: "2" out: "2" show: SHOW_NEVER say: "the second is even" })";
  EXPECT_EQ(ids(check(settings, python("print(1)")).feedback), (std::vector<std::string>{"program.partly", "program.hidden_failed"}));
  const Made item = made(settings);
  ASSERT_NE(item.checker, nullptr);
  ASSERT_EQ(item.problems.size(), 1u);
  EXPECT_EQ(item.problems[0].message.id + " " + item.problems[0].path, "OT632 tests[1].say");
}

// Writing beyond the room that there is fails, and Python ends with 120.
TEST(Code, AFloodOfErrorsIsToldWhereTheProgramFailsOfIt) {
  const std::string settings = R"(languages: "python3" tests { in: "1" out: "1" } limits { cpu: "5s" wall: "20s" })";
  const Outcome failed = check(settings, python("import sys\nprint(1)\nfor i in range(30):\n  sys.stderr.write('x' * (1 << 20))"));
  EXPECT_EQ(failed.status, Verdict::kRuntimeError);
  EXPECT_EQ(ids(failed.feedback), (std::vector<std::string>{"program.partly", "program.failed_on", "program.err_flooded"}));
  EXPECT_EQ(check(settings, python("import sys\nprint(1)\nsys.stderr.write('x' * (1 << 20))")).credit, Ratio(1));
}

TEST(Code, TheCompilersOwnLimitIsTold) {
  std::pair<const char*, const char*> rows[] = {
      {"template <unsigned long n, int d> struct A { A<2 * n, d - 1> a; A<2 * n + 1, d - 1> b; };\n"
       "template <unsigned long n> struct A<n, 0> {};\nint main() { return sizeof(A<1, 24>); }", "program.compile_memory"},
      {"char text[200 << 20] = {1};\nint main() { return text[3]; }", "program.compile_file"},
  };
  for (const auto& [program, told] : rows) {
    const Outcome out = check(R"(languages: "cpp" tests { in: "1" out: "1" })", FilesAnswer{{{"a.cpp", program, ""}}});
    EXPECT_EQ(out.status, Verdict::kCompileError) << told;
    EXPECT_EQ(ids(out.feedback), (std::vector<std::string>{"program.compile_error", told, "program.compile_log"})) << told;
  }
}

// It would set options, and echo any file of the cell in the compiler's words.
TEST(Code, AnFpcCfgBesideTheProgramIsNoConfiguration) {
  const auto* pascal = workshop().language("pascal");
  if (pascal == nullptr || !pascal->installed) GTEST_SKIP() << "Pascal is not installed";
  const char* settings = R"(languages: "pascal" tests { in: "1" out: "1" })";
  for (const char* config : {"-dEVIL\n", "#INCLUDE /etc/passwd\n", "-FE/nowhere\n"}) {
    const Outcome out = check(settings, FilesAnswer{{{"a.pas", "begin {$ifdef EVIL} writeln(2) {$else} writeln(1) {$endif} end.", ""},
                                                     {"fpc.cfg", config, ""}}});
    EXPECT_EQ(out.credit, Ratio(1)) << config << (out.feedback.size() < 2 ? "" : std::get<std::string>(out.feedback[1].args[0]));
  }
}

TEST(Code, ATextInJavaIsCalledAfterItsClass) {
  const auto* java = workshop().language("java");
  if (java == nullptr || !java->installed) GTEST_SKIP() << "Java is not installed";
  const char* settings = R"(languages: "java" tests { in: "1" out: "hi" })";
  for (const char* name : {"Main", "Hello"}) {
    const std::string text =
        std::string("public class ") + name + " { public static void main(String[] a) { System.out.println(\"hi\"); } }";
    EXPECT_EQ(check(settings, TextAnswer{text}).credit, Ratio(1)) << name;
  }
}

// Both end with status 3.
TEST(Code, AJavaProgramOutOfMemoryIsToldFromOneThatEndsLikeIt) {
  const auto* java = workshop().language("java");
  if (java == nullptr || !java->installed) GTEST_SKIP() << "Java is not installed";
  const char* settings = R"(languages: "java" tests { in: "1" out: "hi" } limits { memory: "64 MiB" })";
  const auto status = [&](const std::string& body) {
    return check(settings, TextAnswer{"public class Main { public static void main(String[] a) { " + body + " } }"}).status;
  };
  EXPECT_EQ(status("System.exit(3);"), Verdict::kRuntimeError);
  EXPECT_EQ(status("var all = new java.util.ArrayList<int[]>(); while (true) all.add(new int[1 << 20]);"), Verdict::kMemoryLimit);
}

TEST(Code, ALanguageThatIsNotBuiltInIsToldAndLetStand) {
  const Made item = made(R"(tests { in: "1" } languages: "cpp" languages: "kotlin")");
  EXPECT_NE(item.checker, nullptr);
  ASSERT_EQ(item.problems.size(), 1u);
  EXPECT_EQ(item.problems[0].message.id, "OT597");
}

TEST(Code, WhatIsWrongWithTheSettingsIsToldWithItsPlace) {
  const std::tuple<const char*, const char*, const char*> rows[] = {
      {"", "OT601", "tests"},
      {R"(tests { in: "1" } limits { cpu: "1" })", "OT602", "limits.cpu"},
      {R"(tests { in: "1" } limits { memory: "256 MB" })", "OT603", "limits.memory"},
      {R"(tests { in: "1" } limits { memory: "256" })", "OT603", "limits.memory"},
      {R"(tests { in: "1" } languages: "cpp" languages: "pyton3")", "OT134", "languages[1]"},
      {R"(tests { in: "1" } languages: "py3")", "OT134", "languages[0]"},
      {R"(tests { in: "1" } time_factor { language: "pyton" factor { num: 3 den: 1 } })", "OT134", "time_factor[0].language"},
      {R"(tests { in: "1" } compare { float { abs: "small" } })", "OT604", "compare.float.abs"},
      {R"(tests { in: "1" } scoring: SCORING_GROUPS)", "OT605", "groups"},
      {R"(tests { in: "1" group: "x" } scoring: SCORING_GROUPS groups { id: "y" })", "OT606", "tests[0].group"},
      {R"(tests { id: "a" } tests { id: "a" })", "OT607", "tests[1].id"},
      {R"(tests { in: "1" } compare { checker: "check.cpp" })", "OT608", "compare.checker"},
      {R"(tests { in: "file:none.txt" })", "OT168", "tests[0].in"},
  };
  for (const auto& [settings, code, path] : rows) {
    const Made item = made(settings);
    EXPECT_EQ(item.checker, nullptr) << settings;
    ASSERT_FALSE(item.problems.empty()) << settings;
    EXPECT_EQ(item.problems[0].message.id, code) << settings;
    EXPECT_EQ(item.problems[0].path, path) << settings;
  }
}

}  // namespace
}  // namespace otmetka::checkers::code
