// What the calls of librdkafka's administration have in common.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>

#include "queue/kafka/client.h"

namespace otmetka::queue::kafka {

struct DestroyAdmin {
  void operator()(rd_kafka_NewTopic_t* topic) const { rd_kafka_NewTopic_destroy(topic); }
  void operator()(rd_kafka_DeleteTopic_t* topic) const { rd_kafka_DeleteTopic_destroy(topic); }
  void operator()(rd_kafka_AdminOptions_t* options) const { rd_kafka_AdminOptions_destroy(options); }
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
  void operator()(rd_kafka_ConfigResource_t* resource) const { rd_kafka_ConfigResource_destroy(resource); }
  void operator()(rd_kafka_AlterConsumerGroupOffsets_t* asked) const { rd_kafka_AlterConsumerGroupOffsets_destroy(asked); }
};
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, DestroyAdmin>;
using Event = std::unique_ptr<rd_kafka_event_t, DestroyAdmin>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy>;

AdminOptions admin_options(const Client& client, rd_kafka_admin_op_t operation, std::chrono::milliseconds patience);

// What comes back, or why nothing does.
Result<Event> answer(const Client& client, const Queue& queue, std::chrono::milliseconds patience);

// A client whose brokers answer.
Result<std::unique_ptr<Client>> reach(const KafkaOptions& options);

}  // namespace otmetka::queue::kafka
