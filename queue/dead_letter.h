// What every queue does alike with a dead letter. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "model/message.h"
#include "queue/record.h"

namespace otmetka::queue {

// The same work, one revision up: a result of it then stands above the FAILED one that was given when it was parked. Its
// time of submission is pinned to what it was the first time. Bytes that still do not decode go as they are.
Outgoing submission_again(const DeadLetter& letter);

// The reason as it is kept beside a letter. Bytes that are no reason read as an empty one.
std::string encode_reason(const Message& reason);
Message decode_reason(std::string_view bytes);

}  // namespace otmetka::queue
