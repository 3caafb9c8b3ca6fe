// digits: the short answer of a state exam: digits, in any order or in the given one.
//
// A text of digits; white space, commas and semicolons between them are passed over (`1, 4` is `14`), any other character
// and more than 1000 digits are INVALID_INPUT, an empty text is NOT_ATTEMPTED. Leading zeros are digits like others.
// rule_id: "answer" with full credit, "partial", or "wrong". answer_key: the digits, sorted where any order will do.
// The check takes time linear in the answer (for `strict`, times the at most 64 digits of the key).
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::digits {

CheckerType type();

}  // namespace otmetka::checkers::digits
