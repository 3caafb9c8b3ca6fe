// `unit_tests` items with `isolation: bridge` in C++ and Java, from their settings to their outcome, with real programs in the
// sandbox.
#include <gmock/gmock.h>

#include "checkers/unit_tests/unit_tests_test_support.h"

namespace otmetka::checkers::unit_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Settings = v1::UnitTestsSettings;

constexpr auto kByFunctions = Settings::ISOLATION_UNSPECIFIED;

bool has_cpp() { return has("cpp", "/usr/include/gtest/gtest.h"); }
bool has_java() { return has("java", "/usr/share/java/junit4.jar"); }

Settings cpp_item(const std::string& tests, const std::vector<const char*>& functions, const std::string& submit = "fizz.cpp") {
  Settings out = item("cpp", {submit}, "test_fizz.cpp", tests, kByFunctions);
  for (const char* function : functions) out.add_functions(function);
  return out;
}

Settings java_item(const std::string& tests, const std::vector<const char*>& functions) {
  Settings out = item("java", {"Fizz.java"}, "FizzTest.java", tests, kByFunctions);
  for (const char* function : functions) out.add_functions(function);
  out.mutable_limits()->set_cpu("1s");
  return out;
}

std::string said(const Outcome& out) {
  std::string text = std::string(verdict_name(out.status));
  for (const auto* messages : {&out.feedback, &out.trace}) {
    for (const Message& message : *messages) {
      text += "\n" + message.id;
      for (const Arg& arg : message.args) {
        if (const auto* word = std::get_if<std::string>(&arg)) text += " " + *word;
      }
    }
  }
  return text;
}

const char* const kCppTests = R"(
TEST(Fizz, Three) { EXPECT_EQ(fizz(3), "Fizz"); }
TEST(Fizz, Other) { EXPECT_EQ(fizz(4), "4"); }
TEST(Fizz, Negative) { EXPECT_THROW(fizz(-1), std::invalid_argument); }
TEST(Fizz, Sorts) {
  std::vector<int> v = {3, 1, 2};
  sort_all(v);
  ASSERT_EQ(v[0], 1);
  EXPECT_EQ(v, (std::vector<int>{1, 2, 3}));
}
class Threes : public testing::TestWithParam<int> {};
TEST_P(Threes, AreFizz) { EXPECT_EQ(fizz(GetParam()), "Fizz"); }
INSTANTIATE_TEST_SUITE_P(Some, Threes, testing::Values(6, 9));
)";
const char* const kCppGood = R"(
#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>
std::string fizz(int n) {
  std::cout << "a line that nobody looks at\n";
  if (n < 0) throw std::invalid_argument("negative");
  return n % 3 == 0 ? "Fizz" : std::to_string(n);
}
void sort_all(std::vector<int>& v) { std::sort(v.begin(), v.end()); }
)";

