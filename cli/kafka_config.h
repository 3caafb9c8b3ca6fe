// The settings of a queue on Kafka.
#pragma once

#include <functional>
#include <string>

#include "cli/config.h"
#include "engine/grade_record.h"
#include "model/result.h"
#include "queue/kafka/options.h"

namespace otmetka::cli {

// What is called once when brokers have kept somebody waiting for some seconds; of the whole process, and set before any queue is opened.
// Arguments: the brokers, and what is wrong as far as that is known.
using OnSilence = std::function<void(const std::string& brokers, const std::string& reason)>;
void when_brokers_are_silent(OnSilence tell);

// Of a queue "kafka:BROKERS"; OT461 (argument 0: `what`, argument 1 the queue) for another kind, OT516 for none.
Result<queue::KafkaOptions> kafka_options(const Config& config, const std::string& what);

// Where works go that are not to be graded where they are; none on another kind of queue.
engine::Forwarding forwarding_of(const Config& config);

// Where a worker notes what it has in hand: a folder that no other worker uses.
std::string state_folder(const Config& config);

}  // namespace otmetka::cli
