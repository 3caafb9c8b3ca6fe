// Bytes to nouns and back: submissions in protobuf, in protobuf's JSON form and in the short form of an ANSWERS line;
// results in protobuf and in JSON. All functions are pure and may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/result.h"
#include "model/scored_result.h"
#include "model/submission.h"
#include "queue/record.h"

namespace otmetka::queue {

inline constexpr std::size_t kMaxSubmissionBytes = 4 * 1024 * 1024;  // of a line or a record; more is OT301
inline constexpr std::size_t kMaxAnswerBytes = 1024 * 1024;          // of one answer's text; more is that part's INVALID_INPUT
inline constexpr std::size_t kMaxResponses = 10'000;

// Undecodable bytes: OT3xx with the reason. A response whose shape makes no sense is no error: it becomes a
// MisshapenAnswer, and an unknown key of the envelope a notice.
Result<Submission> decode_submission(std::string_view payload, Encoding encoding);

// Whose work a JSON payload is, as far as it says so, although decode_submission() refuses it for something else.
struct Identity {
  std::string learner;
  std::int32_t attempt_no = 1;
};
Identity identity_of(std::string_view json);

// Protobuf bytes of otmetka.v1.SubmissionEvent / ScoredResult.
std::string encode_submission(const Submission& submission);
std::string encode_result(const ScoredResult& result);
Result<ScoredResult> decode_result(std::string_view payload);
// Without parts and notices, by far the most of it: what a gradebook needs to know where a result belongs.
Result<ScoredResult> decode_result_head(std::string_view payload);

struct JsonOptions {
  bool traces = false;
};

// Appends protobuf's JSON mapping of a ScoredResult in one line, without a newline: field names as in the .proto, enum
// names, 64-bit integers as strings, nothing omitted for being zero. Streamed by hand: protobuf's own writer makes half
// of the goal's speed; codec_test holds the two against each other. `extra` (`,"final":…`) goes before the closing brace.
void append_json(const ScoredResult& result, const JsonOptions& options, std::string& out, std::string_view extra = {});

// A JSON string literal with its quotes; bytes that are no UTF-8 become U+FFFD.
void append_json_string(std::string_view text, std::string& out);

// The answer as compact JSON, for traces: a text as a string, a choice or sequence as a list, a mapping as an object.
std::string answer_json(const Answer& answer);
Result<Answer> answer_from_json(std::string_view json);

}  // namespace otmetka::queue
