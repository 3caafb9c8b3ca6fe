// A problem package in the Kattis/ICPC layout, read as it is: a task, and the package's own submissions with what is expected
// of each. Versions legacy, legacy-icpc, 2023-07(-draft) and 2025-09, as far as pass-fail, scoring and interactive problems go.
//
// A package is a stranger's: sizes and counts are bounded, no link is followed out of it, nothing of it is run here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkers/program/judging.h"
#include "packages/expectation.h"
#include "packages/grading.h"
#include "packages/program_files.h"

namespace otmetka::packages {

struct PackageSubmission {
  std::string path;   // in the package: "submissions/accepted/x.c", a folder without a slash at its end
  checkers::program::SubmittedProgram program;  // its language is empty where it is none of those known here
  std::string foreign;                          // then what the package calls it; may be empty too
  std::string entry;                            // the file that is run, where the package says so
  Expectation expectation;
  std::vector<std::string> bounds_time;         // patterns of the tests whose times the time limit is made of; "": of all
  std::optional<Message> unreadable;            // why its files could not be taken
};

struct Package {
  std::string name;  // as the package says, else its folder's
  std::string path;
  // With `limits.cpu` of 10 s where the package sets no time limit. Every language has the same limits.
  checkers::program::Task task;
  TestTree tree;
  bool scoring = false;
  bool minimised = false;     // the smaller score is the better one
  bool judge_scores = false;  // its validator may give scores
  std::optional<double> best_score;
  std::optional<double> time_limit;       // seconds; none: it is made of how long the submissions take,
  std::optional<double> time_multiplier;  // times this where the package says so,
  std::optional<double> time_resolution;  // rounded up to a multiple of this
  std::optional<checkers::program::Judge> grader;
  std::vector<std::string> incomplete;  // languages, or "default", of which something beneath include/ could not be taken
  std::vector<PackageSubmission> submissions;  // by path
  std::vector<Message> warnings;               // OT551, OT555, OT559, OT569, OT579–OT586, OT588, OT597, OT598
};

inline constexpr std::size_t kMostSubmissions = 2'000;
inline constexpr std::size_t kMostSubmissionBytes = std::size_t{256} << 20;  // of all together

// OT552, OT557, OT570–OT578, OT582: why the package cannot be judged. Reads all but the tests' files, which the task
// names by path (or holds, where `files` does).
Result<Package> read_package(const std::string& path, Languages languages = sandbox::built_in_languages());

// As above; its submissions are left alone where only a learner's are judged.
enum class Submissions { kRead, kLeave };
Result<Package> read_package(const PackageFiles& files, Languages languages, Submissions submissions);

// The wall time for a CPU time: not quite twice as much, for a machine that is shared. A program that talks waits for its partner.
std::chrono::nanoseconds wall_limit(std::chrono::nanoseconds cpu, bool interactive);

}  // namespace otmetka::packages
