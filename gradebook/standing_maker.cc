#include "gradebook/standing_maker.h"

#include <utility>

#include "gradebook/rubric_of.h"
#include "gradebook/standing.h"

namespace otmetka::gradebook {

Result<bool> StandingMaker::add(std::string_view learner, Result<ScoredResult> row) {
  if (learner_ != learner) {
    if (const auto more = end_learner(); !more || !*more) return more;
    learner_ = learner;
  }
  if (is_damaged_) return true;
  if (row) {
    attempts_.push_back(std::move(*row));
    return true;
  }
  if (!damaged_) return row.failure();
  damaged_(row.failure());
  is_damaged_ = true;
  attempts_.clear();
  return true;
}

Result<bool> StandingMaker::end_assignment() {
  auto more = end_learner();
  learner_.clear();
  return more;
}

Result<bool> StandingMaker::end_learner() {
  is_damaged_ = false;
  if (attempts_.empty()) return true;
  const auto standing = make_standing(std::exchange(attempts_, {}), [this](const std::string& hash) { return rubric(hash); });
  if (!standing) return standing.failure();
  return visit_(*standing);
}

// Of a spec that the store does not hold, or whose bytes are none: nullptr.
Result<const Rubric*> StandingMaker::rubric(const std::string& spec_sha256) {
  auto known = rubrics_.find(spec_sha256);
  if (known == rubrics_.end()) {
    const auto bytes = find_spec_(spec_sha256);
    if (!bytes) return bytes.failure();
    v1::AssessmentSpec spec;
    const bool read = *bytes && spec.ParseFromString(**bytes);
    known = rubrics_.emplace(spec_sha256, read ? std::optional(rubric_of(spec)) : std::nullopt).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace otmetka::gradebook
