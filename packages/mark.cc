#include "packages/mark.h"

#include <algorithm>
#include <cmath>

#include "packages/agreement.h"

namespace otmetka::packages {
namespace {

constexpr double kMostScore = 1'000'000;

// Where a grader fails there is no test that it would be about.
const std::string kWhere = "graders/";

// Scores are for people. So the denominators of shares stay small, too.
Ratio to_thousandth(double score) { return {static_cast<std::int64_t>(std::llround(score * 1'000)), 1'000}; }

// Of a program that passes every test, where no judge of the package's own says more than that.
std::optional<double> score_of_all_tests(const Package& package) {
  const bool told_by_programs = package.grader || (package.task.judge && package.judge_scores);
  if (told_by_programs) return std::nullopt;
  const TestResult accepted{.run = true, .verdict = Verdict::kGraded, .share = 1, .score = {}};
  const std::vector<TestResult> passed(package.task.tests.size(), accepted);
  const auto groups = grade(package.tree, passed, nullptr);
  return groups ? std::optional<double>(groups->front().score) : std::nullopt;
}

}  // namespace

Result<Ratio> worth_of(const Package& package) {
  if (!package.incomplete.empty()) return error("OT596", {"include/" + package.incomplete.front()});
  const auto is_left_out = [](const Message& warning) { return warning.id == "OT579"; };
  const auto left_out = std::find_if(package.warnings.begin(), package.warnings.end(), is_left_out);
  if (left_out != package.warnings.end()) return error("OT553", left_out->args);
  if (!package.scoring) return Ratio(1);
  if (package.minimised) return error("OT592", {});
  const auto best = package.best_score ? package.best_score : score_of_all_tests(package);
  if (!best || !(*best >= 0.001) || *best > kMostScore) return error("OT591", {static_cast<std::int64_t>(kMostScore)});
  return to_thousandth(*best);
}

Result<Mark> mark_of(const Package& package, const Ratio& worth, const checkers::program::Judged& judged, const RunGrader& grader) {
  const auto seen = look_at(package, judged, grader);
  if (!seen) return seen.failure();
  Mark out;
  out.verdict = seen->verdict;
  if (!package.scoring) {
    out.credit = Ratio(seen->verdict == Verdict::kGraded ? 1 : 0);
    return out;
  }
  const double score = std::isnan(seen->score) ? 0 : std::clamp(seen->score, 0.0, kMostScore);
  out.score = std::min(to_thousandth(score), worth);
  out.credit = *out.score / worth;
  return out;
}

Int128 mark_denominator(const Package& package, const Ratio& worth) {
  return package.scoring ? (Ratio(1, 1'000) / worth).den() : Int128{1};
}

RunGrader grader_in(sandbox::Workshop& workshop, const Package& package) {
  if (!package.grader) return nullptr;
  return [&workshop, &package](const std::vector<std::string>& arguments, const std::string& input) {
    return run_grader(workshop, *package.grader, arguments, input);
  };
}

Result<std::string> run_grader(sandbox::Workshop& workshop, const checkers::program::Judge& grader,
                               const std::vector<std::string>& arguments, const std::string& input) {
  const sandbox::LanguageState* language = workshop.language(grader.language);
  if (language == nullptr) return error("OT565", {kWhere, grader.language});
  const auto compiled = workshop.compile(*language->language, grader.files);
  if (!compiled) return compiled.failure();
  if (!compiled->executable) return error("OT567", {compiled->log.substr(0, 500)});
  auto bytes = sandbox::MemoryFile::make(input);
  if (!bytes) return bytes.failure();
  sandbox::Limits limits;
  limits.cpu = std::chrono::seconds(10);
  limits.wall = std::chrono::seconds(20);
  sandbox::Program program = workshop.program(*compiled->executable, limits, arguments);
  program.input = std::move(*bytes);
  const auto ran = workshop.sandbox().run(program);
  if (!ran) return ran.failure();
  if (ran->ending != sandbox::Ending::kExited || ran->code != 0) return error("OT565", {kWhere, ran->err.substr(0, 500)});
  return ran->out;
}

}  // namespace otmetka::packages
