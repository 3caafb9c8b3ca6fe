// Whether what a submission did is what its package expects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checkers/program/judging.h"
#include "packages/package.h"

namespace otmetka::packages {

// What judging came to, by the package's own rules.
struct Seen {
  Verdict verdict = Verdict::kGraded;  // of the whole
  Verdict strict = Verdict::kGraded;   // where one accepted group does not excuse the others
  Verdict first = Verdict::kGraded;    // of the first test that failed, which is what DOMjudge goes by
  double score = 0;
  double domjudge_score = 0;
  struct Test {
    Verdict verdict = Verdict::kGraded;
    bool run = false;
    std::string said;
  };
  std::vector<Test> tests;  // as in the task
  std::vector<GroupResult> groups;   // as in the tree; empty where nothing was run
};

// OT565: the grader failed, or the judge gave no score where there is no best one.
Result<Seen> look_at(const Package& package, const checkers::program::Judged& judged, const RunGrader& grader);

// All but `otherwise` and `also`. Rules look at the tests that were run.
bool holds(const Package& package, const Expectation& expected, const Seen& seen);

// A rule for tests that there are none of holds.
bool rule_holds(const Package& package, const Rule& rule, const Seen& seen);

// One word for the row: where it agrees, a verdict that is expected.
Verdict verdict_to_show(const Expectation& expected, const Seen& seen, bool agrees);

}  // namespace otmetka::packages
