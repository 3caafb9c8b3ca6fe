// How a queue on Kafka is reached and what it promises.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "queue/record.h"

namespace otmetka::queue {

enum class Delivery {
  kExactlyOnce,  // results and progress in one transaction: a read_committed reader sees each result once
  kAtLeastOnce,  // progress after the results' delivery reports: results may repeat, with the same result_id
};

struct KafkaOptions {
  std::string brokers;             // "host:port,…"
  std::string prefix = "otmetka";  // the topics are PREFIX.submissions, .programs, .batch, .retry, .results, .specs, .dead-letters
  std::string group;               // of the workers; empty: PREFIX.workers
  // Which worker of the group this is: nobody else's at the same time, and the same after a restart, which then costs the
  // others nothing. Empty: the host's name. Another worker with the same one fences this one (OT444).
  std::string instance;
  Delivery delivery = Delivery::kExactlyOnce;
  std::vector<Lane> lanes{Lane::kSubmissions};  // what a worker takes
  Encoding results = Encoding::kProtobuf;       // what results are written as; both are read
  // librdkafka's own options by their own names ("security.protocol", "sasl.password", …), for every client of this queue.
  // OT445: one that this queue's promises rest on. OT446: one that librdkafka does not take.
  std::map<std::string, std::string> client;
  std::chrono::milliseconds patience{30'000};  // how long the brokers may take to answer, all tries together
  // Once true, no broker is waited for longer than some seconds, whatever the patience; outlives the queue. Null: never.
  const std::atomic<bool>* leaving = nullptr;
  std::chrono::milliseconds drain{5'000};      // PartitionListener::revoking's
  std::size_t metadata_bytes = 4'096;          // of a partition's progress, at most: the brokers' offset.metadata.max.bytes
  std::size_t message_bytes = 2 * 1024 * 1024 - 4'096;  // of a result or a dead letter, at most: the topics' max.message.bytes
  // What librdkafka has to say, on threads of its own; may be empty. It names brokers and topics, never a password or a record.
  std::function<void(std::string_view)> on_log;
  // Called once when brokers have not answered for some seconds and are waited for on: what librdkafka has said last. May be empty.
  std::function<void(const std::string& reason)> on_silence;
};

}  // namespace otmetka::queue
