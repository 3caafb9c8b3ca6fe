#include "checkers/unit_tests/report_tap.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "model/text.h"

namespace otmetka::checkers::unit_tests {
namespace {

constexpr std::size_t kMostQuoted = 120;

bool is_space(char c) { return c == ' ' || c == '\t'; }

bool begins_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

// A number that the text begins with, which is taken off it. nullopt: it begins with none, or with one past kMostReportedTests.
std::optional<std::size_t> take_number(std::string_view& text) {
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || number > kMostReportedTests) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// Description and directive of "name \# 1 # SKIP why": {"name # 1", "skipped"}.
std::pair<std::string, const char*> read_description(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == '\\' && (next == '#' || next == '\\')) {
      name += next;
      ++i;
      continue;
    }
    if (text[i] == '#' && (i == 0 || is_space(text[i - 1]))) {
      const std::string_view directive = trimmed(text.substr(i + 1));
      const char* reason = begins_with_word(directive, "skip") ? "skipped" : begins_with_word(directive, "todo") ? "todo" : nullptr;
      if (reason != nullptr) return {std::string(trimmed(name)), reason};
    }
    name += text[i];
  }
  return {std::string(trimmed(name)), nullptr};
}

class Tap {
 public:
  ReportedTests read(std::string_view bytes) {
    if (bytes.size() > kMostReportBytes) {
      fail("report_large");
    } else {
      lines(bytes);
    }
    if (out_.problem) out_.tests.clear();
    return std::move(out_);
  }

 private:
  void lines(std::string_view bytes) {
    while (!bytes.empty() && !out_.problem) {
      ++number_;
      const auto end = bytes.find('\n');
      line_ = bytes.substr(0, end);
      if (end == std::string_view::npos) return fail("report_cut");
      bytes.remove_prefix(end + 1);
      if (line_.ends_with('\r')) line_.remove_suffix(1);
      take();
    }
    line_ = {};
    if (out_.problem) return;
    if (!plan_) return fail(out_.tests.empty() ? "report_absent" : "report_cut");
    if (out_.tests.size() < *plan_ || in_yaml_) fail("report_cut");
  }

  void take() {
    const bool after_result = std::exchange(after_result_, false);
    if (in_yaml_) {
      in_yaml_ = trimmed(line_) != "...";
    } else if (!line_.empty() && is_space(line_[0])) {
      in_yaml_ = after_result && line_ == "  ---";
    } else if (line_.starts_with("Bail out!")) {
      fail("bail_out");
    } else if (line_.starts_with("TAP version")) {
      version();
    } else if (line_.starts_with("1..")) {
      plan(line_.substr(3));
    } else if (line_ == "ok" || line_.starts_with("ok ")) {
      result(true, line_.substr(2));
    } else if (line_ == "not ok" || line_.starts_with("not ok ")) {
      result(false, line_.substr(6));
    }
  }

  void version() {
    const bool known = line_ == "TAP version 12" || line_ == "TAP version 13" || line_ == "TAP version 14";
    if (!known || has_version_ || plan_ || !out_.tests.empty()) return fail("report_unfit");
    has_version_ = true;
  }

  void plan(std::string_view rest) {
    const auto count = take_number(rest);
    rest = trimmed(rest);
    if (!count || (!rest.empty() && rest[0] != '#') || plan_) return fail("report_unfit");
    if (!out_.tests.empty() && out_.tests.size() > *count) return fail("report_unfit");
    if (!out_.tests.empty() && out_.tests.size() < *count) return fail("report_cut");
    plan_ = count;
    is_after_ = !out_.tests.empty();
  }

  void result(bool passed, std::string_view rest) {
    rest = trimmed(rest);
    const std::size_t expected = out_.tests.size() + 1;
    if (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') {
      if (take_number(rest) != expected) return fail("report_unfit");
      if (!rest.empty() && !is_space(rest[0])) return fail("report_unfit");
    }
    if (expected > plan_.value_or(kMostReportedTests) || is_after_) return fail("report_unfit");
    rest = trimmed(rest);
    if (rest == "-" || rest.starts_with("- ")) rest = trimmed(rest.substr(1));
    auto [name, directive] = read_description(rest);
    if (name.empty()) name = std::to_string(expected);
    const bool counts = passed && directive == nullptr;
    const char* reason = directive != nullptr ? directive : "wrong";
    out_.tests.push_back({std::move(name), Ratio(counts ? 1 : 0), counts ? "" : reason, {}, false});
    after_result_ = true;
  }

  void fail(const char* reason) {
    std::string detail = std::to_string(number_) + (line_.empty() ? "" : ": ") + std::string(line_.substr(0, kMostQuoted));
    out_.problem = ReportProblem{reason, std::move(detail)};
  }

  ReportedTests out_;
  std::size_t number_ = 0;  // of the line
  std::string_view line_;
  std::optional<std::size_t> plan_;
  bool is_after_ = false;  // the plan stood after results: there can be no more
  bool has_version_ = false;
  bool after_result_ = false;
  bool in_yaml_ = false;
};

}  // namespace

ReportedTests read_tap(std::string_view bytes) { return Tap().read(bytes); }

}  // namespace otmetka::checkers::unit_tests
