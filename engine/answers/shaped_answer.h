// A plain text read as the answer that an item expects: a cell of a table, a file of a learner's folder.
#pragma once

#include <optional>
#include <string_view>

#include "checkers/checker.h"
#include "model/submission.h"

namespace otmetka::engine::answers {

// As checkers/answer_text.h reads it, within the bounds of the queue. Nothing but an empty text stands for no answer: nullopt.
std::optional<Answer> answer_from_cell(checkers::AnswerShape shape, std::string_view text);

// The same for a file, less its byte order mark and one line end at its end. Files are not read this way: kFiles gives a text.
std::optional<Answer> answer_from_file(checkers::AnswerShape shape, std::string_view text);

}  // namespace otmetka::engine::answers
