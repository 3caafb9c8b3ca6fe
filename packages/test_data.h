// data/: the tests of a package, their groups, and what their YAML files say of them.
#pragma once

#include <optional>
#include <vector>

#include "checkers/program/task.h"
#include "packages/grading.h"
#include "packages/package_files.h"
#include "packages/problem_settings.h"

namespace otmetka::packages {

inline constexpr std::size_t kMostTests = 10'000;
inline constexpr std::size_t kMostDepth = 12;  // of folders beneath data/

struct TestData {
  // As a task has them: in the order of judging, files by path. A group with tests of its own is a group of the task.
  std::vector<checkers::program::Test> tests;
  std::vector<checkers::program::Group> groups;
  TestTree tree;                     // with every score and rule of the package
  std::optional<double> best_score;  // where there is one
};

// A pair NAME.in and NAME.ans is a test, its id the path beneath data/: "sample/1". OT579 warns of one without the other and of
// what cannot be read: it is left out; OT580 of a key of a YAML file that is not known. OT571–OT575; OT576: static validation, or
// folders among the files for the program; OT578: there is no test at all.
// Flags of tests are those of the judge where the package brings one (`judged`), else a comparison's, of which OT552 or OT582
// says that it is not known.
Result<TestData> read_test_data(const PackageFiles& files, const ProblemSettings& settings, bool judged, std::vector<Message>& warnings);

}  // namespace otmetka::packages
