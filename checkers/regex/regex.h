// regex: a regular expression that covers the whole answer, and checks of what its named groups caught.
//
// The expression is RE2's and is anchored as a whole: `a|b` never covers `a is wrong`. Before it is tried, invisible characters
// are deleted, the answer is brought to NFC (so that й is one character) and white space around it is cut off; with `as_typed`
// none of this happens. Case counts unless `ignore_case`.
//
// `reject` entries are tried first, in order: the first that covers the answer decides. Then `match` and `accept`: the one
// with the most credit, then the first. A group's check gets what the group caught, as a text; credit is the mean of the checks
// by weight, times the entry's score. A check that cannot read what it got (AMBIGUOUS, INVALID_INPUT) gives its status to the
// whole item, without credit; a group that caught nothing has no credit.
//
// rule_id: "answer" for `match`, "accept[0]", "reject[0]", or empty. answer_key: the answer as the expression saw it. NOT_ATTEMPTED: nothing
// but white space and invisible characters. INVALID_INPUT: not UTF-8, or longer than the expression allows (pattern.h; not
// before 4 kB). Time is linear in the answer for any expression.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::regex {

CheckerType type();

}  // namespace otmetka::checkers::regex
