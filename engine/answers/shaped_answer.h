// A plain text read as the answer that an item expects: a cell of a table, a file of a learner's folder.
#pragma once

#include <optional>
#include <string_view>

#include "checkers/checker.h"
#include "model/submission.h"

namespace otmetka::engine::answers {

// Choices `a|b`, an order `a|b|c`, a mapping or parts `k=v|k=v` (the first `=` counts); spaces around each piece go, empty
// pieces too. Any other shape is the text as it stands. Nothing but an empty text stands for no answer: nullopt.
// A pair without `=` makes a MisshapenAnswer, OT350.
std::optional<Answer> answer_from_cell(checkers::AnswerShape shape, std::string_view text);

// The same for a file: pieces stand on lines of their own, or on one line between `|`. A text loses its byte order mark and
// one line end at its end. Files are not read this way: kFiles gives a text.
std::optional<Answer> answer_from_file(checkers::AnswerShape shape, std::string_view text);

std::string_view trimmed(std::string_view text);

}  // namespace otmetka::engine::answers
