// The credit of a choice from four counts.
#pragma once

#include "checkers/choice/choice.pb.h"
#include "checkers/credit.h"

namespace otmetka::checkers::choice {

struct Counts {
  std::int64_t right = 0;         // right options ticked
  std::int64_t wrong = 0;         // wrong options ticked
  std::int64_t all_right = 0;     // right options there are
  std::int64_t options = 0;       // all options; 0 where the wrong ones are not listed
};

// How counts become credit. A value type.
struct Scoring {
  v1::ChoiceSettings::Scoring rule = v1::ChoiceSettings::SCORING_ALL_OR_NOTHING;
  ErrorTable table;  // for SCORING_BY_ERRORS
  Ratio floor;       // at most 0

  // Within [floor, 1]. Where nothing is right, ticking nothing earns 1 and anything else 0.
  Ratio credit(const Counts& counts) const;

  // The arithmetic in figures: "(1 − 1)/2".
  std::string formula(const Counts& counts) const;

  // Over every answer there can be to so many options: at most 200 × 200 of them. `wrong` 0: any number of wrong ones.
  Int128 denominator(std::int64_t all_right, std::int64_t wrong) const;
};

}  // namespace otmetka::checkers::choice
