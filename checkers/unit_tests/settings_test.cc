// A `unit_tests` item from its settings: the plan, and each thing that may be wrong with it.
#include "checkers/unit_tests/settings.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "checkers/unit_tests/unit_tests.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

const char* const kPython = R"(language: "python3" submit: "fizz.py" tests: "file:test_fizz.py"
  embedded { reference: "file:test_fizz.py" content: "def test_imports(): pass\ndef test_three(): pass\nclass TestBig:\n"
    "  def test_five(self): pass\n  def test_three(self): pass\n" } )";
const char* const kCpp = R"(language: "cpp" submit: "fizz.cpp" tests: "file:t.cpp"
  embedded { reference: "file:t.cpp" content: "TEST(A, B) {}" } )";
const char* const kJava = R"(language: "java" submit: "Fizz.java" tests: "file:FizzTest.java" isolation: ISOLATION_IN_PROCESS )";

const char* const kJavaBridge = R"(language: "java" submit: "Fizz.java" tests: "file:FizzTest.java"
  embedded { reference: "file:FizzTest.java" content: "class FizzTest { @Test public void a() {} }" } )";

v1::UnitTestsSettings parsed(const std::string& text) {
  v1::UnitTestsSettings out;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &out)) << text;
  return out;
}

std::vector<std::string> shares(const Plan& plan) {
  std::vector<std::string> out;
  for (const PlannedTest& test : plan.tests) out.push_back(test.id + " " + test.share.to_string() + (test.gate ? " gate" : ""));
  return out;
}

TEST(Plan, WeightsAreSharesOfTheWhole) {
  const std::tuple<const char*, std::vector<std::string>> rows[] = {
      {"", {"test_imports 1/4", "test_three 1/4", "TestBig.test_five 1/4", "TestBig.test_three 1/4"}},
      {R"(weights { test: "TestBig.test_three" weight { num: 2 den: 1 } } weights { test: "test_imports" weight { num: 0 den: 1 } }
       require: "test_imports")",
       {"test_imports 0 gate", "test_three 1/4", "TestBig.test_five 1/4", "TestBig.test_three 1/2"}},
      {R"(weights { test: "test_five" weight { num: 1 den: 2 } } weights { test: "default" weight { num: 0 den: 1 } })",
       {"test_imports 0", "test_three 0", "TestBig.test_five 1", "TestBig.test_three 0"}},
      // A function's whole name is also the end of a method's: the whole name goes first.
      {R"(weights { test: "test_three" weight { num: 5 den: 1 } })", {"test_imports 1/8", "test_three 5/8", "TestBig.test_five 1/8",
       "TestBig.test_three 1/8"}},
  };
  for (const auto& [more, expected] : rows) {
    const ReadPlan read = read_plan(parsed(std::string(kPython) + more), "");
    ASSERT_TRUE(read.plan) << more;
    EXPECT_EQ(shares(*read.plan), expected) << more;
    EXPECT_THAT(read.problems, IsEmpty());
  }
}

TEST(Plan, LimitsAreThoseOfCode) {
  const auto read = read_plan(parsed(std::string(kPython) + R"(limits { cpu: "2s" memory: "64 MiB" processes: 4 })"), "");
  ASSERT_TRUE(read.plan);
  EXPECT_EQ(read.plan->limits.cpu, std::chrono::seconds(2));
  EXPECT_EQ(read.plan->limits.wall, std::chrono::seconds(6));
  EXPECT_EQ(read.plan->limits.memory_bytes, 64u << 20);
  EXPECT_EQ(read.plan->limits.processes, 4u);
}

