#include <algorithm>
#include <set>

#include "checkers/unit_tests/discovery.h"
#include "checkers/unit_tests/source_text.h"

namespace otmetka::checkers::unit_tests {
namespace {

constexpr std::string_view kMacros[] = {"TEST", "TEST_F", "TEST_P", "TYPED_TEST", "TYPED_TEST_P", "GTEST_TEST"};

void add(std::string name, std::set<std::string>& seen, FoundTests& out) {
  if (seen.insert(name).second) {
    out.names.push_back(std::move(name));
  } else {
    out.twice.push_back(std::move(name));
  }
}

// Lines of the preprocessor define no test.
std::string without_directives(std::string code) {
  bool inside = false;
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t end = std::min(code.find('\n', at), code.size());
    const auto first = code.find_first_not_of(" \t", at);
    const bool directive = inside || (first < end && code[first] == '#');
    inside = directive && end > at && code[end - 1] == '\\';
    if (directive) std::fill(code.begin() + static_cast<std::ptrdiff_t>(at), code.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    at = end + 1;
  }
  return code;
}

// Classes by the braces that hold them, and what `@Test` stands before.
class JavaScan {
 public:
  explicit JavaScan(std::string_view code) : words_(tokens(code)) {}

  FoundTests read() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::string_view word = words_[i];
      if (word == "{") {
        ++depth_;
        if (!named_.empty()) classes_.push_back({std::move(named_), depth_, is_junit3_});
        named_.clear();
      } else if (word == "}") {
        if (!classes_.empty() && classes_.back().depth == depth_) classes_.pop_back();
        --depth_;
      } else if (word == "class" && (i == 0 || words_[i - 1] != ".") && is_word(token(words_, i + 1).empty() ? ' ' : words_[i + 1][0])) {
        named_ = std::string(words_[i + 1]);
        is_junit3_ = token(words_, i + 2) == "extends" && token(words_, i + 3) == "TestCase";
      } else if (word == "@") {
        marked_ = marked_ || is_test_mark(i + 1);
      } else if (word == "void" && token(words_, i + 2) == "(") {
        method(std::string(words_[i + 1]));
      } else if (word == ";") {
        marked_ = false;
      }
    }
    return std::move(out_);
  }

 private:
  struct Class {
    std::string name;
    int depth;
    bool is_junit3;
  };

  bool is_test_mark(std::size_t i) const {
    while (token(words_, i + 1) == ".") i += 2;
    return token(words_, i) == "Test";
  }

  // Only of classes that stand for themselves: those within others need a runner of their own.
  void method(std::string name) {
    if (classes_.size() == 1 && classes_.back().depth == depth_) {
      const bool by_name = classes_.back().is_junit3 && name.starts_with("test");
      if (marked_ || by_name) add(classes_.back().name + "." + name, seen_, out_);
    }
    marked_ = false;
  }

  std::vector<std::string_view> words_;
  int depth_ = 0;
  std::string named_;
  bool is_junit3_ = false;
  bool marked_ = false;
  std::vector<Class> classes_;
  std::set<std::string> seen_;
  FoundTests out_;
};

}  // namespace

FoundTests find_googletest_tests(std::string_view source) {
  FoundTests out;
  std::set<std::string> seen;
  const std::string code = without_directives(c_like_code(source));
  const auto words = tokens(code);
  for (std::size_t i = 0; i + 5 < words.size(); ++i) {
    const bool is_macro = std::find(std::begin(kMacros), std::end(kMacros), words[i]) != std::end(kMacros);
    if (!is_macro || words[i + 1] != "(" || words[i + 3] != "," || words[i + 5] != ")") continue;
    if (words[i + 2].starts_with("DISABLED_") || words[i + 4].starts_with("DISABLED_")) continue;
    add(std::string(words[i + 2]) + "." + std::string(words[i + 4]), seen, out);
  }
  return out;
}

FoundTests find_junit_tests(std::string_view source) {
  const std::string code = c_like_code(source);
  return JavaScan(code).read();
}

bool has_java_package(std::string_view source) {
  const std::string code = c_like_code(source);
  const auto words = tokens(code);
  return token(words, 0) == "package";
}

bool is_junit5(std::string_view source) { return c_like_code(source).find("org.junit.jupiter") != std::string::npos; }

}  // namespace otmetka::checkers::unit_tests
