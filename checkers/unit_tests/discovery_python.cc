#include <algorithm>
#include <map>
#include <set>

#include "checkers/unit_tests/discovery.h"
#include "checkers/unit_tests/source_text.h"

namespace otmetka::checkers::unit_tests {
namespace {

using Tokens = std::vector<std::string_view>;

constexpr std::string_view kTestCases[] = {"TestCase", "IsolatedAsyncioTestCase"};
constexpr std::string_view kSetups[] = {"setup_module",   "teardown_module",   "setup_class",  "teardown_class",
                                        "setup_function", "teardown_function", "setup_method", "teardown_method"};

template <class Range>
bool contains(const Range& range, std::string_view text) {
  return std::find(std::begin(range), std::end(range), text) != std::end(range);
}

struct Class {
  std::string path;  // "TestA", "TestA.TestB"
  std::vector<std::string> bases;
  std::vector<std::string> methods;
  bool has_init = false;
  bool has_setup = false;       // one that pytest knows and unittest does not
  bool has_fixtures = false;    // a test that takes something
};

// The names between `(` and its `)`, at depth one, that stand before `:` or `=`; those with a default are left out.
std::vector<std::string_view> parameters(const Tokens& tokens, std::size_t open) {
  std::vector<std::string_view> out;
  int depth = 0;
  std::string_view name;
  bool has_default = false;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    const std::string_view token = tokens[i];
    const bool ends = depth == 1 && (token == "," || token == ")");
    if (ends && !name.empty() && !has_default) out.push_back(name);
    if (ends) {
      name = {};
      has_default = false;
    }
    if (token == "(" || token == "[" || token == "{") {
      ++depth;
    } else if (token == ")" || token == "]" || token == "}") {
      if (--depth == 0) break;
    } else if (depth == 1 && token == "=") {
      has_default = true;
    } else if (depth == 1 && name.empty() && is_word(token[0])) {
      name = token;
    }
  }
  return out;
}

class PythonScan {
 public:
  explicit PythonScan(std::string_view source) : lines_(python_lines(source)) {}

  FoundTests read() {
    for (const PythonLine& line : lines_) take(line);
    collect();
    choose_framework();
    return std::move(out_);
  }

 private:
  struct Scope {
    std::size_t indent;
    Class* in_class;  // null: a function, or what an import does not run
  };
  struct Item {
    std::string function;  // or:
    Class* in_class = nullptr;
  };

  void take(const PythonLine& line) {
    while (!scopes_.empty() && scopes_.back().indent >= line.indent) scopes_.pop_back();
    const Tokens words = tokens(line.text);
    for (const std::string_view word : words) {
      says_pytest_ = says_pytest_ || word == "pytest";
      says_unittest_ = says_unittest_ || word == "unittest";
    }
    const bool is_async = token(words, 0) == "async";
    const std::size_t at = is_async ? 1 : 0;
    if (token(words, at) == "def") {
      if (is_seen()) function(words, at + 1);
      scopes_.push_back({line.indent, nullptr});
    } else if (token(words, 0) == "class") {
      scopes_.push_back({line.indent, is_seen() ? begin_class(words) : nullptr});
    } else if (token(words, 0) == "if" && contains(words, "__name__")) {
      scopes_.push_back({line.indent, nullptr});
    }
  }

  bool is_seen() const {
    return std::all_of(scopes_.begin(), scopes_.end(), [](const Scope& scope) { return scope.in_class != nullptr; });
  }

  void function(const Tokens& words, std::size_t at) {
    const std::string_view name = token(words, at);
    Class* owner = scopes_.empty() ? nullptr : scopes_.back().in_class;
    const std::size_t own = owner == nullptr ? 0 : 1;  // self
    const bool takes = name.starts_with("test") && parameters(words, at + 1).size() > own;
    const bool is_setup = contains(kSetups, name);
    if (owner == nullptr) {
      takes_fixtures_ = takes_fixtures_ || takes || is_setup;
      if (name.starts_with("test")) add({std::string(name), nullptr}, std::string(name));
      return;
    }
    owner->has_init = owner->has_init || name == "__init__";
    owner->has_setup = owner->has_setup || is_setup;
    owner->has_fixtures = owner->has_fixtures || takes;
    if (!name.starts_with("test")) return;
    if (contains(owner->methods, name)) {
      out_.twice.push_back(owner->path + "." + std::string(name));
    } else {
      owner->methods.emplace_back(name);
    }
  }

