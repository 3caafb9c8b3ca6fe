// An answer written in one line, as CSV columns and mappings hold it: choices `a|b`, an order `a|b|c`, a matching
// `k=v|k=v`; for other shapes the text is the answer itself.
#pragma once

#include <string>

#include "checkers/checker.h"

namespace otmetka::checkers::parts {

// White space alone stays a text, so that a kind may say NOT_ATTEMPTED. A matching without `=` is a MisshapenAnswer.
Answer answer_from_text(const std::string& text, AnswerShape shape);

}  // namespace otmetka::checkers::parts
