#include "gradebook/standing.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace otmetka::gradebook {
namespace {

Attempt attempt_of(const ScoredResult& result) {
  return {.attempt_no = result.attempt_no,
          .raw = result.raw,
          .maximum = result.maximum,
          .submitted_at = result.submitted_at,
          .due_at = result.due_at,
          .consumes_attempt = result.consumes_attempt && result.progress != Progress::kFailed};
}

// The newest rules come first.
std::vector<const ScoredResult*> by_rank(const std::vector<ScoredResult>& attempts) {
  std::vector<const ScoredResult*> ranked;
  for (const ScoredResult& attempt : attempts) ranked.push_back(&attempt);
  const auto rank = [](const ScoredResult* r) {
    return std::tie(r->grade_epoch, r->revision, r->submitted_at, r->spec_sha256);
  };
  std::stable_sort(ranked.begin(), ranked.end(), [&](const auto* a, const auto* b) { return rank(a) > rank(b); });
  return ranked;
}

// Where none counts alone (the mean of several, or none at all): the last of those that count, else the last.
std::size_t last_counted(const std::vector<AttemptMark>& marks) {
  for (std::size_t i = marks.size(); i-- > 0;) {
    if (marks[i].counted) return i;
  }
  return marks.size() - 1;
}

}  // namespace

Result<Standing> make_standing(std::vector<ScoredResult> attempts, const FindRubric& find_rubric) {
  assert(!attempts.empty());
  const Rubric without_rules;
  const Rubric* rubric = nullptr;
  for (const ScoredResult* result : by_rank(attempts)) {
    const auto found = find_rubric(result->spec_sha256);
    if (!found) return found.failure();
    rubric = *found;
    if (rubric != nullptr) break;
  }
  Standing standing;
  std::vector<Attempt> marks;
  for (const ScoredResult& attempt : attempts) marks.push_back(attempt_of(attempt));
  standing.mark = final_mark(rubric != nullptr ? *rubric : without_rules, marks);
  standing.shown = standing.mark.counting.value_or(last_counted(standing.mark.attempts));
  standing.attempts = std::move(attempts);
  return standing;
}

}  // namespace otmetka::gradebook
