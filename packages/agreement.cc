#include "packages/agreement.h"

#include <algorithm>
#include <cmath>

#include "packages/submission_rules.h"

namespace otmetka::packages {
namespace {

using checkers::program::Judged;
using checkers::program::TestReport;

constexpr double kSameScore = 1e-6;

bool contains(const std::vector<Verdict>& verdicts, Verdict verdict) {
  return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
}

bool in_range(double score, const Scores& range) {
  const double slack = kSameScore * std::max(1.0, std::fabs(score));
  return score >= range.first - slack && score <= range.second + slack;
}

bool is_best(const Package& package, double score) { return package.best_score && std::fabs(score - *package.best_score) <= kSameScore; }

// Later versions give a score and no verdict: what scores something and not all is partly accepted there. All of it is too
// much, unless the time limit is our own and may be kinder than the package's judge was.
bool is_partial(const Package& package, const Seen& seen) {
  if (is_best(package, seen.score)) return !package.time_limit && seen.verdict == Verdict::kGraded;
  return seen.verdict == Verdict::kGraded || (package.scoring && !seen.groups.empty() && seen.score > 0);
}

// What is expected to be accepted is so as a whole, unless a score says how much of it.
Verdict own_verdict(const Expectation& expected, const Seen& seen) {
  const bool whole = contains(expected.verdicts, Verdict::kGraded) && !expected.partial && !expected.score;
  return whole && seen.verdict == Verdict::kGraded ? seen.strict : seen.verdict;
}

}  // namespace

Result<Seen> look_at(const Package& package, const Judged& judged, const RunGrader& grader) {
  Seen out;
  out.verdict = out.strict = out.first = judged.verdict;
  std::vector<TestResult> results(package.task.tests.size());
  bool any = false;
  for (std::size_t i = 0; i < std::min(results.size(), judged.tests.size()); ++i) {
    const TestReport& report = judged.tests[i];
    out.tests.push_back({report.outcome.verdict, report.run, report.said});
    results[i].run = report.run;
    results[i].verdict = report.outcome.verdict;
    results[i].share = report.credit.to_double();
    results[i].score = report.score;
    any = any || report.run;
  }
  if (!any) return out;
  for (const TestGroup& group : package.tree.groups) {
    for (const TestGroup::Member& member : group.members) {
      const bool lacks = group.asks_for_scores && !member.group && results[member.index].run && !results[member.index].score &&
                         results[member.index].verdict == Verdict::kGraded;
      if (lacks) return error("OT565", {package.task.tests[member.index].id, std::string("max_score: unbounded, no score.txt")});
    }
  }
  auto groups = grade(package.tree, results, grader);
  if (!groups) return groups.failure();
  out.groups = std::move(*groups);
  if (!package.scoring) return out;
  out.verdict = out.groups.front().verdict;
  out.strict = out.groups.front().strict;
  out.score = out.groups.front().score;
  out.domjudge_score = domjudge_score(package.tree, results);
  return out;
}

bool rule_holds(const Package& package, const Rule& rule, const Seen& seen) {
  bool any = false, required = false, said = rule.message.empty();
  for (std::size_t i = 0; i < seen.tests.size(); ++i) {
    const Seen::Test& test = seen.tests[i];
    if (!test.run || (!rule.tests.empty() && !fits(rule.tests, package.task.tests[i].id))) continue;
    any = true;
    const Outcomes outcomes = outcomes_of(test.verdict);
    if ((outcomes & rule.permitted) == 0) return false;
    required = required || (outcomes & rule.required) != 0;
    said = said || test.said.find(rule.message) != std::string::npos;
  }
  if (rule.score && rule.tests.empty() && !in_range(seen.score, *rule.score)) return false;
  for (std::size_t i = 0; i < seen.groups.size() && rule.score && !rule.tests.empty(); ++i) {
    const std::string& id = package.tree.groups[i].id;
    if (!id.empty() && fits(rule.tests, id) && !in_range(seen.groups[i].score, *rule.score)) return false;
  }
  return !any || (required && said);
}

bool holds(const Package& package, const Expectation& expected, const Seen& seen) {
  if (expected.score && !in_range(seen.score, *expected.score) && !in_range(seen.domjudge_score, *expected.score)) return false;
  if (!expected.rules.empty()) {
    return !seen.groups.empty() &&
           std::all_of(expected.rules.begin(), expected.rules.end(), [&](const Rule& rule) { return rule_holds(package, rule, seen); });
  }
  if (expected.partial) return is_partial(package, seen);
  return contains(expected.verdicts, own_verdict(expected, seen)) ||
         (seen.verdict != Verdict::kGraded && contains(expected.verdicts, seen.first));
}

Verdict verdict_to_show(const Expectation& expected, const Seen& seen, bool agrees) {
  if (expected.partial && agrees) return Verdict::kGraded;
  const Verdict own = own_verdict(expected, seen);
  if (!agrees || contains(expected.verdicts, own)) return own;
  for (const Seen::Test& test : seen.tests) {
    if (test.run && contains(expected.verdicts, test.verdict)) return test.verdict;
  }
  return own;
}

}  // namespace otmetka::packages
