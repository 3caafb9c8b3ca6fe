// Whether all that workers have committed can be read.
#pragma once

#include "model/result.h"
#include "queue/kafka/options.h"

namespace otmetka::queue {

// A transaction's end is written to its partitions a moment after its commit has succeeded, and until then its results are not
// there for a read_committed reader. False: some worker's transaction is open at this moment, be it committed already.
Result<bool> results_settled(const KafkaOptions& options);

}  // namespace otmetka::queue