TEST(Plan, InAFolderTheTestsAreTheFilesCalledSo) {
  const auto read = read_plan(parsed(R"(language: "python3" submit: "fizz.py" tests: "dir:tests"
    embedded { reference: "dir:tests/helpers.py" content: "def test_no(): pass" }
    embedded { reference: "dir:tests/test_a.py" content: "def test_a(): pass" }
    embedded { reference: "dir:tests/b_test.py" content: "def test_b(): pass" }
    embedded { reference: "dir:tests/conftest.py" content: "" })"), "");
  ASSERT_TRUE(read.plan);
  ASSERT_EQ(read.plan->tests.size(), 2u);
  EXPECT_EQ(read.plan->tests[1].module, "b_test");
  EXPECT_EQ(read.plan->tests[0].framework, PythonFramework::kPytest);
  EXPECT_EQ(read.plan->files.size(), 4u);
}

TEST(Plan, ProblemsNameTheirPlace) {
  const std::tuple<std::string, const char*> rows[] = {
      {R"(language: "ruby" submit: "a.rb" tests: "file:t.rb")", "OT610 language"},
      {kCpp, "OT611 isolation"},
      {std::string(kCpp) + R"x(functions: "add(a, b)")x", "OT625 functions[0]"},
      {std::string(kCpp) + R"x(functions: "int f()" functions: "int add(int a);")x", "OT625 functions[1]"},
      {std::string(kCpp) + R"x(functions: "int f(int* p)")x", "OT627 functions[0]"},
      {std::string(kCpp) + R"x(functions: "int f(int n)" functions: "long f(int m)")x", "OT629 functions[1]"},
      {std::string(kCpp) + R"x(functions: "int f()" isolation: ISOLATION_IN_PROCESS)x", "OT630 functions"},
      {std::string(kPython) + R"x(functions: "int f()")x", "OT630 functions"},
      {std::string(kJavaBridge) + R"x(functions: "int add(int a)")x", "OT626 functions[0]"},
      {std::string(kJavaBridge) + R"x(functions: "static Object S.f()")x", "OT628 functions[0]"},
      {R"(language: "python3" submit: "fizz.py" tests: "file:t.py" embedded { reference: "file:t.py" content: "x = 1" })", "OT612 tests"},
      {R"(language: "python3" submit: "fizz.py" tests: "t.py")", "OT618 tests"},
      {R"(language: "python3" submit: "fizz.py" tests: "file:t.py")", "OT168 tests"},
      {R"(language: "python3" submit: "f.py" tests: "file:t.py"
          embedded { reference: "file:t.py" content: "def test_a(): pass\ndef test_a(): pass" })", "OT614 tests"},
      {std::string(kPython) + R"(weights { test: "test_tree" weight { num: 1 den: 1 } })", "OT613 weights[0].test"},
      {std::string(kPython) + R"(weights { test: "test_five" weight { num: 1 den: 1 } }
          weights { test: "TestBig.test_five" weight { num: 1 den: 1 } })", "OT613 weights[1].test"},
      {std::string(kPython) + R"(weights { test: "default" weight { num: 0 den: 1 } })", "OT613 weights"},
      {std::string(kPython) + R"(weights { test: "test_five" weight { num: -1 den: 1 } })", "OT137 weights[0].weight"},
      {std::string(kPython) + R"(require: "nothing")", "OT613 require[0]"},
      {std::string(kPython) + "report: REPORT_GTEST", "OT616 report"},
      {std::string(kPython) + "missing_test { num: 1 den: 1 }", "OT617 missing_test"},
      {std::string(kPython) + R"(limits { cpu: "fast" })", "OT602 limits.cpu"},
      {std::string(kPython) + R"(limits { memory: "1 TiB" })", "OT603 limits.memory"},
      {std::string(kPython) + R"(submit: "conftest.py")", "OT615 submit[1]"},
      {std::string(kPython) + R"(submit: "../x.py")", "OT615 submit[1]"},
      {std::string(kPython) + R"(submit: "test_fizz.py")", "OT615 submit[1]"},
      {std::string(kPython) + R"(submit: "otmetka_runner.py")", "OT615 submit[1]"},
      {std::string(kPython) + R"(submit: "fizz.pth")", "OT615 submit[1]"},
      {std::string(kPython) + R"(submit: "symtable.py")", "OT615 submit[1]"},
      {std::string(kPython) + R"(submit: "fizz.py")", "OT615 submit[1]"},
      {R"(language: "python3" submit: "data.txt" tests: "file:t.py"
          embedded { reference: "file:t.py" content: "def test_a(): pass" })", "OT615 submit"},
      {std::string(kJava) + R"(embedded { reference: "file:FizzTest.java"
          content: "package a; class FizzTest { @Test public void a() {} }" })", "OT619 tests"},
      {std::string(kJava) + R"(embedded { reference: "file:FizzTest.java"
          content: "import org.junit.jupiter.api.Test; class FizzTest { @Test void a() {} }" })", "OT619 tests"},
  };
  for (const auto& [settings, expected] : rows) {
    const ReadPlan read = read_plan(parsed(settings), "");
    EXPECT_FALSE(read.plan) << settings;
    std::vector<std::string> told;
    for (const Problem& problem : read.problems) told.push_back(problem.message.id + " " + problem.path);
    EXPECT_THAT(told, Contains(expected)) << settings;
  }
}

