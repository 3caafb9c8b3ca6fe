// What each side of a bridge in C++ and Java is compiled from: nothing of the tests is with the answer, nor the other way round.
#include "checkers/unit_tests/bridge_sources.h"

#include <gmock/gmock.h>

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::SourceFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Plan cpp_plan() {
  Plan out;
  out.tongue = Tongue::kCpp;
  out.submit = {"fizz.cpp", "fizz.h"};
  out.files = {{"test_fizz.cpp", "#include \"fizz.h\"\nTEST(A, B) { EXPECT_EQ(fizz(3), secret()); }"}, {"helper.h", "int secret();"}};
  for (const char* text : {"int fizz(int n)", "void geo::turn(std::vector<int>& v, const std::string& s)"}) {
    out.functions.push_back(std::get<Function>(read_cpp_signature(text)));
  }
  return out;
}

std::vector<std::string> sources_of(const std::vector<CppUnit>& units) {
  std::vector<std::string> out;
  for (const CppUnit& unit : units) out.push_back(unit.files[0].name);
  return out;
}

std::string all_of(const std::vector<SourceFile>& files) {
  std::string out;
  for (const SourceFile& file : files) out += file.name + "\n" + file.bytes + "\n";
  return out;
}

TEST(CppBridge, TheTestsHaveStandInsForTheFunctions) {
  const auto units = cpp_bridge_tests(cpp_plan());
  EXPECT_THAT(sources_of(units), ElementsAre("otmetka_bridge.cpp", "otmetka_proxy.cpp", "test_fizz.cpp"));
  EXPECT_THAT(units[1].files[0].bytes,
              HasSubstr("int fizz(const int otmetka_0) {\n  return otmetka::call<int>(0, \"int fizz(int)\", otmetka_0);\n}"));
  EXPECT_THAT(units[1].files[0].bytes, HasSubstr("void geo::turn(std::vector<int>& otmetka_0, const std::string& otmetka_1) {"));
  EXPECT_THAT(all_of(units[2].files), HasSubstr("namespace geo { void turn(std::vector<int>&, const std::string&); }"));
  EXPECT_THAT(all_of(units[2].files), HasSubstr("fizz.h\n#include \"otmetka_functions.hpp\"\n"));
}

TEST(CppBridge, TheAnswerHasNothingOfTheTests) {
  const auto units = cpp_bridge_answer(cpp_plan(), {{"fizz.cpp", "int fizz(int) { return 1; }"}});
  EXPECT_THAT(sources_of(units), ElementsAre("otmetka_server.cpp", "fizz.cpp", "otmetka_table.cpp"));
  EXPECT_TRUE(units[1].of_answer);
  for (const CppUnit& unit : units) {
    const std::string all = all_of(unit.files);
    for (const char* word : {"secret", "EXPECT_EQ", "gtest", "test_fizz"}) EXPECT_THAT(all, Not(HasSubstr(word))) << unit.files[0].name;
  }
  EXPECT_THAT(units[2].files[0].bytes, HasSubstr("int fizz(int) __attribute__((weak));"));
}

TEST(CppBridge, WhatIsTheSameForAllAnswersIsCompiledOnce) {
  const auto one = cpp_bridge_answer(cpp_plan(), {{"fizz.cpp", "int fizz(int) { return 1; }"}});
  const auto other = cpp_bridge_answer(cpp_plan(), {{"fizz.cpp", "int fizz(int) { return 2; }"}});
  for (const std::size_t i : {0u, 2u}) EXPECT_EQ(all_of(one[i].files), all_of(other[i].files));
}

TEST(CppBridge, FunctionsInAHeaderAreCalledAsItDeclaresThem) {
  const auto units = cpp_bridge_answer(cpp_plan(), {{"fizz.h", "template <class T> T fizz(T n) { return n; }"}});
  const std::string& table = units.back().files[0].bytes;
  EXPECT_THAT(table, HasSubstr("#include \"fizz.h\""));
  EXPECT_THAT(table, Not(HasSubstr("int fizz(int);")));
  EXPECT_THAT(table, HasSubstr("namespace geo { void turn(std::vector<int>&, const std::string&); }"));
}

TEST(JavaBridge, EachSideHasItsOwnClassesOfOneName) {
  Plan plan;
  plan.tongue = Tongue::kJava;
  plan.files = {{"FizzTest.java", "class FizzTest { @Test public void a() { secret(); } }"}};
  plan.functions.push_back(std::get<Function>(read_java_signature("static int Fizz.fizz(int n, String[] words)")));
  const std::string tests = all_of(java_bridge_tests(plan));
  const std::string answer = all_of(java_bridge_answer(plan, {{"Fizz.java", "class Fizz { /* learner's */ }"}}));
  EXPECT_THAT(tests, HasSubstr("public static int fizz(int otmetka0, String[] otmetka1) {\n    return (Integer) OtmetkaBridge.call(0, new "
                               "Object[] {otmetka0, otmetka1});"));
  EXPECT_THAT(tests, Not(HasSubstr("learner's */")));
  EXPECT_THAT(answer, HasSubstr("{\"Fizz\", \"fizz\", \"I\", \"I\", \"[t\"},"));
  for (const char* word : {"secret", "junit", "FizzTest"}) EXPECT_THAT(answer, Not(HasSubstr(word)));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
