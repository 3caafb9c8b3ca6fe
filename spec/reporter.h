// Collects the diagnostics of one file, bounded.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "spec/diagnostic.h"

namespace otmetka::spec {

// The first 100 problems are kept; then one OT200 says that there are more. Not thread-safe.
class Reporter {
 public:
  static constexpr std::size_t kMost = 100;

  explicit Reporter(std::string file) : file_(std::move(file)) {}

  void error(std::string code, const yaml::Range& range, std::string path, std::vector<Arg> args = {}, std::optional<Fix> fix = {}) {
    add({{std::move(code), std::move(args)}, messages::Severity::kError, file_, range, std::move(path), std::move(fix)});
  }
  void warning(std::string code, const yaml::Range& range, std::string path, std::vector<Arg> args = {}) {
    add({{std::move(code), std::move(args)}, messages::Severity::kWarning, file_, range, std::move(path), {}});
  }

  // What has been said already, so that one mistake is told once. `path` of an unknown key is its mapping's.
  bool has_problem_at(const std::string& path) const { return paths_.contains(path); }
  bool has_refused(const std::string& path) const { return refused_.contains(path); }  // its whole value
  bool has_unknown_key(const std::string& path) const { return unknown_keys_.contains(path); }
  bool has_fix(const std::string& path, const std::string& replacement) const { return fixes_.contains(path + "." + replacement); }

  std::vector<Diagnostic> take() { return std::move(diagnostics_); }

 private:
  void add(Diagnostic diagnostic) {
    note(diagnostic);
    if (diagnostics_.size() > kMost) return;
    if (diagnostics_.size() == kMost) {
      diagnostic = {{"OT200", {static_cast<std::int64_t>(kMost)}}, messages::Severity::kNote, file_, {}, {}, {}};
    }
    diagnostics_.push_back(std::move(diagnostic));
  }

  void note(const Diagnostic& diagnostic) {
    if (diagnostic.message.id == "OT107" || diagnostic.message.id == "OT646") {
      unknown_keys_.insert(diagnostic.path);
      if (diagnostic.fix) fixes_.insert(diagnostic.path + "." + diagnostic.fix->replacement);
    } else {
      paths_.insert(diagnostic.path);
      if (diagnostic.message.id == "OT108" || diagnostic.message.id == "OT109") refused_.insert(diagnostic.path);
    }
  }

  std::string file_;
  std::unordered_set<std::string> paths_;
  std::unordered_set<std::string> refused_;
  std::unordered_set<std::string> unknown_keys_;
  std::unordered_set<std::string> fixes_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace otmetka::spec