TEST(CompiledBridge, Cpp) {
  if (!has_cpp()) return;
  const Settings settings = cpp_item(kCppTests, {"std::string fizz(int n)", "void sort_all(std::vector<int>& v)"});
  const std::tuple<const char*, std::string, Ratio, Verdict> rows[] = {
      {"right", kCppGood, Ratio(1), Verdict::kGraded},
      {"one is wrong", replaced(kCppGood, "std::to_string(n)", "\"x\""), Ratio(4, 5), Verdict::kWrongAnswer},
      {"one crashes", replaced(kCppGood, "std::to_string(n)", "(__builtin_trap(), \"\")"), Ratio(4, 5), Verdict::kRuntimeError},
      {"one loops", replaced(kCppGood, "std::to_string(n)", "([] { for (volatile int i = 0;; i = i + 1) {} }(), \"\")"), Ratio(4, 5),
       Verdict::kTimeLimit},
      {"one takes too much memory", replaced(kCppGood, "std::to_string(n)", "std::string(1u << 30, 'x')"), Ratio(4, 5),
       Verdict::kMemoryLimit},
      {"one of the cases is wrong", replaced(kCppGood, "n % 3 == 0", "n % 3 == 0 && n != 9"), Ratio(4, 5), Verdict::kWrongAnswer},
      {"an unexpected exception", replaced(kCppGood, "std::to_string(n)", "throw 1"), Ratio(4, 5), Verdict::kRuntimeError},
      {"another exception", replaced(kCppGood, "std::invalid_argument", "std::out_of_range"), Ratio(4, 5), Verdict::kWrongAnswer},
      {"an exception of its own", replaced(kCppGood, "throw std::invalid_argument(\"negative\")",
       "{ struct Own : std::invalid_argument { Own() : invalid_argument(\"\") {} }; throw Own(); }"), Ratio(1), Verdict::kGraded},
      {"a copy is sorted", replaced(kCppGood, "std::vector<int>& v) { ", "std::vector<int>& u) { auto v = u; "), Ratio(4, 5),
       Verdict::kWrongAnswer},
      {"an empty vector, whose first number is asked for", replaced(kCppGood, "std::sort(v.begin(), v.end())", "v.clear()"), Ratio(4, 5),
       Verdict::kRuntimeError},
      {"a function is not there", replaced(kCppGood, "void sort_all", "void sort_some"), Ratio(4, 5), Verdict::kRuntimeError},
      {"does not compile", "int x = ;", Ratio(0), Verdict::kCompileError},
  };
  for (const auto& [about, program, credit, status] : rows) {
    const Outcome out = check(settings, {{"fizz.cpp", program}});
    EXPECT_EQ(out.credit, credit) << about << ": " << said(out);
    EXPECT_EQ(out.status, status) << about << ": " << said(out);
  }
}

const char* const kCppKindsTests = R"(
#include <climits>
#include <cmath>
TEST(Same, Numbers) {
  const std::tuple<bool, char, short, unsigned, long long, float, double> all(true, '\xff', SHRT_MIN, UINT_MAX, LLONG_MIN, 0.1f, -0.0);
  const auto back = std::apply(numbers, all);
  EXPECT_EQ(back, all);
  EXPECT_TRUE(std::signbit(std::get<6>(back)));
}
TEST(Same, Nan) { EXPECT_TRUE(std::isnan(half(NAN))); EXPECT_EQ(half(INFINITY), INFINITY); }
TEST(Same, Texts) { EXPECT_EQ(text(std::string("a\0я", 4)), std::string("a\0я", 4)); EXPECT_EQ(text(""), ""); }
TEST(Same, Bools) { EXPECT_EQ(flipped({true, false}), (std::vector<bool>{false, true})); }
TEST(Same, Nested) {
  const std::map<std::string, std::vector<std::pair<int, char>>> m = {{"", {}}, {"a", {{1, 'x'}, {2, 'y'}}}};
  EXPECT_EQ(geo::flat::same(m), m);
}
TEST(Same, Hashed) {
  const std::unordered_map<std::string, std::unordered_set<int>> m = {{"a", {1, 2}}, {"b", {}}};
  EXPECT_EQ(hashed(m), m);
}
TEST(Same, Ordered) { EXPECT_EQ(ordered({3, 1}, {4, 5}), (std::set<std::array<int, 2>>{{1, 5}, {3, 4}})); }
TEST(Same, Nothing) { EXPECT_EQ(maybe(0), std::nullopt); EXPECT_EQ(maybe(2), std::optional<std::string>("2")); }
TEST(Changed, Several) {
  int a = 1; std::string s = "x";
  EXPECT_TRUE(change(a, 5, s));
  EXPECT_EQ(a, 5); EXPECT_EQ(s, "xx");
  EXPECT_ANY_THROW(change(a, -1, s));
  EXPECT_EQ(a, -1);
}
TEST(Thrown, What) { try { change_text("why"); FAIL(); } catch (const std::runtime_error& e) { EXPECT_STREQ(e.what(), "why"); } }
TEST(Overloads, AreTwoFunctions) { EXPECT_EQ(twice(2), 4); EXPECT_EQ(twice(std::string("a")), "aa"); }
static const int kAtStart = twice(21);
TEST(Called, BeforeMain) { EXPECT_EQ(kAtStart, 42); }
)";
const char* const kCppKinds = R"(
%:include <bits/stdc++.h>
using namespace std;
tuple<bool, char, short, unsigned, long long, float, double> numbers(bool a, char b, short c, unsigned d, long long e, float f, double g) {
  return {a, b, c, d, e, f, g};
}
double half(double x) { return x / 2; }
string text(const string& s) { return s; }
vector<bool> flipped(vector<bool> v) { v.flip(); return v; }
namespace geo::flat {
map<string, vector<pair<int, char>>> same(const map<string, vector<pair<int, char>>>& m) { return m; }
}
unordered_map<string, unordered_set<int>> hashed(unordered_map<string, unordered_set<int>> m) { return m; }
set<array<int, 2>> ordered(list<int> a, deque<int> b) { return {{a.front(), b.front()}, {a.back(), b.back()}}; }
optional<string> maybe(int n) { return n ? optional(to_string(n)) : nullopt; }
bool change(int& a, int b, string& s) { a = b; s += s; if (b < 0) throw b; return true; }
void change_text(const string& s) { throw runtime_error(s); }
int twice(int n) { return 2 * n; }
string twice(const string& s) { return s + s; }
)";

