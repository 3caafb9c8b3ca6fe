// Rows as a store reads them, one after another, into standings for a visitor.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradebook/store.h"

namespace otmetka::gradebook {

// One visit (Store::visit); one thread. Memory: the attempts of one learner, and a rubric for each spec.
class StandingMaker {
 public:
  using Visit = std::function<bool(const Standing&)>;
  using Damaged = std::function<void(const Error&)>;
  // A spec's bytes by its hash; nullopt: the store does not hold it.
  using FindSpec = std::function<Result<std::optional<std::string>>(const std::string& sha256)>;

  // `visit` and `damaged` outlive it; `damaged` may be empty: then a row that does not decode ends the visit.
  StandingMaker(const Visit& visit, const Damaged& damaged, FindSpec find_spec)
      : visit_(visit), damaged_(damaged), find_spec_(std::move(find_spec)) {}

  // The rows of an assignment in order of learner and attempt; one that does not decode comes as its error. False: the
  // visitor has seen enough.
  Result<bool> add(std::string_view learner, Result<ScoredResult> row);
  Result<bool> end_assignment();

 private:
  Result<bool> end_learner();
  Result<const Rubric*> rubric(const std::string& spec_sha256);

  const Visit& visit_;
  const Damaged& damaged_;
  FindSpec find_spec_;
  std::string learner_;
  std::vector<ScoredResult> attempts_;
  bool is_damaged_ = false;  // this learner's rows are passed over
  std::map<std::string, std::optional<Rubric>> rubrics_;
};

}  // namespace otmetka::gradebook
