// The topics by name, and the partitions of several topics in one numbering.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "queue/kafka/options.h"

namespace otmetka::queue::kafka {

std::string_view lane_name(Lane lane);  // "submissions", …
std::string lane_topic(const KafkaOptions& options, Lane lane);
std::string results_topic(const KafkaOptions& options);
std::string specs_topic(const KafkaOptions& options);
std::string dead_letters_topic(const KafkaOptions& options);
std::string group_of(const KafkaOptions& options);
std::string instance_of(const KafkaOptions& options);  // the host's name, where none is set

// A topic's partition in the numbering of queue/record.h, and back.
std::int32_t queue_partition(Lane lane, std::int32_t partition);
std::int32_t topic_partition(std::int32_t queue_partition);

// Which lane a topic is; nullopt: none of this queue's.
std::optional<Lane> lane_of_topic(const KafkaOptions& options, std::string_view topic);

}  // namespace otmetka::queue::kafka
