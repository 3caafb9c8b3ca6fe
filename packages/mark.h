// What a package is worth as an assignment, and what a learner's program has earned of it: as `verify` judges, as a share.
#pragma once

#include "checkers/program/judging.h"
#include "packages/package.h"

namespace otmetka::packages {

// All that can be had: 1 of a pass-fail package, of a scoring one the best score that it names or, where it names none, what
// passing every test comes to; to the thousandth. OT591: neither is known, or it is not above zero and at most a million;
// OT592: the smaller score is the better one; OT596: something that is put beside every program, or those of one language, was
// left out; OT553: a test was (OT579 warned of it), so that marks would be others.
Result<Ratio> worth_of(const Package& package);

struct Mark {
  Verdict verdict = Verdict::kGraded;
  Ratio credit;               // share of `worth`
  std::optional<Ratio> score;  // of a scoring package, to the thousandth, within [0, worth]
};

// By the package's own rules (agreement.h). OT565 where its grader fails.
Result<Mark> mark_of(const Package& package, const Ratio& worth, const checkers::program::Judged& judged, const RunGrader& grader);

// Every credit is a multiple of 1 / this.
Int128 mark_denominator(const Package& package, const Ratio& worth);

// Runs the package's own grader in the sandbox, like the stranger's program that it is; null where the package has none.
RunGrader grader_in(sandbox::Workshop& workshop, const Package& package);

// OT562, OT565, OT567, and what the sandbox may say.
Result<std::string> run_grader(sandbox::Workshop& workshop, const checkers::program::Judge& grader,
                               const std::vector<std::string>& arguments, const std::string& input);

}  // namespace otmetka::packages
