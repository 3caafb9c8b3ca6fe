// match: lefts and the rights that belong to them.
//
// A MappingAnswer from left to right. Names are compared exactly, without the white space around them. A left that is
// missing, or whose right is empty, is a pair that is not right; none at all is NOT_ATTEMPTED. An unknown left or right
// and a repeated left are INVALID_INPUT. per_pair: right pairs / pairs; all_or_nothing; by_errors: a table.
//
// rule_id: "answer" with full credit, "partial", or "wrong". answer_key: `left=right|…` in the spec's order.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::match {

CheckerType type();

}  // namespace otmetka::checkers::match
