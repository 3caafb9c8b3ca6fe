// Answers in C++ and Java that do nothing right and try to pass all the same, by the rows G of the hostile programs; and right
// ones that misbehave at their end.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

constexpr auto kInside = v1::UnitTestsSettings::ISOLATION_IN_PROCESS;

const char* const kCppTests = R"(
int fizz(int n);
TEST(Fizz, Three) { EXPECT_EQ(fizz(3), 30); }
TEST(Fizz, Five) { ASSERT_EQ(fizz(5), 50); }
)";

struct Row {
  const char* about;
  std::string program;
  const char* status;  // empty: whichever
};

const Row kCpp[] = {
    {"G01 leaves before main", R"(
#include <cstdlib>
int fizz(int) { return 0; }
static int x = (std::exit(0), 0);
)", "RUNTIME_ERROR"},
    {"G01 leaves when called", "#include <unistd.h>\nint fizz(int) { _exit(0); }\n", "RUNTIME_ERROR"},
    {"G01 leaves with a handler that writes",
     R"(
#include <cstdlib>
#include <cstdio>
int fizz(int) { std::atexit([] { std::puts("passed 0"); std::fflush(stdout); }); std::exit(0); }
)", "RUNTIME_ERROR"},
    {"G02 prints what GoogleTest prints", R"(
#include <cstdio>
int fizz(int) { std::puts("[  PASSED  ] 2 tests."); return 0; }
)", "WRONG_ANSWER"},
    {"G04 changes the status at the end", R"(
#include <unistd.h>
int fizz(int n) { return n * 10; }
struct X { ~X() { _exit(7); } } x;
)", "RUNTIME_ERROR"},
    {"G07 a main of its own", "int fizz(int) { return 0; }\nint main() {}\n", "COMPILE_ERROR"},
    {"G07 sets the filter before main", R"(
#include <gtest/gtest.h>
int fizz(int) { return 0; }
static int x = (testing::GTEST_FLAG(filter) = "-*", 0);
)", "WRONG_ANSWER"},
    {"G07 takes the listeners away",
     R"(
#include <gtest/gtest.h>
int fizz(int) { GTEST_FLAG_SET(filter, "-*"); auto& l = testing::UnitTest::GetInstance()->listeners();
  delete l.Release(l.default_result_printer()); return 0; }
)", "WRONG_ANSWER"},
    {"G07 skips", R"(
#include <gtest/gtest.h>
static void skip() { GTEST_SKIP(); }
int fizz(int n) { skip(); return n * 10; }
)", "WRONG_ANSWER"},
    {"G07 an environment that fails, so that no test begins",
     R"(
#include <gtest/gtest.h>
struct E : testing::Environment { void SetUp() override { FAIL(); } };
static auto* e = testing::AddGlobalTestEnvironment(new E);
int fizz(int) { return 0; }
)",
     "WRONG_ANSWER"},
    {"G08 functions of the library's names",
     R"(
#include <cstddef>
extern "C" long write(int, const void*, std::size_t n) { return static_cast<long>(n); }
extern "C" int strcmp(const char*, const char*) { return 0; }
extern "C" long read(int, void*, std::size_t) { return 0; }
int fizz(int) { return 0; }
)", "COMPILE_ERROR"},
    {"G08 those that the library lets one have",
     R"(
#include <cstddef>
extern "C" long write(int, const void*, std::size_t n) { return static_cast<long>(n); }
extern "C" long read(int, void*, std::size_t) { return 0; }
extern "C" int open(const char*, int, ...) { return 9; }
int fizz(int) { return 0; }
)", "WRONG_ANSWER"},
    {"G13 an endless destructor", R"(
int fizz(int n) { return n * 10; }
struct X { ~X() { for (volatile int i = 0;; i = i + 1) {} } } x;
)", "TIME_LIMIT"},
    {"G15 writes a report to every descriptor", R"(
#include <unistd.h>
int fizz(int) { for (int fd = 0; fd < 64; ++fd) (void)!write(fd, "passed 0\n", 9); return 0; }
)", "TAMPERED"},
    {"G15 reads the order before main",
     R"(
#include <unistd.h>
#include <fcntl.h>
%:include <string.h>
int fizz(int) { return 0; }
__attribute__((constructor(101))) static void first() {
  char word[200];
  int fd = open("/proc/self/fd/0", O_RDONLY);
  long n = read(fd, word, 200);
  if (n < 32) n = read(0, word, 200);
  if (n < 32) return;
  memcpy(word + 32, " passed 0\n", 10); for (int out = 1; out < 64; ++out) (void)!write(out, word, 42); _exit(0); }
)", ""},
};