  void add(Item item, const std::string& name) {
    if (!names_.insert(name).second) {
      out_.twice.push_back(name);
    } else {
      items_.push_back(std::move(item));
    }
  }

  Class* begin_class(const Tokens& words) {
    Class made;
    const std::string outer = scopes_.empty() ? std::string() : scopes_.back().in_class->path + ".";
    made.path = outer + std::string(token(words, 1));
    if (token(words, 2) == "(") {
      for (std::size_t i = 3; i < words.size() && words[i] != ")"; ++i) {
        const bool last_of_dotted = is_word(words[i][0]) && token(words, i + 1) != "." && token(words, i + 1) != "=";
        if (last_of_dotted) made.bases.emplace_back(words[i]);
      }
    }
    const std::string path = made.path;
    Class* kept = &(classes_[path] = std::move(made));
    add({{}, kept}, path);
    return kept;
  }

  const Class* base_of(const Class& one, const std::string& name) const {
    const auto found = classes_.find(name);
    return found == classes_.end() || &found->second == &one ? nullptr : &found->second;
  }

  bool is_unittest(const Class& one, int depth = 0) const {
    return depth < 20 && std::any_of(one.bases.begin(), one.bases.end(), [&](const std::string& name) {
             const Class* base = base_of(one, name);
             return contains(kTestCases, name) || (base != nullptr && is_unittest(*base, depth + 1));
           });
  }

  // Those of base classes first, as they are defined first.
  void methods_of(const Class& one, std::vector<std::string>& out, int depth = 0) const {
    if (depth > 20) return;
    for (const std::string& name : one.bases) {
      if (const Class* base = base_of(one, name)) methods_of(*base, out, depth + 1);
    }
    for (const std::string& method : one.methods) {
      if (!contains(out, method)) out.push_back(method);
    }
  }

  // pytest looks into classes whose name begins with Test, and into those within them.
  static bool is_pytest_class(const Class& one) {
    for (std::size_t at = 0; at < one.path.size();) {
      if (!std::string_view(one.path).substr(at).starts_with("Test")) return false;
      const auto dot = one.path.find('.', at);
      at = dot == std::string::npos ? one.path.size() : dot + 1;
    }
    return !one.has_init;
  }

  void collect() {
    for (const Item& item : items_) {
      if (item.in_class == nullptr) {
        out_.names.push_back(item.function);
        continue;
      }
      const Class& one = *item.in_class;
      const bool of_unittest = is_unittest(one) && one.path.find('.') == std::string::npos;
      if (!of_unittest && !is_pytest_class(one)) continue;
      std::vector<std::string> methods;
      methods_of(one, methods);
      for (const std::string& method : methods) out_.names.push_back(one.path + "." + method);
      takes_fixtures_ = takes_fixtures_ || (!of_unittest && (one.has_setup || one.has_fixtures));
    }
  }

  void choose_framework() {
    if (says_pytest_ || takes_fixtures_) {
      out_.framework = PythonFramework::kPytest;
    } else if (says_unittest_) {
      out_.framework = PythonFramework::kUnittest;
    }
  }

  std::vector<PythonLine> lines_;
  std::vector<Scope> scopes_;
  std::vector<Item> items_;
  std::set<std::string> names_;
  std::map<std::string, Class> classes_;  // by path; places stay while others are added
  bool says_pytest_ = false;
  bool says_unittest_ = false;
  bool takes_fixtures_ = false;
  FoundTests out_;
};

}  // namespace

std::vector<std::string> python_star_imports(std::string_view source) {
  std::vector<std::string> out;
  for (const PythonLine& line : python_lines(source)) {
    const Tokens words = tokens(line.text);
    for (std::size_t i = 0; i + 3 < words.size(); ++i) {
      if (words[i] == "from" && words[i + 2] == "import" && words[i + 3] == "*") out.emplace_back(words[i + 1]);
    }
  }
  return out;
}

FoundTests find_python_tests(std::string_view source) { return PythonScan(source).read(); }

}  // namespace otmetka::checkers::unit_tests
