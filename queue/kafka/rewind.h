// Where a group of workers begins again: what `otmetka serve --from` asks for.
#pragma once

#include <cstdint>
#include <variant>

#include "model/result.h"
#include "model/time.h"
#include "queue/kafka/options.h"

namespace otmetka::queue {

// The first record at or behind an offset, the same in every partition; or the first that was published at a time or later.
using RewindTo = std::variant<std::int64_t, Timestamp>;

// Moves every partition of the options' lanes, forwards as well as back, within what is kept. The number of partitions. OT463: a
// worker of the group is there, and nothing was moved; one that has gone is missed after session.timeout.ms only. Where nobody but
// an earlier run of this same instance is left, its place is waited for, as long as that takes. Other errors are the client's
// (queue/kafka/client.h).
Result<std::int64_t> rewind_group(const KafkaOptions& options, const RewindTo& to);

}  // namespace otmetka::queue
