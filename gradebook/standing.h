// From the rows of one learner in one assignment to a mark: what every store does alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gradebook/store.h"

namespace otmetka::gradebook {

// The rubric of a spec by its hash; nullptr: the store does not hold that spec.
using FindRubric = std::function<Result<const Rubric*>(const std::string& spec_sha256)>;

// `attempts`: the rows of one learner in one assignment, ascending by attempt_no, at least one.
Result<Standing> make_standing(std::vector<ScoredResult> attempts, const FindRubric& find_rubric);

}  // namespace otmetka::gradebook
