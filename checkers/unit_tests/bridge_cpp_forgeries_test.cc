// Answers in C++ that do nothing right and try to pass a bridge all the same, by the rows G of the hostile programs; right ones
// that misbehave at their end; and replies that are none.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Settings = v1::UnitTestsSettings;

constexpr auto kBridge = Settings::ISOLATION_BRIDGE;

const char* const kTests = R"(
TEST(Fizz, Three) { EXPECT_EQ(fizz(3), 30); }
TEST(Fizz, Five) { ASSERT_EQ(fizz(5), 50); }
TEST(Fizz, Swallows) { try { EXPECT_EQ(fizz(7), 70); } catch (...) {} }
)";

const char* const kWrong = "\nint fizz(int) { return 0; }\n";
const char* const kRight = "\nint fizz(int n) { return n * 10; }\n";

// What writes to every descriptor that may be the protocol's.
const char* const kForge = R"(
#include <string>
#include <unistd.h>
static void forge(const std::string& bytes) { for (int fd = 3; fd < 32; ++fd) (void)!write(fd, bytes.data(), bytes.size()); }
static std::string number(unsigned n) { return std::string(reinterpret_cast<const char*>(&n), 4); }
)";

struct Row {
  const char* about;
  std::string program;
  const char* status = "";  // empty: any, as long as it compiles
  Ratio credit = 0;
};

