// choice: options to tick. The score depends on four numbers only: r right and w wrong options ticked, R right ones in
// all, n options (formulas: ScoringRule in choice.cc, in the words of choice.proto).
//
// A ChoiceAnswer and a SequenceAnswer are both sets; a text is one ticked option; an empty text is NOT_ATTEMPTED, an empty
// set an answer. Repeated and unknown options are INVALID_INPUT, and no attempt is used up.
//
// rule_id: "answer" with full credit, "partial", or "wrong". answer_key: the ticked ids, sorted and joined by
// `|`, so that b, a and a, b are one group; "∅" for the empty set. The feedback never names an option as right or wrong;
// the trace does.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::choice {

CheckerType type();

}  // namespace otmetka::checkers::choice
