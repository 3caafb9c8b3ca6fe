// order: elements to put in order (at most 200).
//
// A SequenceAnswer. Names are compared exactly, without the white space around them. An empty element is an empty place:
// it moves nothing for `position`. Missing elements count as misplaced; no element at all is NOT_ATTEMPTED; an unknown or
// repeated element and more places than elements are INVALID_INPUT. The measures and their formulas are in measures.h; one
// element alone is always exact.
//
// rule_id: "answer" with full credit, "partial", or "wrong". answer_key: the elements joined by `|`.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::order {

CheckerType type();

}  // namespace otmetka::checkers::order
