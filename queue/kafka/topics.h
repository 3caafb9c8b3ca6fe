// The topics of a queue: made with settings that its promises need, and looked at.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "model/message.h"
#include "model/result.h"
#include "queue/kafka/options.h"

namespace otmetka::queue {

struct TopicPlan {
  int partitions = 16;   // of the submissions' topics and of .results; .specs and .dead-letters have one
  int replication = -1;  // -1: the brokers' default; from 3 on, two replicas must have what is acknowledged
  std::chrono::hours retention{24 * 30};  // of submissions and results
};

// Makes what is not there; what is there stays as it is. The names of those made. Errors are the client's (queue/kafka/client.h).
Result<std::vector<std::string>> create_topics(const KafkaOptions& options, const TopicPlan& plan);

// Takes them away with all that is in them; those that are not there are passed by.
Status delete_topics(const KafkaOptions& options);

// What is missing (OT441) or differs from what is needed (OT451); empty: nothing.
Result<std::vector<Message>> check_topics(const KafkaOptions& options);

}  // namespace otmetka::queue
