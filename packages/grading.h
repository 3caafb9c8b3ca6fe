// The tree of a package's tests, and how the results of a folder's tests and subfolders become one: the default grader of the
// problem package format ("Default grader specification", legacy), in whose terms the later versions are told too.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/result.h"
#include "model/verdict.h"

namespace otmetka::packages {

struct TestGroup {
  enum class VerdictMode { kWorst, kFirst, kAlwaysAccept };
  enum class ScoreMode { kSum, kAverage, kMin, kMax };
  struct Member {
    bool group = false;
    std::size_t index = 0;  // of a test in the task, or of a group in the tree
  };

  std::string id;                // "sample", "secret/group1"; the root's is empty
  bool configured = false;       // has a YAML file of its own
  std::vector<Member> members;   // in the order in which they are judged
  bool stop_at_failure = true;   // members after the first that fails are as if they were not there
  VerdictMode verdict_mode = VerdictMode::kWorst;
  ScoreMode score_mode = ScoreMode::kSum;
  bool ignore_sample = false;    // of the root: only its last member counts
  bool accept_if_any = false;    // one accepted member is enough
  bool asks_for_scores = false;  // an accepted test without a score of its judge's is the judge's failure
  bool missing_is_zero = false;  // a member that was not judged scores 0
  double accept_score = 1;       // of a test whose judge gave no score
  double reject_score = 0;
  std::vector<std::size_t> depends;  // groups of the tree, before this one: where a test of them fails, this is as if it was not run
  std::optional<double> own_accept_score;  // what the folder's own file says, not one above
  double low = -HUGE_VAL, high = HUGE_VAL;  // the scores there may be
  bool bounded = false;          // its own file says so, or it is the root: its score is brought between them
  bool custom = false;           // graded by the package's own program
  std::vector<std::string> grader_flags;
};

// groups[0] is the root; a group stands before its members.
struct TestTree {
  std::vector<TestGroup> groups;
};

struct TestResult {
  bool run = false;
  Verdict verdict = Verdict::kGraded;
  double share = 1;             // of accept_score
  std::optional<double> score;  // the judge's
};

struct GroupResult {
  bool run = false;                    // false: none of its tests was
  Verdict verdict = Verdict::kGraded;
  Verdict strict = Verdict::kGraded;   // as if accept_if_any were nowhere
  double score = 0;
  std::optional<double> beyond;        // what `score` was before it was brought into the group's range
};

// The package's own grader: its arguments and what it reads, a line "VERDICT SCORE" for each member → what it prints.
using RunGrader = std::function<Result<std::string>(const std::vector<std::string>& arguments, const std::string& input)>;

// The score of the root as DOMjudge counts it, for whom a group without subgroups scores once and not by test: what
// @EXPECTED_SCORE@ is told in.
double domjudge_score(const TestTree& tree, std::span<const TestResult> tests);

// One result for each group of the tree. Linear. OT565 where the grader prints something else; without one, groups that are
// graded by it are graded by default.
Result<std::vector<GroupResult>> grade(const TestTree& tree, std::span<const TestResult> tests, const RunGrader& grader);

}  // namespace otmetka::packages
