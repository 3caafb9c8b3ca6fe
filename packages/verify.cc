#include "packages/verify.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "packages/agreement.h"
#include "packages/submission_rules.h"

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
      if (!rows[i]) rows[i] = one(package_.submissions[i]);
      count(*rows[i]);
      each(*rows[i]);
      rows[i].reset();
    }
    return out_;
  }

 private:
  void measure(std::vector<std::optional<VerifiedSubmission>>& rows) {
    const auto usual = task_.limits;
    std::chrono::microseconds slowest{0};
    set_limit(kMeasuringLimit);
    for (const bool accepted : {true, false}) {
      only_measuring_ = !accepted;  // to their first failure: some of what stands behind it may never end
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const PackageSubmission& submission = package_.submissions[i];
        if (!submission.bounds_time.empty() && is_accepted(submission) == accepted) measure(submission, rows[i], slowest);
      }
      // Those that are to fail in another way may do so by never ending: they are not waited for as long.
      set_limit(std::clamp<std::chrono::nanoseconds>(2 * limit_from(slowest), kShortMeasuringLimit, kMeasuringLimit));
    }
    only_measuring_ = false;
    task_.limits = usual;
    out_.time_limit = std::chrono::duration<double>(usual.cpu).count();
    if (!out_.measured) return;
    out_.time_limit = time_limit_from(package_, std::chrono::duration<double>(slowest).count());
    set_limit(limit_from(slowest));
  }

  static bool is_accepted(const PackageSubmission& submission) {
    const auto& verdicts = submission.expectation.verdicts;
    return std::find(verdicts.begin(), verdicts.end(), Verdict::kGraded) != verdicts.end();
  }

  std::chrono::nanoseconds limit_from(std::chrono::microseconds slowest) const {
    const double seconds = time_limit_from(package_, std::chrono::duration<double>(slowest).count());
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
  }

  void measure(const PackageSubmission& submission, std::optional<VerifiedSubmission>& result, std::chrono::microseconds& slowest) {
    VerifiedSubmission row = one(submission);
    const auto counts = [&](const TestOutcome& test) {
      return std::any_of(submission.bounds_time.begin(), submission.bounds_time.end(),
                         [&](const std::string& pattern) { return pattern.empty() || fits(pattern, test.id); });
    };
    const bool whole = std::all_of(row.tests.begin(), row.tests.end(), counts);
    for (const TestOutcome& test : row.tests) {
      const bool was_ended = 10 * test.cpu >= 9 * task_.limits.cpu;  // a rejected program that goes on is ended by the limit alone
      // Where only some tests count the others may be the ones that must be too slow, for a limit that is not there yet.
      if ((whole && row.agrees != true) || !counts(test) || was_ended) continue;
      out_.measured = true;
      slowest = std::max(slowest, test.cpu);
    }
    if (whole && row.agrees == true && !only_measuring_) result = std::move(row);  // else some of its tests may be too slow for the limit
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

  VerifiedSubmission one(const PackageSubmission& submission) {
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
    run_and_compare(submission, program, row);
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

  void run_and_compare(const PackageSubmission& submission, const checkers::program::SubmittedProgram& program,
                       VerifiedSubmission& row) {
    const Expectation& expected = submission.expectation;
    bool all = !expected.rules.empty();
    auto judged = workbench_.judge(task_, program, all);
    auto seen = judged ? look_at(package_, *judged, grader_) : Result<Seen>(judged.failure());
    all = all || (seen && all_run(*seen));
    if (seen && !all && !only_measuring_ && asks_for_all(expected, *seen) && is_soon_done(*judged)) {
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
    const bool not_taken = judged->refused && is_met_by_refusal(expected, *judged->refused);
    const bool also = !expected.also || rule_holds(package_, *expected.also, *seen);
    const bool agrees = other || not_taken || (also && holds(package_, expected, *seen));
    row.verdict = verdict_name(verdict_to_show(expected, *seen, agrees));
    if (!expected.verdicts.empty() || !expected.rules.empty()) row.agrees = agrees;
    if (package_.scoring) row.score = seen->score;
    note_beyond(*seen, row);
    if (row.agrees == false) tell_why(expected, *judged, row);
    for (const checkers::program::TestReport& test : judged->tests) {
      if (test.run) row.tests.push_back(test.outcome);
    }
  }

  static void tell_why(const Expectation& expected, const Judged& judged, VerifiedSubmission& row) {
    if (judged.verdict == Verdict::kCompileError) row.compile_log = judged.compile_log;
    const checkers::program::TestReport* found = nullptr;
    for (const checkers::program::TestReport& test : judged.tests) {
      if (!test.run || test.outcome.verdict == Verdict::kGraded) continue;
      const auto& verdicts = expected.verdicts;
      const bool as_expected = std::find(verdicts.begin(), verdicts.end(), test.outcome.verdict) != verdicts.end();
      if (found == nullptr || !as_expected) found = &test;
      if (!as_expected) break;
    }
    if (found != nullptr) row.failed = FailedTest{found->outcome.id, found->outcome.verdict, found->detail, found->said};
  }

  // What is not taken (a file compiled already, too much code) is not compiled either; and whoever keeps to no limit has to be
  // rejected, which no verdict of a test says.
  static bool is_met_by_refusal(const Expectation& expected, const Message& refused) {
    const auto& verdicts = expected.verdicts;
    const auto has = [&](Verdict verdict) { return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end(); };
    if (has(Verdict::kCompileError)) return true;
    const bool rejected = !has(Verdict::kGraded) && has(Verdict::kWrongAnswer) && has(Verdict::kTimeLimit) && has(Verdict::kRuntimeError);
    return rejected && refused.id == "program.too_much_code";
  }

  static bool all_run(const Seen& seen) {
    return std::all_of(seen.tests.begin(), seen.tests.end(), [](const Seen::Test& test) { return test.run; });
  }

  // Whether the tests that were not run could change what the first failure has come to.
  bool asks_for_all(const Expectation& expected, const Seen& seen) const {
    if (seen.groups.empty()) return false;
    if (!holds(package_, expected, seen)) return expected.otherwise.has_value();
    if (!expected.also || expected.also->permitted == kAnyOutcome) return false;
    Rule permits;
    permits.permitted = expected.also->permitted;
    return rule_holds(package_, permits, seen);
  }

  // Whether the tests that were not run, each as long as the one that failed, would take a bearable time.
  static bool is_soon_done(const Judged& judged) {
    std::chrono::microseconds failed{0};
    std::int64_t left = 0;
    for (const checkers::program::TestReport& test : judged.tests) {
      if (!test.run) ++left;
      if (test.run && test.outcome.verdict != Verdict::kGraded) failed = std::max(failed, std::max(test.outcome.cpu, test.outcome.wall));
    }
    return left * failed <= kMostOnAllTests;
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
  bool only_measuring_ = false;
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