TEST(Forgeries, InCppGainNothing) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  for (const auto& [about, program, status] : kCpp) {
    const Outcome out = check(item("cpp", {"fizz.cpp"}, "test_fizz.cpp", kCppTests, kInside), {{"fizz.cpp", program}});
    EXPECT_EQ(out.credit, Ratio(0)) << about;
    EXPECT_TRUE(*status == '\0' || verdict_name(out.status) == status) << about << ": " << verdict_name(out.status);
  }
}

TEST(Forgeries, ACppHeaderCannotChangeTheTestsWords) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  const char* tests = R"(
%:include "fizz.h"
TEST(Fizz, Three) { EXPECT_EQ(fizz(3), 30); if (fizz(4) != 40) FAIL(); }
)";
  for (const char* trick : {R"(
#undef EXPECT_EQ
#define EXPECT_EQ(a, b) SUCCEED()
#undef FAIL
#define FAIL() SUCCEED()
)", R"(
#define if(x) if (false)
#undef EXPECT_EQ
#define EXPECT_EQ(a, b)
)",
                            R"(
#undef GTEST_TEST_
#undef TEST
#define TEST(a, b) static void unused()
)", R"(
#undef GTEST_PRED_FORMAT2_
#define GTEST_PRED_FORMAT2_(...)
#define return
)"}) {
    const std::string header = "inline int fizz(int) { return 0; }\n" + std::string(trick);
    const Outcome out = check(item("cpp", {"fizz.h"}, "test_fizz.cpp", tests, kInside), {{"fizz.h", header}});
    EXPECT_EQ(out.credit, Ratio(0)) << trick;
  }
}

const char* const kJavaTests = R"(
import org.junit.*;
public class FizzTest {
  @Test public void three() throws Exception { Assert.assertEquals(30, Fizz.fizz(3)); }
  @Test public void five() throws Exception { Assert.assertEquals(50, Fizz.fizz(5)); }
}
)";

// The body of Fizz.fizz, and what stands beside it.
const Row kJava[] = {
    {"G01 leaves", "System.exit(0);", "RUNTIME_ERROR"},
    {"G01 leaves at once", "Runtime.getRuntime().halt(0);", "RUNTIME_ERROR"},
    {"G02 prints", "System.out.println(\"OK (1 test)\"); System.err.println(\"passed 0\");", "WRONG_ANSWER"},
    {"G06 an assumption that fails", "org.junit.Assume.assumeTrue(false);", "WRONG_ANSWER"},
    {"G13 an endless hook", R"(
      if (n == 3) Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) {} }));
      if (n > 0) return n * 10;
)", "TIME_LIMIT"},
    {"G15 writes to the descriptor", R"(
new java.io.FileOutputStream(java.io.FileDescriptor.out).write("passed 0\n".getBytes());
)", "TAMPERED"},
    {"G15 reads the order again", R"(
      byte[] all = new java.io.FileInputStream("/proc/self/fd/0").readAllBytes();
      String word = new String(all).split("\n")[0];
      new java.io.FileOutputStream(java.io.FileDescriptor.out).write((word + " passed 0\n").getBytes());
      Runtime.getRuntime().halt(0);
)", ""},
};

Outcome check_java(const std::string& body, const std::string& beside) {
  const std::string program = "class Fizz { static int fizz(int n) throws Exception {\n" + body + "\nreturn 0;\n} }\n" + beside;
  return check(item("java", {"Fizz.java"}, "FizzTest.java", kJavaTests, kInside), {{"Fizz.java", program}});
}

TEST(Forgeries, InJavaGainNothing) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  for (const auto& [about, body, status] : kJava) {
    const Outcome out = check_java(body, "");
    // The hook is one test's; the other is right.
    EXPECT_EQ(out.credit, Ratio(status == std::string("TIME_LIMIT") ? 1 : 0) / Ratio(2)) << about;
    EXPECT_TRUE(*status == '\0' || verdict_name(out.status) == status) << about << ": " << verdict_name(out.status);
  }
}

TEST(Forgeries, AJavaClassCannotTakeTheFrameworksName) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  const char* assertion = "class Assert { static void assertEquals(Object a, Object b) {} static void assertEquals(long a, long b) {} }";
  const Outcome out = check_java("", assertion);
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(verdict_name(out.status), "TAMPERED");
}

TEST(Forgeries, AJavaClassMayBearANameThatTheTestsDoNotUse) {
  if (!has("java", "/usr/share/java/junit4.jar")) return;
  for (const char* name : {"Rule", "Before", "Ignore", "Double"}) {
    const std::string beside = std::string("class ") + name + " { int by = 10; }";
    const Outcome out = check_java(std::string("if (n > 0) return n * new ") + name + "().by;", beside);
    EXPECT_EQ(out.credit, Ratio(1)) << name << " " << verdict_name(out.status);
  }
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
