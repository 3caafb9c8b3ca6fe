#include "tests/house/functions.h"

#include <algorithm>

#include <re2/re2.h>

#include "tests/house/cpp_text.h"

namespace otmetka::house {
namespace {

// A preprocessor line is no part of a statement.
void blank_directives(std::string& code) {
  bool directive = false;
  bool line_start = true;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (line_start && code[i] == '#') directive = true;
    if (code[i] == '\n') {
      directive = directive && code[i - 1] == '\\';
      if (directive) code[i - 1] = ' ';
      line_start = true;
    } else {
      if (code[i] != ' ' && code[i] != '\t') line_start = false;
      if (directive && code[i] != '\\') code[i] = ' ';
    }
  }
}

enum class Scope { kOpen, kFunction, kOther };  // kOpen: a namespace or a type, where functions are declared

bool assigns(std::string_view head) {
  int depth = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '(' || head[i] == '[') ++depth;
    if (head[i] == ')' || head[i] == ']') --depth;
    if (head[i] != '=' || depth != 0) continue;
    const bool comparison = i + 1 < head.size() && head[i + 1] == '=';
    if (!comparison && !re2::RE2::PartialMatch(head.substr(0, i + 1), R"(operator[=<>!+*/-]*=$|<=$|>=$|!=$)")) return true;
    ++i;
  }
  return false;
}

Scope scope_of(const std::string& head) {
  static const re2::RE2 kType(R"(^\s*(template\s*<.*>\s*)?(inline\s+)?(namespace|class|struct|union|enum|extern)\b)");
  const bool parameters = head.find('(') != std::string::npos;
  if (re2::RE2::PartialMatch(head, kType) && !parameters) return Scope::kOpen;
  return parameters && !assigns(head) ? Scope::kFunction : Scope::kOther;
}

std::string name_of(const std::string& head) {
  std::string name;
  if (re2::RE2::PartialMatch(head, R"(^\s*((?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|BENCHMARK\w*)\([^)]*\)))", &name)) return name;
  if (re2::RE2::PartialMatch(head, R"(([\w:~]*operator[^(]*|[\w:~]+)\s*\()", &name)) return name;
  return "?";
}

class Finder {
 public:
  explicit Finder(std::string code) : code_(std::move(code)) {}

  std::vector<Function> run() {
    for (at_ = 0; at_ < code_.size(); ++at_) {
      const char c = code_[at_];
      if (c == '(') ++parentheses_;
      if (c == ')') --parentheses_;
      if (c == '{') open();
      if (c == '}') close();
      if (c == ';' && parentheses_ == 0) head_ = at_ + 1;
      if (c == ':' && inside_type() && access_label()) head_ = at_ + 1;
    }
    return std::move(found_);
  }

 private:
  struct Level {
    Scope scope;
    std::size_t head;
    int parentheses;
  };

  bool in_function() const {
    return std::any_of(levels_.begin(), levels_.end(), [](const Level& l) { return l.scope != Scope::kOpen; });
  }
  bool inside_type() const { return !levels_.empty() && levels_.back().scope == Scope::kOpen; }
  bool access_label() const { return re2::RE2::FullMatch(code_.substr(head_, at_ - head_), R"(\s*(public|private|protected)\s*)"); }

  void open() {
    const Scope scope = in_function() || parentheses_ > 0 ? Scope::kOther : scope_of(code_.substr(head_, at_ - head_));
    levels_.push_back({scope, head_, parentheses_});
    parentheses_ = 0;
    head_ = at_ + 1;
  }

  void close() {
    if (levels_.empty()) return;
    const Level level = levels_.back();
    levels_.pop_back();
    parentheses_ = level.parentheses;
    head_ = at_ + 1;
    if (in_function()) return;
    if (level.scope == Scope::kOther) head_ = level.head;  // `Type name{…};` and `f(Options o = {})` go on
    if (level.scope != Scope::kFunction) return;
    // `Name::Name(…) : a_{1}, b_(2) {`: what was closed is a member, and the head goes on.
    const std::size_t next = code_.find_first_not_of(" \t\n", at_ + 1);
    if (next != std::string::npos && (code_[next] == ',' || code_[next] == '{')) {
      head_ = level.head;
      return;
    }
    record(level.head);
  }

  void record(std::size_t head) {
    const std::size_t first = code_.find_first_not_of(" \t\n", head);
    const int line = line_of(code_, first);
    found_.push_back({name_of(code_.substr(first, at_ - first)), line, line_of(code_, at_) - line + 1});
  }

  std::string code_;
  std::vector<Level> levels_;
  std::vector<Function> found_;
  std::size_t at_ = 0;
  std::size_t head_ = 0;
  int parentheses_ = 0;
};

}  // namespace

std::vector<Function> functions(std::string_view cpp) {
  std::string code = code_only(cpp);
  blank_directives(code);
  return Finder(std::move(code)).run();
}

}  // namespace otmetka::house