TEST(CompiledBridge, CppValuesOfEveryPlainKindGoThereAndBack) {
  if (!has_cpp()) return;
  const Outcome out = check(
      cpp_item(kCppKindsTests,
               {"std::tuple<bool, char, short, unsigned, long long, float, double> numbers(bool a, char b, short c, unsigned d, "
                "long long e, float f, double g)",
                       "double half(double x)", "std::string text(const std::string& s)", "std::vector<bool> flipped(std::vector<bool> v)",
                       "std::map<std::string, std::vector<std::pair<int, char>>> geo::flat::same(const std::map<std::string, "
                       "std::vector<std::pair<int, char>>>& m)",
                       "std::unordered_map<std::string, std::unordered_set<int>> hashed(std::unordered_map<std::string, "
                       "std::unordered_set<int>> m)",
                       "std::set<std::array<int, 2>> ordered(std::list<int> a, std::deque<int> b)",
                       "std::optional<std::string> maybe(int n)",
                       "bool change(int& a, int b, std::string& s)", "void change_text(const std::string& s)", "int twice(int n)",
                       "std::string twice(const std::string& s)"}),
      {{"fizz.cpp", kCppKinds}});
  EXPECT_EQ(out.credit, Ratio(1)) << said(out);
}

TEST(CompiledBridge, ACppHeaderIsCalledWhereItIsIncluded) {
  if (!has_cpp()) return;
  const Settings settings = cpp_item("#include \"fizz.h\"\nTEST(Fizz, Three) { EXPECT_EQ(fizz(3), 30); }", {"int fizz(int n)"}, "fizz.h");
  EXPECT_EQ(check(settings, {{"fizz.h", "template <class T> T fizz(T n) noexcept { return n * 10; }\n"}}).credit, Ratio(1));
  const Outcome missing = check(settings, {{"fizz.h", "inline int buzz(int n) { return n; }\n"}});
  EXPECT_EQ(missing.status, Verdict::kCompileError);
  EXPECT_EQ(missing.credit, Ratio(0));
}

TEST(CompiledBridge, ACompilersLogShowsTheLearnersLinesOnly) {
  if (!has_cpp()) return;
  const Settings settings = cpp_item("TEST(Fizz, Three) { EXPECT_EQ(fizz(3), 30); }", {"int fizz(int n)"});
  const std::string text = said(check(settings, {{"fizz.cpp", "int fizz(int n) {\n  return m;\n}\n"}}));
  EXPECT_THAT(text, HasSubstr("fizz.cpp:2:10: error"));
  for (const char* word : {"otmetka", "EXPECT_EQ", "test_fizz"}) EXPECT_THAT(text, Not(HasSubstr(word)));
}

