// Submissions that say themselves how they do on each test, and what `verify` makes of them.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "packages/package_test_support.h"
#include "packages/verify.h"

namespace otmetka::packages {

using checkers::program::Judged;
using checkers::program::SubmittedProgram;
using checkers::program::Task;
using checkers::program::TestReport;
using std::chrono::milliseconds;

// A submission's text is how it does on each test, in order: `ok`, `wrong`, `slow`, `idle`, `crash`, `flood`, or how many
// milliseconds it takes, `=7` scores 7; `compile` alone does not compile, `long` is longer than may be, `broken` breaks what judges it.
inline TestReport report(const Task& task, std::size_t test, const std::string& word) {
  const std::pair<const char*, Verdict> words[] = {
      {"ok", Verdict::kGraded},          {"wrong", Verdict::kWrongAnswer}, {"slow", Verdict::kTimeLimit},   {"idle", Verdict::kIdleLimit},
      {"crash", Verdict::kRuntimeError}, {"flood", Verdict::kOutputLimit}, {"large", Verdict::kMemoryLimit}};
  TestReport out;
  out.run = true;
  out.outcome.id = task.tests[test].id;
  out.outcome.cpu = milliseconds(1);
  for (const auto& [name, verdict] : words) {
    if (word == name) out.outcome.verdict = verdict;
  }
  if (std::isdigit(static_cast<unsigned char>(word[0])) != 0) {
    out.outcome.cpu = milliseconds(std::strtol(word.c_str(), nullptr, 10));
    if (out.outcome.cpu > task.limits.cpu) out.outcome.verdict = Verdict::kTimeLimit;
  }
  if (word[0] == '=') out.score = std::strtod(word.c_str() + 1, nullptr);
  if (out.outcome.verdict == Verdict::kGraded) out.credit = Ratio(1);
  out.said = "it was " + word;
  return out;
}

inline Result<Judged> fake_judge(const Task& task, const SubmittedProgram& program, bool all) {
  std::istringstream text(program.files.at(0).bytes);
  Judged out;
  out.tests.resize(task.tests.size());
  std::string word;
  bool stopped = false;
  for (std::size_t i = 0; i < task.tests.size() && text >> word; ++i) {
    if (word == "#") std::getline(text, word), text >> word;
    if (word == "compile") {
      out.verdict = Verdict::kCompileError;
      out.compile_log = "x.py:1: no";
      out.tests.clear();
      return out;
    }
    if (word == "long") {
      out.verdict = Verdict::kInvalidInput;
      out.refused = Message{"program.too_much_code", {std::int64_t{1'024}}};
      out.tests.clear();
      return out;
    }
    if (word == "broken") return error("OT565", {task.tests[i].id, std::string("exit 1")});
    if (stopped && !all) break;
    out.tests[i] = report(task, i, word);
    if (out.tests[i].outcome.verdict == Verdict::kGraded) continue;
    if (out.verdict == Verdict::kGraded) out.verdict = out.tests[i].outcome.verdict;
    stopped = stopped || task.all_or_nothing;
  }
  return out;
}

inline Workbench workbench() {
  static const std::vector<sandbox::LanguageState> kStates = [] {
    std::vector<sandbox::LanguageState> out;
    for (const sandbox::Language& one : sandbox::built_in_languages()) out.push_back({&one, one.id != "pascal", ""});
    return out;
  }();
  const auto state = [](const std::string& id) -> const sandbox::LanguageState* {
    const auto found =
        std::find_if(kStates.begin(), kStates.end(), [&](const sandbox::LanguageState& one) { return one.language->id == id; });
    return found == kStates.end() ? nullptr : &*found;
  };
  return {.language = state, .judge = fake_judge, .grade = {}};
}

inline std::string mark(const std::optional<bool>& agrees) { return !agrees ? "-" : *agrees ? "yes" : "NO"; }

inline std::string verified(const ScratchPackage& scratch, Verification* done = nullptr) {
  const auto package = read_package(scratch.path());
  if (!package) return package.failure().code();
  std::string out;
  const Verification all = verify(*package, workbench(), [&](const VerifiedSubmission& row) {
    out += row.submission.substr(12) + " " + row.verdict + " " + mark(row.agrees);
    for (const Message& note : row.notes) out += " " + note.id;
    out += "\n";
  });
  if (done != nullptr) *done = all;
  return out;
}

// One submission of a package with a time limit and three tests.
inline std::string one(const std::string& folder, const std::string& text, const ScratchPackage::Files& more = {}) {
  ScratchPackage::Files files = {
      {".timelimit", "1"}, {"data/secret/2.in", ""}, {"data/secret/2.ans", ""}, {"data/secret/3.in", ""}, {"data/secret/3.ans", ""}};
  files.insert(files.end(), more.begin(), more.end());
  files.push_back({"submissions/" + folder + "/x.py", text});
  const std::string out = verified(ScratchPackage(files));
  return out.substr(out.find(' ') + 1, out.size() - out.find(' ') - 2);
}

}  // namespace otmetka::packages
