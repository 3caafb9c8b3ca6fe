// What a teacher may declare for a bridge, and where a declaration that will not do is told to be wrong.
#include "checkers/unit_tests/signatures.h"

#include <gtest/gtest.h>

namespace otmetka::checkers::unit_tests {
namespace {

// The function as it was understood, or "form: WORD at PLACE".
std::string read(const ReadSignature& read) {
  if (const auto* function = std::get_if<Function>(&read)) return signature_of(*function);
  const BadSignature& bad = std::get<BadSignature>(read);
  const char* fault = bad.fault == BadSignature::Fault::kType ? "type" : "form";
  return std::string(fault) + ": " + bad.word + " at " + std::to_string(bad.offset) + "+" + std::to_string(bad.length);
}

TEST(CppSignatures, AreDeclarationsOfPlainTypes) {
  const std::pair<const char*, const char*> rows[] = {
      {"int add(int a, int b)", "int add(int, int)"},
      {"void run()", "void run()"},
      {" unsigned  long long f ( const int n , char ) ", "unsigned long long f(int, char)"},
      {"std::vector<std::vector<int>> transposed(const std::vector<std::vector<int>>& m)",
       "std::vector<std::vector<int>> transposed(const std::vector<std::vector<int>>&)"},
      {"void sort(std::vector<std::string>& words)", "void sort(std::vector<std::string>&)"},
      {"std::map<std::string, std::pair<int, double>> geo::flat::f(std::optional<std::array<char, 3>> x)",
       "std::map<std::string, std::pair<int, double>> geo::flat::f(std::optional<std::array<char, 3>>)"},
      {"std::tuple<int, bool, std::set<char>> f(size_t n, std::int64_t m)",
       "std::tuple<int, bool, std::set<char>> f(std::size_t, std::int64_t)"},
      {"std::unordered_map<std::string, std::list<int>> f()", "std::unordered_map<std::string, std::list<int>> f()"},
  };
  for (const auto& [text, understood] : rows) EXPECT_EQ(read(read_cpp_signature(text)), understood);
}

TEST(CppSignatures, OthersAreToldWhereTheyAreWrong) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "form:  at 0+0"},
      {"add(a, b)", "form: add at 0+3"},
      {"int add(int a, int b);", "form: ; at 21+1"},
      {"int add(int a, int b = 1)", "form: = at 21+1"},
      {"int add", "form:  at 7+0"},
      {"int add(int a", "form:  at 13+0"},
      {"int (int a)", "form: int at 0+3"},
      {"int f(int* a, int n)", "type: int* at 6+4"},
      {"int f(int a[], int n)", "type: [ at 11+1"},
      {"int f(string s)", "type: string at 6+6"},
      {"int f(std::string_view s)", "type: std::string_view at 6+16"},
      {"int f(std::vector<int>&& v)", "type: & at 23+1"},
      {"int f(std::vector<Node> v)", "type: Node at 18+4"},
      {"int f(std::unordered_set<std::pair<int, int>> s)", "type: std::pair<int, int> at 25+19"},
      {"int f(std::set<std::unordered_set<int>> s)", "type: std::unordered_set<int> at 15+23"},
      {"int f(std::array<int, 0> s)", "type: 0 at 22+1"},
      {"int f(long double x)", "type: long double at 6+11"},
      {"int f(std::pair<int> p)", "form: > at 19+1"},
      {"static int f()", "form: static at 0+6"},
      {"const std::string& f()", "type: const at 0+5"},
      {"int& f()", "form: & at 3+1"},
      {"int std::abs(int x)", "form:  at 19+0"},
      {"int f(void)", "type: void at 6+4"},
      {"int f() { return 1; }", "form: { at 8+1"},
  };
  for (const auto& [text, understood] : rows) EXPECT_EQ(read(read_cpp_signature(text)), understood) << text;
}

TEST(CppSignatures, ADeepTypeIsRefusedAndNotFollowed) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "std::vector<";
  EXPECT_TRUE(std::holds_alternative<BadSignature>(read_cpp_signature(deep + "int f()")));
}

TEST(JavaSignatures, AreStaticMethodsOfPlainTypes) {
  const std::pair<const char*, const char*> rows[] = {
      {"static int Solution.add(int a, int b)", "int Solution.add(int, int)"},
      {"static void S.sort(int[][] a)", "void S.sort(int[][])"},
      {"static Map<String, List<Integer>> S.f(Set<Character> a, final double[] b, Boolean c)",
       "Map<String, List<Integer>> S.f(Set<Character>, double[], Boolean)"},
  };
  for (const auto& [text, understood] : rows) EXPECT_EQ(read(read_java_signature(text)), understood);
  const auto kinds = std::get<Function>(read_java_signature("static Map<String, List<int[]>> S.f(char c)"));
  EXPECT_EQ(kinds.result.code, "mtl[I");
  EXPECT_EQ(kinds.parameters[0].type.code, "C");
}

TEST(JavaSignatures, OthersAreToldWhereTheyAreWrong) {
  const std::pair<const char*, const char*> rows[] = {
      {"int Solution.add(int a, int b)", "form: int at 0+3"},
      {"static int add(int a, int b)", "form: ( at 14+1"},
      {"static List<int> S.f()", "type: int at 12+3"},
      {"static List<Integer>[] S.f()", "type: List<Integer>[] at 7+15"},
      {"static Object S.f()", "type: Object at 7+6"},
      {"static int S.f(int... a)", "type: . at 18+1"},
      {"static int S.f(int a[])", "type: [ at 20+1"},
      {"static int S.f(int a) throws E", "form: throws at 22+6"},
      {"static int S.f(java.util.List<Integer> a)", "type: java at 15+4"},
      {"static int[ S.f()", "form: S at 12+1"},
  };
  for (const auto& [text, understood] : rows) EXPECT_EQ(read(read_java_signature(text)), understood) << text;
}

}  // namespace
}  // namespace otmetka::checkers::unit_tests
