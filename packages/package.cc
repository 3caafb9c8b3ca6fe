#include "packages/package.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "packages/problem_settings.h"
#include "packages/submission_list.h"
#include "packages/test_data.h"
#include "packages/validator_flags.h"

namespace otmetka::packages {
namespace {

using checkers::program::Comparison;
using checkers::program::Task;

constexpr std::uint64_t kMemory = std::uint64_t{2} << 30;
constexpr std::uint64_t kOutput = std::uint64_t{8} << 20;
constexpr std::uint64_t kProcesses = 64;  // and threads
constexpr double kPasses = 2;             // the format's
constexpr double kLaterMultiplier = 2;    // ac_to_time_limit of 2025-09; the legacy one's default is verify's
constexpr double kTimeLimit = 10;         // DOMjudge's, in seconds

const std::array<std::string, 2> kJudgeFolders = {"output_validator", "output_validators"};
const std::string kNoJudge = "output_validators/ (output_validator/)";
const std::array<std::string, 1> kGraderFolders = {"graders"};

std::chrono::nanoseconds seconds(double count) { return std::chrono::nanoseconds(static_cast<std::int64_t>(std::llround(count * 1e9))); }

// What is not known here is kept: an empty list would let in every language.
void set_languages(const ProblemSettings& settings, Languages languages, Package& out) {
  std::string known, unknown;
  const auto add = [](std::string& list, const std::string& word) { list += (list.empty() ? "" : ", ") + word; };
  for (const std::string& code : settings.languages) {
    std::string id = language_by_code(code, languages);
    add(id.empty() ? unknown : known, id.empty() ? code : id);
    out.task.languages.push_back(id.empty() ? code : std::move(id));
  }
  if (!unknown.empty()) out.warnings.push_back({"OT597", {std::string("problem.yaml, languages"), unknown, known.empty() ? "–" : known}});
}

void set_limits(const ProblemSettings& settings, Task& task) {
  task.limits.cpu = seconds(settings.time_limit.value_or(kTimeLimit));
  task.limits.wall = wall_limit(task.limits.cpu, settings.interactive);
  task.limits.memory_bytes = settings.memory_bytes.value_or(kMemory);
  task.limits.output_bytes = settings.output_bytes.value_or(kOutput);
  task.limits.processes = kProcesses;
  task.code_bytes = settings.code_bytes;
  task.same_time = true;
}

// Of the legacy format `validation` says whether there is a validator; later its folder does.
Status set_judge(const PackageFiles& files, const ProblemSettings& settings, Languages languages, Package& out) {
  const bool wanted = settings.custom_validation || settings.interactive || settings.multi_pass;
  if (settings.legacy && !wanted) return ok_status();
  auto judge = read_judge(files, kJudgeFolders, languages, settings.constants, out.warnings);
  if (!judge) return judge.failure();
  if (!*judge) return wanted ? Status(error("OT557", {kNoJudge})) : ok_status();
  out.task.judge = std::move(*judge);
  out.task.judge->interactive = settings.interactive;
  if (settings.multi_pass) out.task.passes = static_cast<int>(settings.passes.value_or(kPasses));
  out.task.comparison.kind = Comparison::Kind::kProgram;
  return ok_status();
}

Status set_tests(const PackageFiles& files, const ProblemSettings& settings, Languages languages, Package& out) {
  const bool judged = out.task.judge.has_value();
  if (!judged) {
    const auto comparison = comparison_of(settings.validator_flags);
    if (!comparison) return comparison.failure();
    out.task.comparison = *comparison;
  }
  auto data = read_test_data(files, settings, judged, out.warnings);
  if (!data) return data.failure();
  out.task.tests = std::move(data->tests);
  const auto is_sample = [](const auto& test) { return test.id.starts_with("sample/"); };
  if (std::all_of(out.task.tests.begin(), out.task.tests.end(), is_sample)) out.warnings.push_back({"OT569", {files.name()}});
  out.task.groups = std::move(data->groups);
  out.tree = std::move(data->tree);
  out.best_score = data->best_score;
  const bool custom = std::any_of(out.tree.groups.begin(), out.tree.groups.end(), [](const TestGroup& group) { return group.custom; });
  if (!custom) return ok_status();
  auto grader = read_judge(files, kGraderFolders, languages, settings.constants, out.warnings);
  if (!grader) return grader.failure();
  if (!*grader) return error("OT557", {kGraderFolders.front() + "/"});
  out.grader = std::move(*grader);
  return ok_status();
}

}  // namespace

std::chrono::nanoseconds wall_limit(std::chrono::nanoseconds cpu, bool interactive) {
  return interactive ? 2 * cpu + std::chrono::seconds(2) : 2 * cpu + std::chrono::seconds(1);
}

Result<Package> read_package(const std::string& path, Languages languages) {
  const auto files = PackageFiles::open(path);
  if (!files) return files.failure();
  return read_package(*files, languages, Submissions::kRead);
}

Result<Package> read_package(const PackageFiles& files, Languages languages, Submissions submissions) {
  Package out;
  const auto settings = read_settings(files, out.warnings);
  if (!settings) return settings.failure();
  out.path = files.root();
  out.name = settings->name.empty() ? files.name() : settings->name;
  out.scoring = settings->scoring;
  out.minimised = settings->minimised;
  out.judge_scores = settings->custom_score;
  out.time_limit = settings->time_limit;
  out.time_multiplier = settings->time_multiplier;
  if (!settings->legacy && !out.time_multiplier) out.time_multiplier = kLaterMultiplier;
  out.time_resolution = settings->time_resolution;
  out.task.scoring = settings->scoring;  // a validator may give scores that nothing announces
  out.task.all_or_nothing = !settings->scoring;
  set_limits(*settings, out.task);
  set_languages(*settings, languages, out);
  if (Status set = set_judge(files, *settings, languages, out); !set) return set.failure();
  if (Status set = set_tests(files, *settings, languages, out); !set) return set.failure();
  Status included = read_includes(files, languages, settings->constants, out.task, out.incomplete, out.warnings);
  if (!included) return included.failure();
  if (submissions == Submissions::kLeave) return out;
  auto read = read_submissions(files, languages, settings->constants, settings->legacy, out.task.tests, out.warnings);
  if (!read) return read.failure();
  out.submissions = std::move(*read);
  for (PackageSubmission& one : out.submissions) {
    const auto lacks = [&](const std::string& language) { return language == "default" || language == one.program.language; };
    const auto found = std::find_if(out.incomplete.begin(), out.incomplete.end(), lacks);
    if (found != out.incomplete.end() && !one.unreadable) one.unreadable = Message{"OT585", {"include/" + *found}};
  }
  return out;
}

}  // namespace otmetka::packages
