// The protobuf form of a submission; decode_submission (queue/codec.h) chooses between it and JSON.
#pragma once

#include <string_view>

#include "model/result.h"
#include "model/submission.h"

namespace otmetka::queue {

// OT308 damaged, OT310 an envelope text that is no UTF-8 or too long, OT315 too many responses. A response without an
// answer, or with one of a kind that this version does not know, is a MisshapenAnswer.
Result<Submission> decode_submission_wire(std::string_view payload);

}  // namespace otmetka::queue
