// The settings of a queue on Kafka.
#pragma once

#include "cli/config.h"
#include "model/result.h"
#include "queue/kafka/options.h"

namespace otmetka::cli {

// Of a queue "kafka:BROKERS"; OT461 (argument 0: `what`, argument 1 the queue) for another kind, OT516 for none.
Result<queue::KafkaOptions> kafka_options(const Config& config, const std::string& what);

}  // namespace otmetka::cli
