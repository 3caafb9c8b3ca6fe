#include "packages/verify.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "packages/agreement.h"

namespace otmetka::packages {
namespace {

using checkers::program::Judged;
using checkers::program::Task;

constexpr double kUsualMultiplier = 5;
constexpr double kLeastSeconds = 2;
constexpr double kMostSeconds = 600;

std::string number_text(double value) {
  std::array<char, 64> text{};
  const auto format = std::fabs(value) < 1e15 ? std::chars_format::fixed : std::chars_format::general;
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), value, format);
  return problem == std::errc{} ? std::string(text.data(), end) : "?";
}

// ".disabled", each once; "–": no name has one.
std::string endings_of(const std::vector<sandbox::SourceFile>& files) {
  std::set<std::string> endings;
  for (const sandbox::SourceFile& file : files) {
    const auto dot = file.name.rfind('.');
    if (dot != std::string::npos && endings.size() < 5) endings.insert(file.name.substr(dot));
  }
  std::string out;
  for (const std::string& ending : endings) out += (out.empty() ? "" : ", ") + ending;
  return out.empty() ? "–" : out;
}

class Verifying {
 public:
  Verifying(const Package& package, const Workbench& workbench) : package_(package), workbench_(workbench), task_(package.task) {
    if (package.grader) {
      grader_ = [this](const std::vector<std::string>& arguments, const std::string& input) {
        return workbench_.grade(*package_.grader, arguments, input);
      };
      if (!workbench.grade) grader_ = nullptr;
    }
  }

