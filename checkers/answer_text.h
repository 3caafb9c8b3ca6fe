// The one road from a text to an answer of the shape that an item expects: cells of tables, files of folders, mappings that
// answer parts, strings in JSON, the word after `try`.
#pragma once

#include <optional>
#include <string_view>

#include "checkers/checker.h"
#include "model/submission.h"

namespace otmetka::checkers {

inline constexpr std::size_t kMostPieces = 10'000;  // of a text; more are a MisshapenAnswer, OT323

// Choices `a|b`, an order `a|b|c`, a mapping or parts `k=v|k=v` (the first `=` counts). Pieces stand between `|`, or on lines
// of their own where there is more than one line; spaces around each piece go, empty pieces too. A pair without `=` makes a
// MisshapenAnswer, OT350. White space alone stays a text, so that a kind may say NOT_ATTEMPTED; for other shapes any text does.
Answer answer_from_text(std::string_view text, AnswerShape shape);

// A text where `shape` is not one, read as above; nullopt for any other answer, which is to be judged as it is.
std::optional<Answer> reshaped(const Answer& answer, AnswerShape shape);

}  // namespace otmetka::checkers
