// Which of the files beside each other is run, and files as learners' editors save them.
#include <gtest/gtest.h>

#include <google/protobuf/text_format.h>

#include "checkers/code/code.h"
#include "checkers/code/code.pb.h"
#include "checkers/code/code_test_support.h"

namespace otmetka::checkers::code {
namespace {

struct Handed {
  const char* language;
  std::vector<SubmittedFile> files;
  Verdict status;
};

void expect_each(const std::string& settings, const std::vector<Handed>& rows) {
  v1::CodeSettings message;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(settings, &message));
  const Made item = type().make(message, {});
  ASSERT_NE(item.checker, nullptr);
  for (const Handed& row : rows) {
    const auto* language = workshop().language(row.language);
    if (language == nullptr || !language->installed) continue;
    const Outcome out = item.checker->check(FilesAnswer{row.files}, {.locale = "ru", .explain = true, .workshop = &workshop()});
    ASSERT_FALSE(out.failure) << out.failure->code();
    EXPECT_EQ(out.status, row.status) << row.language << " " << row.files[0].name << " " << verdict_name(out.status);
  }
}

SubmittedFile file(const std::string& name, const std::string& text) { return {name, text, ""}; }

// What the teacher puts beside every program: each calls the learner's function and says that it did.
constexpr const char* kDriven = R"~(
  tests { id: "a" in: "2 3\n" out: "checked 5\n" }
  add: "file:grader.py" add: "file:Grader.java" add: "file:grader.js"
  embedded {
    reference: "file:grader.py"
    content: "import solve\nif __name__ == '__main__':\n  print('checked', solve.solve(*map(int, input().split())))" }
  embedded {
    reference: "file:Grader.java"
    content: "public class Grader { public static void main(String[] x) { var s = new java.util.Scanner(System.in);"
             " System.out.println(\"checked \" + Solve.solve(s.nextInt(), s.nextInt())); } }" }
  embedded {
    reference: "file:grader.js"
    content: "function main() { const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number);"
             " console.log('checked', require('./solve.js').solve(a, b)); }\n main();" })~";

TEST(LearnersFiles, AMainOfTheLearnersDoesNotTakeThePlaceOfTheTeachers) {
  const std::string prints = "{ public static void main(String[] a) { System.out.println(\"checked 5\"); } }";
  const SubmittedFile wrong_py = file("solve.py", "def solve(a, b): return 1"), wrong_js = file("solve.js", "exports.solve = () => 1");
  const SubmittedFile wrong_java = file("Solve.java", "class Solve { static int solve(int a, int b) { return 1; } }");
  expect_each(kDriven, {
      {"python3", {file("solve.py", "def solve(a, b): return a + b")}, Verdict::kGraded},
      {"python3", {file("main.py", "print('checked 5')"), wrong_py}, Verdict::kWrongAnswer},
      {"python3", {file("aa.py", "# __main__\nprint('checked 5')"), wrong_py}, Verdict::kWrongAnswer},
      {"javascript", {file("solve.js", "exports.solve = (a, b) => a + b")}, Verdict::kGraded},
      {"javascript", {file("main.js", "console.log('checked 5')"), wrong_js}, Verdict::kWrongAnswer},
      {"java", {file("Solve.java", "class Solve { static int solve(int a, int b) { return a + b; } }")}, Verdict::kGraded},
      {"java", {file("Main.java", "public class Main " + prints), wrong_java}, Verdict::kWrongAnswer},
      {"java", {file("X.java", "package A; class Grader " + prints), wrong_java}, Verdict::kWrongAnswer},
  });
}

TEST(LearnersFiles, AHelperWithoutAMainIsOnlyPutBeside) {
  expect_each(R"(tests { in: "2" out: "4" } add: "file:helper.py"
                 embedded { reference: "file:helper.py" content: "def twice(x): return 2 * x" })",
              {{"python3", {file("any.py", "import helper\nprint(helper.twice(int(input())))")}, Verdict::kGraded}});
}

TEST(LearnersFiles, AreTakenAsEditorsOnWindowsSaveThem) {
  const std::string mark = "\xEF\xBB\xBF";
  const std::string java = "public class Main { public static void main(String[] a) { System.out.println(5); } }";
  const std::string cpp = "#include <iostream>\nint main() { std::cout << 5; }\n", pascal = "begin writeln(5); end.";
  expect_each(R"(tests { in: "1" out: "5" })", {
      {"java", {file("Main.java", mark + java)}, Verdict::kGraded},
      {"java", {file("solution.java", java)}, Verdict::kGraded},
      {"java", {file("MAIN.JAVA", mark + java)}, Verdict::kGraded},
      {"c", {file("a.c", mark + "#include <stdio.h>\nint main(void) { puts(\"5\"); }")}, Verdict::kGraded},
      {"cpp", {file("a.cpp", mark + cpp)}, Verdict::kGraded},
      {"cpp", {file("A.CPP", cpp)}, Verdict::kGraded},
      {"cpp", {file("A.C", cpp)}, Verdict::kGraded},
      {"python3", {file("a.py", mark + "print(5)")}, Verdict::kGraded},
      {"python3", {file("A.PY", "print(5)")}, Verdict::kGraded},
      {"javascript", {file("A.JS", mark + "console.log(5)")}, Verdict::kGraded},
      {"pascal", {file("a.pas", mark + pascal)}, Verdict::kGraded},
      {"pascal", {file("A.PAS", pascal)}, Verdict::kGraded},
  });
}

}  // namespace
}  // namespace otmetka::checkers::code