TEST(Plan, AFolderOfTooManyFilesIsRefusedAndNotCut) {
  std::string folder = (std::filesystem::temp_directory_path() / "tests-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::filesystem::create_directory(folder + "/tests");
  const auto write = [&](int i) { std::ofstream(folder + "/tests/" + (i == 0 ? "test_a.py" : std::to_string(i))) << "def test_a(): 1\n"; };
  for (int i = 0; i < 200; ++i) write(i);
  const auto settings = parsed(R"(language: "python3" submit: "fizz.py" tests: "dir:tests")");
  const ReadPlan whole = read_plan(settings, folder);
  ASSERT_TRUE(whole.plan);
  EXPECT_EQ(whole.plan->files.size(), 200u);
  write(200);
  const ReadPlan more = read_plan(settings, folder);
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(more.plan);
  ASSERT_FALSE(more.problems.empty());
  EXPECT_EQ(more.problems[0].message.id, "OT573");
  EXPECT_EQ(more.problems[0].message.args, (std::vector<Arg>{std::string("dir:tests"), std::int64_t{200}}));
}

TEST(Plan, FunctionsMakeABridgeOfCppAndJava) {
  const auto cpp = read_plan(parsed(std::string(kCpp) + R"x(functions: "int f(int n)" functions: "int f(char c)")x"), "");
  ASSERT_TRUE(cpp.plan);
  EXPECT_TRUE(cpp.plan->bridge);
  EXPECT_EQ(cpp.plan->functions.size(), 2u);
  EXPECT_THAT(cpp.problems, IsEmpty());
  const auto java = read_plan(parsed(std::string(kJavaBridge) + R"x(functions: "static int Fizz.fizz(int n)")x"), "");
  ASSERT_TRUE(java.plan);
  EXPECT_TRUE(java.plan->bridge);
}

TEST(Plan, AFunctionsFaultIsPointedAtWithinItsEntry) {
  const auto read = read_plan(parsed(std::string(kCpp) + R"x(functions: "int f(Node n)")x"), "");
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_EQ(read.problems[0].offset, 6u);
  EXPECT_EQ(read.problems[0].length, 4u);
}

TEST(Plan, InOneProcessPythonIsWarnedOf) {
  const ReadPlan read = read_plan(parsed(std::string(kPython) + "isolation: ISOLATION_IN_PROCESS"), "");
  ASSERT_TRUE(read.plan);
  EXPECT_FALSE(read.plan->bridge);
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_EQ(read.problems[0].message.id, "OT620");
}

TEST(Plan, AStarOfTheLearnersModuleIsWarnedOf) {
  const std::tuple<const char*, std::vector<std::string>> rows[] = {
      {"from fizz import *\\n", {"OT631 fizz t.py"}},
      {"if 1: from fizz import (f)\\ntry: from  fizz  import  * # all\\nexcept ImportError: pass\\nfrom fizz import *\\n",
       {"OT631 fizz t.py"}},
      {"import fizz\\nfrom fizz import f\\nfrom math import *\\nx = 'from fizz import *'\\n", {}},
  };
  for (const auto& [source, expected] : rows) {
    const ReadPlan read = read_plan(parsed(R"(language: "python3" submit: "fizz.py" tests: "file:t.py"
        embedded { reference: "file:t.py" content: ")" + std::string(source) + R"(def test_a(): pass" })"), "");
    ASSERT_TRUE(read.plan) << source;
    std::vector<std::string> told;
    for (const Problem& problem : read.problems) {
      told.push_back(problem.message.id + " " + std::get<std::string>(problem.message.args[0]) + " " +
                     std::get<std::string>(problem.message.args[1]));
    }
    EXPECT_EQ(told, expected) << source;
  }
}

TEST(Answers, AreTheFilesThatAreAskedFor) {
  const Made made = type().make(parsed(kPython), {});
  ASSERT_NE(made.checker, nullptr);
  const std::tuple<Answer, Verdict, const char*> rows[] = {
      {TextAnswer{" \n"}, Verdict::kNotAttempted, ""},
      {FilesAnswer{}, Verdict::kNotAttempted, ""},
      {FilesAnswer{{{"conftest.py", "", ""}}}, Verdict::kInvalidInput, "unit_tests.unknown_file"},
      {FilesAnswer{{{"../fizz.py", "", ""}}}, Verdict::kInvalidInput, "unit_tests.unknown_file"},
      {FilesAnswer{{{"fizz.py", "", ""}, {"fizz.py", "", ""}}}, Verdict::kInvalidInput, "unit_tests.same_file"},
      {FilesAnswer{{{"fizz.py", "", "abc"}}}, Verdict::kInvalidInput, "unit_tests.blob"},
      {ChoiceAnswer{{"a"}}, Verdict::kInvalidInput, "answer.shape.files"},
  };
  for (const auto& [answer, status, told] : rows) {
    const Outcome out = made.checker->check(answer, {});
    EXPECT_EQ(out.status, status);
    EXPECT_FALSE(out.failure);
    EXPECT_EQ(out.feedback.empty() ? std::string() : out.feedback[0].id, told);
  }
  EXPECT_EQ(made.checker->check(TextAnswer{"x = 1"}, {}).failure->code(), "OT566");
  EXPECT_EQ(made.checker->credit_denominator(), 4);
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