  Verification run(const std::function<void(const VerifiedSubmission&)>& each) {
    std::vector<std::optional<VerifiedSubmission>> rows(package_.submissions.size());
    if (package_.time_limit) {
      out_.time_limit = *package_.time_limit;
    } else {
      measure(rows);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!rows[i]) rows[i] = one(package_.submissions[i], false);
      count(*rows[i]);
      each(*rows[i]);
      rows[i].reset();
    }
    return out_;
  }

 private:
  void measure(std::vector<std::optional<VerifiedSubmission>>& rows) {
    const auto usual = task_.limits;
    set_limit(kMeasuringLimit);
    std::chrono::microseconds slowest{0};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const PackageSubmission& submission = package_.submissions[i];
      if (!submission.bounds_time) continue;
      rows[i] = one(submission, true);
      if (rows[i]->verdict != verdict_name(Verdict::kGraded)) continue;
      out_.measured = true;
      for (const TestOutcome& test : rows[i]->tests) slowest = std::max(slowest, test.cpu);
    }
    task_.limits = usual;
    out_.time_limit = std::chrono::duration<double>(usual.cpu).count();
    if (!out_.measured) return;
    out_.time_limit = time_limit_from(package_, std::chrono::duration<double>(slowest).count());
    set_limit(std::chrono::nanoseconds(static_cast<std::int64_t>(out_.time_limit * 1e9)));
  }

  void set_limit(std::chrono::nanoseconds cpu) {
    task_.limits.cpu = cpu;
    task_.limits.wall = wall_limit(cpu, task_.judge && task_.judge->interactive);
  }

  void count(const VerifiedSubmission& row) {
    if (row.verdict == "SKIPPED") {
      ++out_.skipped;
    } else if (!row.agrees) {
      ++out_.unknown;
    } else {
      ++(*row.agrees ? out_.agree : out_.disagree);
    }
  }

  VerifiedSubmission one(const PackageSubmission& submission, bool all_tests) {
    VerifiedSubmission row;
    row.submission = submission.path;
    for (const Verdict verdict : submission.expectation.verdicts) row.expected.emplace_back(verdict_name(verdict));
    const sandbox::LanguageState* language = workbench_.language(submission.program.language);
    if (auto why = why_skipped(submission, language)) {
      row.verdict = "SKIPPED";
      row.notes.push_back(std::move(*why));
      return row;
    }
    checkers::program::SubmittedProgram program = submission.program;
    program.entry = submission.entry;
    choose_main_file(program, *language->language, task_);
    run_and_compare(submission, program, all_tests, row);
    return row;
  }

  std::optional<Message> why_skipped(const PackageSubmission& submission, const sandbox::LanguageState* language) const {
    if (submission.unreadable) return submission.unreadable;
    if (language == nullptr && submission.foreign.empty()) return Message{"OT558", {submission.path, endings_of(submission.program.files)}};
    if (language == nullptr) return Message{"OT589", {submission.path, submission.foreign}};
    if (!language->installed) return Message{"OT589", {submission.path, language->language->title}};
    if (!task_.judge) return std::nullopt;
    const sandbox::LanguageState* judges = workbench_.language(task_.judge->language);
    if (judges != nullptr && judges->installed) return std::nullopt;
    return Message{"OT589", {package_.name, judges == nullptr ? task_.judge->language : judges->language->title}};
  }

  void run_and_compare(const PackageSubmission& submission, const checkers::program::SubmittedProgram& program, bool all_tests,
                       VerifiedSubmission& row) {
    const Expectation& expected = submission.expectation;
    bool all = all_tests || !expected.rules.empty();
    auto judged = workbench_.judge(task_, program, all);
    auto seen = judged ? look_at(package_, *judged, grader_) : Result<Seen>(judged.failure());
    if (seen && !all && !seen->groups.empty() && expected.otherwise && !holds(package_, expected, *seen)) {
      judged = workbench_.judge(task_, program, true);
      seen = judged ? look_at(package_, *judged, grader_) : Result<Seen>(judged.failure());
      all = true;
    }
    if (!seen) {
      row.verdict = verdict_name(Verdict::kInfraError);
      row.agrees = false;
      row.notes.push_back(seen.failure().message);
      return;
    }
    if (judged->refused) row.notes.push_back(*judged->refused);
    const bool other = all && expected.otherwise && !seen->groups.empty() && rule_holds(package_, *expected.otherwise, *seen);
    const bool agrees = other || holds(package_, expected, *seen);
    row.verdict = verdict_name(verdict_to_show(expected, *seen, agrees));
    if (!expected.verdicts.empty() || !expected.rules.empty()) row.agrees = agrees;
    if (package_.scoring) row.score = seen->score;
    note_beyond(*seen, row);
    for (const checkers::program::TestReport& test : judged->tests) {
      if (test.run) row.tests.push_back(test.outcome);
    }
  }

  // Of one group: the others are likely to be wrong for the same reason.
  void note_beyond(const Seen& seen, VerifiedSubmission& row) const {
    const auto found = std::find_if(seen.groups.begin(), seen.groups.end(), [](const GroupResult& one) { return one.beyond.has_value(); });
    if (!package_.scoring || found == seen.groups.end()) return;
    const TestGroup& group = package_.tree.groups[static_cast<std::size_t>(found - seen.groups.begin())];
    const std::string place = group.id.empty() ? "data" : "data/" + group.id;
    row.notes.push_back(
        {"OT554", {row.submission, place, number_text(*found->beyond), number_text(group.low), number_text(group.high)}});
  }

  const Package& package_;
  const Workbench& workbench_;
  Task task_;
  RunGrader grader_;
  Verification out_;
};

}  // namespace

double time_limit_from(const Package& package, double slowest) {
  double limit = package.time_multiplier.value_or(kUsualMultiplier) * slowest;
  if (package.time_multiplier || package.time_resolution) {
    const double step = package.time_resolution.value_or(1);
    limit = std::max(1.0, std::ceil(limit / step - 1e-9)) * step;
  } else {
    limit = std::max(limit, kLeastSeconds);
  }
  return std::min(limit, kMostSeconds);
}

Verification verify(const Package& package, const Workbench& workbench, const std::function<void(const VerifiedSubmission&)>& each) {
  return Verifying(package, workbench).run(each);
}

}  // namespace otmetka::packages
