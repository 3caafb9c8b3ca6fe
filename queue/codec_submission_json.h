// The JSON forms of a submission: protobuf's mapping of a SubmissionEvent, `responses` a list, and an ANSWERS line,
// `responses` an object. Both take the .proto's names and protobuf's camelCase ones.
#pragma once

#include <string_view>

#include "model/result.h"
#include "model/submission.h"

namespace otmetka::queue {

inline constexpr std::size_t kMaxKeyNotices = 8;  // of unknown keys; further ones are ignored in silence

// Errors: those of JsonReader and of codec_envelope.h, OT304 not an object, OT305 a key given in both spellings, OT314 a
// field of the wrong type, OT315 too many responses, OT316 no `responses`. Notices: OT330 / OT331 an unknown key.
// attempt_no 0 is OT311 in an ANSWERS line; in the mapping it is how some printers write a field that was never set, and so 1.
// `responses` may be missing only beside a submission_id and where no unknown key could be a slip for it: protobuf's
// printer leaves an empty list out.
Result<Submission> decode_submission_json(std::string_view payload);

}  // namespace otmetka::queue