TEST(CompiledBridge, TheCompilersOwnLimitIsTold) {
  if (!has_cpp()) return;
  const Settings settings = cpp_item("TEST(Fizz, Three) { EXPECT_EQ(fizz(3), 30); }", {"int fizz(int n)"});
  const Outcome out = check(settings, {{"fizz.cpp", "char text[200 << 20] = {1};\nint fizz(int n) { return text[n]; }\n"}});
  EXPECT_EQ(out.status, Verdict::kCompileError);
  ASSERT_EQ(out.feedback.size(), 3u) << said(out);
  EXPECT_EQ(out.feedback[1].id, "program.compile_file");
  EXPECT_EQ(std::get<std::int64_t>(out.feedback[1].args[0]), 128);
}

// Which no answer can mend.
TEST(CompiledBridge, TestsThatDoNotCompileAreNobodysVerdict) {
  if (!has_cpp()) return;
  const Made made = type().make(cpp_item("TEST(Fizz, Three) { EXPECT_EQ(buzz(3), 30); }", {"int fizz(int n)"}), {});
  ASSERT_NE(made.checker, nullptr);
  const Outcome out = made.checker->check(FilesAnswer{{{"fizz.cpp", "int fizz(int n) { return n; }", {}}}},
                                          {.locale = "ru", .explain = true, .workshop = &workshop()});
  ASSERT_TRUE(out.failure);
  EXPECT_EQ(out.failure->code(), "OT622");
}

const char* const kJavaTests = R"(
import static org.junit.Assert.*;
import org.junit.*;
import java.util.*;

public class FizzTest {
  @Test public void three() { assertEquals("Fizz", Fizz.word(3)); }
  @Test public void other() { assertEquals("4", Fizz.word(4)); }
  @Test(expected = IllegalArgumentException.class) public void negative() { Fizz.word(-1); }
  @Test public void sorts() { int[] a = {3, 1, 2}; Fizz.sort(a); assertArrayEquals(new int[] {1, 2, 3}, a); }
}
)";
const char* const kJavaGood = R"(
import java.util.*;
class Assert { }
public class Fizz {
  static String word(int n) {
    System.out.println("a line that nobody looks at");
    if (n < 0) throw new IllegalArgumentException("negative");
    return n % 3 == 0 ? "Fizz" : String.valueOf(n);
  }
  public static void sort(int[] a) { Arrays.sort(a); }
}
)";

TEST(CompiledBridge, Java) {
  if (!has_java()) return;
  const Settings settings = java_item(kJavaTests, {"static String Fizz.word(int n)", "static void Fizz.sort(int[] a)"});
  const std::tuple<const char*, std::string, Ratio, Verdict> rows[] = {
      {"right", kJavaGood, Ratio(1), Verdict::kGraded},
      {"one is wrong", replaced(kJavaGood, "String.valueOf(n)", "\"x\""), Ratio(3, 4), Verdict::kWrongAnswer},
      {"one raises", replaced(kJavaGood, "String.valueOf(n)", "\"\" + n / (n - n)"), Ratio(3, 4), Verdict::kRuntimeError},
      {"one recurses for ever", replaced(kJavaGood, "String.valueOf(n)", "word(n)"), Ratio(3, 4), Verdict::kRuntimeError},
      {"one loops", replaced(kJavaGood, "if (n < 0)", "while (n == 4) {}\n    if (n < 0)"), Ratio(3, 4), Verdict::kTimeLimit},
      {"an exception of its own", replaced(kJavaGood, "throw new IllegalArgumentException(\"negative\")",
       "{ class Own extends NumberFormatException { } throw new Own(); }"), Ratio(1), Verdict::kGraded},
      {"a method is not there", replaced(kJavaGood, "void sort", "void order"), Ratio(3, 4), Verdict::kRuntimeError},
      {"a method is not static", replaced(kJavaGood, "public static void sort", "public void sort"), Ratio(3, 4), Verdict::kRuntimeError},
      {"does not compile", "public class Fizz { int x = ; }", Ratio(0), Verdict::kCompileError},
  };
  for (const auto& [about, program, credit, status] : rows) {
    const Outcome out = check(settings, {{"Fizz.java", program}});
    EXPECT_EQ(out.credit, credit) << about << ": " << said(out);
    EXPECT_EQ(out.status, status) << about << ": " << said(out);
    EXPECT_THAT(said(out), Not(HasSubstr("Otmetka"))) << about;
  }
}

