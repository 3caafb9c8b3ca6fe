// `unit_tests` items in C++ and Java, from their settings to their outcome, with real programs in the sandbox.
#include <gtest/gtest.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

constexpr auto kInside = v1::UnitTestsSettings::ISOLATION_IN_PROCESS;

const char* const kCppTests = R"(
#include <stdexcept>
#include <string>
std::string fizz(int n);

TEST(Fizz, Three) { EXPECT_EQ(fizz(3), "Fizz"); }
TEST(Fizz, Other) { EXPECT_EQ(fizz(4), "4"); }
TEST(Fizz, Negative) { EXPECT_THROW(fizz(-1), std::invalid_argument); }

class Threes : public testing::TestWithParam<int> {};
TEST_P(Threes, AreFizz) { EXPECT_EQ(fizz(GetParam()), "Fizz"); }
INSTANTIATE_TEST_SUITE_P(Some, Threes, testing::Values(6, 9));
)";
const char* const kCppGood = R"(
#include <iostream>
#include <stdexcept>
#include <string>
std::string fizz(int n) {
  std::cout << "a line that nobody looks at\n";
  if (n < 0) throw std::invalid_argument("negative");
  return n % 3 == 0 ? "Fizz" : std::to_string(n);
}
)";

TEST(UnitTests, Cpp) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  const v1::UnitTestsSettings settings = item("cpp", {"fizz.cpp"}, "test_fizz.cpp", kCppTests, kInside);
  const std::tuple<const char*, std::string, Ratio, Verdict> rows[] = {
      {"right", kCppGood, Ratio(1), Verdict::kGraded},
      {"one is wrong", replaced(kCppGood, "std::to_string(n)", "\"x\""), Ratio(3, 4), Verdict::kWrongAnswer},
      {"one crashes", replaced(kCppGood, "std::to_string(n)", "(__builtin_trap(), \"\")"), Ratio(3, 4), Verdict::kRuntimeError},
      {"one loops", replaced(kCppGood, "std::to_string(n)", "([] { for (volatile int i = 0;; i = i + 1) {} }(), \"\")"), Ratio(3, 4),
       Verdict::kTimeLimit},
      {"one of the cases is wrong", replaced(kCppGood, "n % 3 == 0", "n % 3 == 0 && n != 9"), Ratio(3, 4), Verdict::kWrongAnswer},
      {"an unexpected exception", replaced(kCppGood, "std::to_string(n)", "throw 1"), Ratio(3, 4), Verdict::kRuntimeError},
      {"does not compile", "int x = ;", Ratio(0), Verdict::kCompileError},
      {"is not there", "int other;\n", Ratio(0), Verdict::kCompileError},
  };
  for (const auto& [about, program, credit, status] : rows) {
    const Outcome out = check(settings, {{"fizz.cpp", program}});
    EXPECT_EQ(out.credit, credit) << about;
    EXPECT_EQ(out.status, status) << about << ": " << verdict_name(out.status);
  }
}

TEST(UnitTests, CppInAHeader) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  const v1::UnitTestsSettings settings = item("cpp", {"stack.h"}, "test_stack.cpp",
                                 "#include \"stack.h\"\n"
                                 "TEST(Stack, LastInFirstOut) { Stack<int> s; s.push(1); s.push(2); EXPECT_EQ(s.pop(), 2); }\n", kInside);
  const char* good = "#include <vector>\ntemplate <class T> class Stack {\n public:\n  void push(T x) { v_.push_back(x); }\n"
                     "  T pop() { T x = v_.back(); v_.pop_back(); return x; }\n private:\n  std::vector<T> v_;\n};\n";
  EXPECT_EQ(check(settings, {{"stack.h", good}}).credit, Ratio(1));
}

const char* const kJavaTests = R"(
import static org.junit.Assert.*;
import org.junit.*;

public class FizzTest {
  private Fizz fizz;
  @Before public void setUp() { fizz = new Fizz(); }
  @Test public void three() { assertEquals("Fizz", fizz.word(3)); }
  @Test public void other() { assertEquals("4", fizz.word(4)); }
  @Test(expected = IllegalArgumentException.class) public void negative() { fizz.word(-1); }
}
)";
const char* const kJavaGood = R"(
public class Fizz {
  public String word(int n) {
    System.out.println("a line that nobody looks at");
    if (n < 0) throw new IllegalArgumentException("negative");
    return n % 3 == 0 ? "Fizz" : String.valueOf(n);
  }
}
)";

TEST(UnitTests, Java) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  v1::UnitTestsSettings settings = item("java", {"Fizz.java"}, "FizzTest.java", kJavaTests, kInside);
  settings.mutable_limits()->set_cpu("3s");  // a virtual machine and JUnit start in half a second, on a quiet machine
  const std::tuple<const char*, std::string, Ratio, Verdict> rows[] = {
      {"right", kJavaGood, Ratio(1), Verdict::kGraded},
      {"one is wrong", replaced(kJavaGood, "String.valueOf(n)", "\"x\""), Ratio(2, 3), Verdict::kWrongAnswer},
      {"one raises", replaced(kJavaGood, "String.valueOf(n)", "\"\" + n / (n - n)"), Ratio(2, 3), Verdict::kRuntimeError},
      {"one recurses for ever", replaced(kJavaGood, "String.valueOf(n)", "word(n)"), Ratio(2, 3), Verdict::kRuntimeError},
      {"one waits for ever", replaced(kJavaGood, "if (n < 0)",
       "while (n == 4) { try { Thread.sleep(9); } catch (InterruptedException e) {} }\n    if (n < 0)"), Ratio(2, 3),
       Verdict::kIdleLimit},
      {"does not compile", "public class Fizz { int x = ; }", Ratio(0), Verdict::kCompileError},
  };
  for (const auto& [about, program, credit, status] : rows) {
    const Outcome out = check(settings, {{"Fizz.java", program}});
    EXPECT_EQ(out.credit, credit) << about;
    EXPECT_EQ(out.status, status) << about << ": " << verdict_name(out.status);
  }
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
