// One element of `responses` in protobuf's JSON mapping of a SubmissionEvent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/submission.h"
#include "queue/json_reader.h"

namespace otmetka::queue {

// What makes no sense as an answer is a MisshapenAnswer: OT320, OT321, OT325 (none, or more than one), OT326 (a file),
// OT327 (no base64). Unknown keys go to `unknown`; views into the tree.
Response read_event_response(const JsonNode& response, std::vector<std::string_view>& unknown);

}  // namespace otmetka::queue
