// A package's own submissions, graded as learners' answers: the mark is what `verify` says of the same submission.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/grade_submission.h"
#include "engine/package_spec.h"
#include "packages/mark.h"
#include "packages/verify.h"

namespace otmetka::engine {
namespace {

using packages::Package;
using packages::VerifiedSubmission;

packages::Workbench workbench(sandbox::Workshop& workshop) {
  return {.language = [&](const std::string& id) { return workshop.language(id); },
          .judge = [&](const checkers::program::Task& task, const checkers::program::SubmittedProgram& program,
                       bool all) { return judge(task, program, workshop, {.all_tests = all, .for_each = {}}); },
          .grade = [&](const checkers::program::Judge& grader, const std::vector<std::string>& arguments,
                       const std::string& input) { return packages::run_grader(workshop, grader, arguments, input); }};
}

Submission work_of(const std::string& item, const packages::PackageSubmission& from) {
  Submission out;
  out.learner = LearnerId("p");
  FilesAnswer answer;
  for (const sandbox::SourceFile& file : from.program.files) answer.files.push_back({file.name, file.bytes, {}});
  out.responses.push_back({PartId(item), std::move(answer)});
  return out;
}

// On a machine that is busy with other things the clock may strike before the CPU limit does.
std::string either_limit(std::string_view verdict) { return std::string(verdict == "IDLE_LIMIT" ? "TIME_LIMIT" : verdict); }

class Agreement : public testing::TestWithParam<const char*> {};

TEST_P(Agreement, OfGradeAndVerify) {
  const std::string path = std::string(OTMETKA_SOURCE_DIR) + "/samples/packages/" + GetParam();
  const CheckedSpec checked = check_package(path);
  ASSERT_NE(checked.spec, nullptr);
  EXPECT_TRUE(checked.diagnostics.empty());
  const auto package = packages::read_package(path);
  ASSERT_TRUE(package);
  Programs programs({.sandbox = {.slots = 1}, .languages = {}, .cache = {}, .allow_weak = true});
  const auto workshop = programs.workshop();
  ASSERT_TRUE(workshop) << workshop.failure().code();
  std::map<std::string, VerifiedSubmission> verified;
  packages::verify(*package, workbench(**workshop), [&](const VerifiedSubmission& row) { verified[row.submission] = row; });
  for (const packages::PackageSubmission& one : package->submissions) {
    const VerifiedSubmission& row = verified.at(one.path);
    const Submission work = work_of(GetParam(), one);
    const auto graded = grade_submission(*checked.spec, work, {.explain = false, .graded_at = {}, .programs = &programs});
    ASSERT_TRUE(graded) << one.path << " " << graded.failure().code();
    const PartResult& part = graded->parts.at(0);
    if (package->scoring) {
      EXPECT_NEAR(graded->raw.to_double(), row.score.value(), 0.0005) << one.path;
    } else {
      EXPECT_EQ(graded->raw, Ratio(row.verdict == "GRADED" ? 1 : 0)) << one.path;
    }
    // `verify` calls a submission that is expected to be partly right GRADED.
    if (!one.expectation.partial) {
      EXPECT_EQ(either_limit(verdict_name(part.status)), either_limit(row.verdict)) << one.path;
    }
    EXPECT_EQ(graded->maximum, Ratio(package->scoring ? std::llround(package->best_score.value()) : 1));
  }
}

INSTANTIATE_TEST_SUITE_P(All, Agreement, testing::Values("hello", "split", "guess", "ladder"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace otmetka::engine