const char* const kJavaKindsTests = R"(
import static org.junit.Assert.*;
import org.junit.*;
import java.util.*;

public class FizzTest {
  @Test public void values() {
    assertEquals("trueя-1-2-3-4" + Float.MIN_VALUE + Double.NaN,
                 Fizz.all(true, 'я', (byte) -1, (short) -2, -3, -4L, Float.MIN_VALUE, Double.NaN));
    Map<String, List<Integer>> m = new TreeMap<>();
    m.put("a", Arrays.asList(1, null));
    m.put("", new LinkedList<>());
    assertEquals(m, Fizz.same(m));
    assertEquals(Set.of('a', 'b'), Fizz.letters("abba"));
    assertNull(Fizz.letters(null));
    assertArrayEquals(new String[][] {{"x", null}, null, {}}, Fizz.grid(new String[][] {{"x", null}, null, {}}));
    assertEquals("\ud800", Fizz.grid(new String[][] {{"\ud800"}})[0][0]);
  }
  @Test public void changes() {
    int[][] grid = {{1, 2}, {3, 4}};
    int[] row = grid[1];
    List<String> words = new ArrayList<>(List.of("b", "a"));
    Map<Integer, Boolean> seen = new HashMap<>();
    Fizz.change(grid, words, seen);
    assertEquals(9, row[0]);
    assertEquals(List.of("a", "b", "c"), words);
    assertEquals(Map.of(3, true), seen);
  }
  @Test public void checkedExceptionsAndMessages() throws Exception {
    try {
      Fizz.letters("io");
      fail();
    } catch (RuntimeException e) {
      fail();
    } catch (Exception e) {
      assertEquals("java.io.FileNotFoundException: gone", e.toString());
    }
    try {
      Fizz.letters("own");
      fail();
    } catch (RuntimeException e) {
      assertEquals("Own: mine", e.getMessage());
    }
  }
}
)";
const char* const kJavaKinds = R"(
import java.util.*;
class Own extends Exception { Own(String s) { super(s); } }
class Fizz {
  static String all(boolean a, char b, byte c, short d, int e, long f, float g, double h) { return "" + a + b + c + d + e + f + g + h; }
  static Map<String, List<Integer>> same(Map<String, List<Integer>> m) { return m; }
  static Set<Character> letters(String s) throws Exception {
    if (s == null) return null;
    if (s.equals("io")) throw new java.io.FileNotFoundException("gone");
    if (s.equals("own")) throw new Own("mine");
    Set<Character> out = new TreeSet<>();
    for (char c : s.toCharArray()) out.add(c);
    return out;
  }
  static String[][] grid(String[][] g) { return g; }
  static void change(int[][] grid, List<String> words, Map<Integer, Boolean> seen) {
    grid[1][0] = 9;
    Collections.sort(words);
    words.add("c");
    seen.put(3, true);
  }
}
)";

TEST(CompiledBridge, JavaValuesOfEveryPlainKindGoThereAndBack) {
  if (!has_java()) return;
  const Outcome out = check(
      java_item(kJavaKindsTests,
                       {"static String Fizz.all(boolean a, char b, byte c, short d, int e, long f, float g, double h)",
                        "static Map<String, List<Integer>> Fizz.same(Map<String, List<Integer>> m)",
                        "static Set<Character> Fizz.letters(String s)",
                        "static String[][] Fizz.grid(String[][] g)",
                        "static void Fizz.change(int[][] grid, List<String> words, Map<Integer, Boolean> seen)"}),
      {{"Fizz.java", kJavaKinds}});
  EXPECT_EQ(out.credit, Ratio(1)) << said(out);
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