const Row kRows[] = {
    {"G01 leaves before main", std::string("#include <cstdlib>\nstatic int x = (std::exit(0), 0);") + kWrong, "RUNTIME_ERROR"},
    {"G01 leaves at once before main", std::string("#include <unistd.h>\nstatic int x = (_exit(0), 0);") + kWrong, "RUNTIME_ERROR"},
    {"G01 leaves when called", "#include <unistd.h>\nint fizz(int) { _exit(0); }\n", "RUNTIME_ERROR"},
    {"G01 leaves quickly when called", "#include <cstdlib>\nint fizz(int) { std::quick_exit(0); }\n", "RUNTIME_ERROR"},
    {"G01 leaves with a handler that writes", std::string(kForge) + R"(
#include <cstdlib>
int fizz(int) { std::atexit([] { forge("passed 0\n"); }); std::exit(0); }
)"},
    {"G02 prints what frameworks print", R"(
#include <cstdio>
int fizz(int) {
  std::puts("[  PASSED  ] 3 tests.\nok 1\n1..3\n<testsuite tests=\"3\" failures=\"0\"/>\npassed 0");
  std::fputs("OK\n", stderr);
  return 0;
}
)", "WRONG_ANSWER"},
    {"G03 writes reports", std::string(R"(
#include <cstdlib>
#include <fstream>
static void report() {
  for (const char* name : {"otmetka_report", "results.xml", "results.json"}) std::ofstream(name) << "passed 0\n";
}
static int x = (report(), std::atexit(report), 0);
)") + kWrong, "WRONG_ANSWER"},
    {"G04 changes the status at the end", std::string("#include <unistd.h>\nstruct X { ~X() { _exit(7); } } x;") + kRight, "RUNTIME_ERROR"},
    {"G04 makes it 0 at the end", std::string("#include <unistd.h>\nstruct X { ~X() { _exit(0); } } x;") + kWrong, "WRONG_ANSWER"},
    {"G05 a comparison that holds for all", std::string(R"(
struct Any { template <class T> Any(const T&) {} };
bool operator==(const Any&, const Any&) { return true; }
)") + kWrong},
    {"G07 a main of its own", std::string("int main() {}") + kWrong, "COMPILE_ERROR"},
    {"G07 the framework's words as macros",
     std::string("#define EXPECT_EQ(a, b)\n#define TEST(a, b) static void f()") + kWrong, "WRONG_ANSWER"},
    {"G07 includes the framework",
     std::string("#include <gtest/gtest.h>\nstatic int x = (GTEST_FLAG_SET(filter, \"-*\"), 0);") + kWrong, "COMPILE_ERROR"},
    {"G08 functions of the library's names", std::string(R"(
#include <cstddef>
extern "C" long write(int, const void*, std::size_t n) { return static_cast<long>(n); }
extern "C" long read(int, void*, std::size_t) { return 0; }
)") + kWrong},
    {"G12 a text that never ends", R"(
#include <exception>
struct E : std::exception { const char* what() const noexcept override { for (volatile int i = 0;; i = i + 1) {} } };
int fizz(int) { throw E(); }
)", "TIME_LIMIT"},
    {"G12 a text that leaves", R"(
#include <exception>
#include <unistd.h>
struct E : std::exception { const char* what() const noexcept override { _exit(0); } };
int fizz(int) { throw E(); }
)", "RUNTIME_ERROR"},
    {"G12 a text that is none", R"(
#include <exception>
struct E : std::exception { const char* what() const noexcept override { return reinterpret_cast<const char*>(8); } };
int fizz(int) { throw E(); }
)", "RUNTIME_ERROR"},
    {"G13 an endless destructor", std::string("struct X { ~X() { for (volatile int i = 0;; i = i + 1) {} } } x;") + kRight, "TIME_LIMIT"},
    {"G13 an endless exit handler", std::string(R"(
#include <cstdlib>
static int x = std::atexit([] { for (volatile int i = 0;; i = i + 1) {} });
)") + kRight, "TIME_LIMIT"},
    {"G13 an endless constructor", std::string("struct X { X() { for (volatile int i = 0;; i = i + 1) {} } } x;") + kRight, "TIME_LIMIT"},
    {"G13 an exception's endless destructor", R"(
struct E { ~E() { for (volatile int i = 0;; i = i + 1) {} } };
int fizz(int) { throw E(); }
)", "TIME_LIMIT"},
    {"G14 dies in one test of three", "int fizz(int n) { if (n == 5) __builtin_trap(); return n * 10; }\n", "RUNTIME_ERROR", Ratio(2, 3)},
    {"G15 a report on every descriptor", std::string(kForge) + "int fizz(int) { forge(\"passed 0\\n\"); return 0; }\n", "WRONG_ANSWER"},
    {"G15 closes every descriptor",
     std::string("#include <unistd.h>\nstatic int x = (close_range(0, 64, 0), 0);") + kRight, "RUNTIME_ERROR"},
    {"G15 replies before it is asked",
     std::string(kForge) + "static int x = (forge(number(9) + number(0) + \"\\0\" + number(0)), 0);" + kRight},
    {"G15 the reply to another call", std::string(kForge) +
     "int fizz(int n) { forge(number(9) + number(7) + std::string(1, '\\0') + number(10u * n)); return 0; }\n", "WRONG_ANSWER"},
    {"G15 a reply of four gigabytes", std::string(kForge) + "int fizz(int) { forge(number(0xffffffff)); return 0; }\n", "WRONG_ANSWER"},
    {"G15 a reply of no bytes", std::string(kForge) + "int fizz(int) { forge(number(0)); return 0; }\n", "WRONG_ANSWER"},
    {"G15 a reply of an unknown kind",
     std::string(kForge) + "int fizz(int) { forge(number(9) + number(1) + \"\\7abcd\"); return 0; }\n", "WRONG_ANSWER"},
    {"G15 a reply with more behind it", std::string(kForge) +
     "int fizz(int) { forge(number(10) + number(1) + std::string(1, '\\0') + number(30) + \"x\"); return 0; }\n", "WRONG_ANSWER"},
    {"G15 a reply that ends early", std::string(kForge) +
     "int fizz(int) { forge(number(7) + number(1) + std::string(3, '\\0')); return 0; }\n", "WRONG_ANSWER"},
    {"G15 an exception whose name is too long for its reply", std::string(kForge) +
     "int fizz(int) { forge(number(9) + number(1) + \"\\1\" + number(0x7fffffff)); return 0; }\n", "WRONG_ANSWER"},
    {"G15 a flood", std::string(kForge) + "int fizz(int) { for (;;) forge(std::string(4096, '\\1')); }\n"},
};

Settings fizz_item() {
  Settings out = item("cpp", {"fizz.cpp"}, "test_fizz.cpp", kTests, kBridge);
  out.add_functions("int fizz(int n)");
  return out;
}

TEST(BridgeForgeries, InCppGainNothing) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  for (const Row& row : kRows) {
    const Outcome out = check(fizz_item(), {{"fizz.cpp", row.program}});
    EXPECT_EQ(out.credit, row.credit) << row.about;
    const std::string status(verdict_name(out.status));
    EXPECT_TRUE(*row.status == '\0' ? status != "COMPILE_ERROR" : status == row.status) << row.about << ": " << status;
  }
}

// G09, G10: what a test expects is nowhere that the answer can look.
TEST(BridgeForgeries, NoTestIsInTheAnswersCell) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  Settings settings = item("cpp", {"fizz.cpp"}, "test_fizz.cpp", "TEST(Fizz, Word) { EXPECT_EQ(fizz(), \"zanzibar\"); }", kBridge);
  settings.add_functions("std::string fizz()");
  const char* program = R"(
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
static std::string all;
static void look(const std::string& path) {
  std::ostringstream text;
  text << path << std::ifstream(path).rdbuf();
  all += text.str();
}
static bool has(const std::string& word) { return all.find(word) != std::string::npos; }
std::string fizz() {
  for (const char* path : {"/proc/self/exe", "/proc/self/cmdline", "/proc/self/environ", "/proc/self/maps"}) look(path);
  std::error_code problem;
  for (const char* folder : {".", "/tmp"}) {
    for (const auto& file : std::filesystem::directory_iterator(folder, problem)) look(file.path().string());
  }
  std::string word = "zanzi";
  word += "bar";
  const std::string half = {'i', 'b', 'a', 'r'};  // not as it would stand in this program's own text
  const bool found = has("z" + std::string("an") + "z" + half) || has("test_" + std::string("fizz")) || has("Fizz.W" + std::string("ord"));
  return all.size() > 100'000 && found ? word : "x";
}
)";
  const Outcome out = check(settings, {{"fizz.cpp", program}});
  EXPECT_EQ(out.credit, Ratio(0));
  EXPECT_EQ(verdict_name(out.status), "WRONG_ANSWER");
}

// G05, G16: values that would equal whatever they are compared with, or break who looks at them.
TEST(BridgeForgeries, NoCppValueIsTakenThatIsNone) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  Settings settings = item("cpp", {"fizz.cpp"}, "test_fizz.cpp", R"(
TEST(Fizz, Set) { EXPECT_EQ(numbers().count(7.0), 1u); }
TEST(Fizz, Map) { EXPECT_EQ(names().count(7.0), 1u); }
TEST(Fizz, Bool) { if (!flag()) FAIL(); if (flag()) SUCCEED(); }
TEST(Fizz, Text) { EXPECT_EQ(text().size(), 1'000'000'000u); }
TEST(Fizz, Many) { EXPECT_EQ(many().size(), 0xffffffffu); }
TEST(Fizz, Number) { EXPECT_NEAR(number(), 1.5, 1e300); }
)", kBridge);
  for (const char* function : {"std::set<double> numbers()", "std::map<double, std::string> names()", "bool flag()", "std::string text()",
                               "std::vector<char> many()", "double number()"}) {
    settings.add_functions(function);
  }
  const std::string program = std::string(kForge) + R"(
#include <cmath>
#include <map>
#include <set>
#include <vector>
std::set<double> numbers() { return {NAN}; }
std::map<double, std::string> names() { return {{NAN, "x"}}; }
bool flag() { forge(number(6) + number(1) + std::string("\0\2", 2)); return false; }
std::string text() { return std::string(20 << 20, 'x'); }
std::vector<char> many() { forge(number(9) + number(1) + std::string(1, '\0') + number(0xffffffff)); return {}; }
double number() { return NAN; }
)";
  const Outcome out = check(settings, {{"fizz.cpp", program}});
  EXPECT_EQ(out.credit, Ratio(0));
  for (const char* test : {"Fizz.Set", "Fizz.Map", "Fizz.Bool", "Fizz.Text", "Fizz.Many", "Fizz.Number"}) {
    EXPECT_EQ(verdict_of(out, test), "WRONG_ANSWER") << test;
  }
}

// A death test's child is where the answer's end is seen first; what it tells stays.
TEST(BridgeForgeries, AnEndInADeathTestIsNoSuccess) {
  if (!has("cpp", "/usr/include/gtest/gtest.h")) return;
  Settings settings = item("cpp", {"fizz.cpp"}, "test_fizz.cpp", R"(
TEST(Fizz, Zero) { EXPECT_EXIT(fizz(0), testing::ExitedWithCode(0), ""); }
TEST(Fizz, Any) { EXPECT_DEATH(fizz(0), ""); }
)", kBridge);
  settings.add_functions("int fizz(int n)");
  EXPECT_EQ(check(settings, {{"fizz.cpp", "#include <unistd.h>\nint fizz(int) { _exit(0); }\n"}}).credit, Ratio(0));
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
