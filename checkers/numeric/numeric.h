// numeric: an exact number with a unit. How a number is read: number_parser.h; units: units.h; tolerance: tolerance.h.
//
// Every reading of the answer is judged by itself: the very answer first, then `reject`, `accept` and the answer within
// its tolerance; inside a list an exact hit goes before one within the tolerance, then the order of the list. If credit,
// entry or tag differ between readings the status is AMBIGUOUS with the readings in the message. What is no number is
// INVALID_INPUT with the reason, an empty text NOT_ATTEMPTED.
//
// Units: no unit where the answer has one costs `unit.missing` (or is `unit_default`), one of another quantity or an
// unknown one `unit.wrong`; then the bare number is judged. Otherwise the value is converted, exactly.
//
// rule_id: "answer", "accept[i]", "reject[i]", or empty. answer_key: the value in the answer's unit, with that unit, so
// that 980 см/с² and 9,8 м/с² are one group. Outcome::value: the same as a Quantity, of an answer with one reading.
//
// With CheckContext::follow the formula is computed again with the learner's own values for the names in `follow`; where
// that gives nothing new, the keys stay. The feedback does not mention it: that is for whoever asked (the trace does).
#pragma once

#include "checkers/checker.h"
#include "checkers/numeric/quantity.h"

namespace otmetka::checkers::numeric {

CheckerType type();

}  // namespace otmetka::checkers::numeric
