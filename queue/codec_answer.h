// One answer in JSON's short form (an ANSWERS line, a trace), and the bounds that hold for answers of every form.
//
//   "text", 3.140, true     a text: a number is the characters typed
//   ["a", 2]                a list: SequenceAnswer, which a choice takes too
//   {"left": "right"}       a mapping
//   {"files": {"main.py": "…", "data.bin": {"blob_sha256": "…"}}}
//   {"path": "ada/fizz.py"} a file beside the ANSWERS file: MisshapenAnswer OT324 until engine/answers has read it
//   null                    not attempted: no response
// A list, a mapping or files inside a mapping stand for the answer to one part of the item: {"v": "72", "why": ["a"]} at
// `trip` gives a mapping at `trip` and a list at `trip.why`. Whatever lies deeper is a MisshapenAnswer there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/submission.h"
#include "queue/json_reader.h"

namespace otmetka::queue {

inline constexpr std::size_t kMaxAnswerElements = 10'000;  // of a list, a mapping or files

// OT325: no answer, or one of a kind unknown to this version.
MisshapenAnswer no_answer_shape();

// A value as JSON, for MisshapenAnswer::raw: about kMaxRawBytes, the rest is left out.
std::string raw_json(const JsonNode& value);

// An answer past kMaxAnswerBytes or kMaxAnswerElements becomes a MisshapenAnswer, OT322 or OT323; so does one that names a
// file or a left side twice, OT328, which could not be written as JSON again, and one with a nameless file, OT327.
void bound_answer(Answer& answer);

// Appends the responses that `value` stands for at `part`.
void append_short_responses(std::string_view part, const JsonNode& value, std::vector<Response>& out);

// The path of a `{"path": …}` answer that nobody has read yet; nullptr for any other answer.
const std::string* unread_path(const Answer& answer);

}  // namespace otmetka::queue
