#include "checkers/unit_tests/cpp_sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checkers/unit_tests/runs.h"

namespace otmetka::checkers::unit_tests {
namespace {

using sandbox::SourceFile;
using ::testing::HasSubstr;
using ::testing::Not;

const SourceFile& named(const std::vector<SourceFile>& files, const std::string& name) {
  for (const SourceFile& file : files) {
    if (file.name == name) return file;
  }
  ADD_FAILURE() << "no file " << name;
  static const SourceFile kNone;
  return kNone;
}

TEST(CppUnits, ALearnersHeaderIsHeldBetweenThePragmas) {
  const auto units = cpp_units({{"stack.h", "#define EXPECT_EQ(a, b)\nint f();"}, {"stack.cpp",
      "#include \"stack.h\"\nint f() { return 1; }"}}, {"stack.h", "stack.cpp"},
                               {{"test_stack.cpp", "#include \"stack.h\"\nTEST(A, B) {}"}, {"helper.h", "int g();"}});
  ASSERT_EQ(units.size(), 3u);
  EXPECT_EQ(units[0].files.size(), 3u);
  const auto& files = units[1].files;
  EXPECT_EQ(files[0].bytes, "#include <gtest/gtest.h>\n#line 1 \"test_stack.cpp\"\n#include \"stack.h\"\nTEST(A, B) {}");
  EXPECT_THAT(named(files, "stack.h").bytes, HasSubstr("#pragma pop_macro(\"EXPECT_EQ\")"));
  EXPECT_THAT(named(files, "stack.h").bytes, Not(HasSubstr("define")));
  EXPECT_EQ(named(files, "otmetka_kept_stack.h").bytes, "#line 1 \"stack.h\"\n#define EXPECT_EQ(a, b)\nint f();");
  EXPECT_EQ(named(files, "helper.h").bytes, "int g();");
  EXPECT_EQ(units[2].files[0].bytes, "#include \"stack.h\"\nint f() { return 1; }");
  EXPECT_TRUE(units[2].of_answer);
}

TEST(CppUnits, TestsThatNameNothingOfTheAnswerAreTheSameForAll) {
  const auto units = cpp_units({{"fizz.cpp", "int f() { return 1; }"}, {"own.h", ""}}, {"fizz.cpp", "own.h"}, {{"fizz.h", "int f();"},
      {"test_f.cpp", "#include \"fizz.h\"\nTEST(A, B) {}"}});
  ASSERT_EQ(units.size(), 3u);
  EXPECT_EQ(units[1].files.size(), 2u);
  EXPECT_EQ(units[2].files.size(), 4u);
}

TEST(ShownLog, KeepsTheLearnersLinesAndNoneOfTheTests) {
  const std::string log =
      "fizz.cpp: In function 'int fizz(int)':\n"
      "fizz.cpp:2:3: error: expected ';'\n"
      "    2 |   return 1\n"
      "      |           ^\n"
      "test_fizz.cpp: In member function 'virtual void A_B_Test::TestBody()':\n"
      "test_fizz.cpp:9:13: error: 'buzz' was not declared\n"
      "    9 |   EXPECT_EQ(buzz(7), 42);\n"
      "/usr/bin/ld: /tmp/ccabc.o: in function `A_B_Test::TestBody()':\n"
      "test_fizz.cpp:(.text+0x1): undefined reference to `fizz(int)'\n"
      "collect2: error: ld returned 1 exit status\n";
  const std::string shown = shown_log(log, {{"fizz.cpp", ""}}, {{"test_fizz.cpp", ""}});
  EXPECT_EQ(shown,
            "fizz.cpp: In function 'int fizz(int)':\n"
            "fizz.cpp:2:3: error: expected ';'\n"
            "    2 |   return 1\n"
            "      |           ^\n"
            "test_fizz.cpp:9:13: error: 'buzz' was not declared\n"
            "undefined reference to `fizz(int)'\n");
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
