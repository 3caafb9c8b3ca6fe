// A producer, and what it is handed.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "queue/kafka/client.h"
#include "queue/kafka/headers.h"

namespace otmetka::queue::kafka {

// Counts what was sent until the brokers have acknowledged it. Lives until nothing of it is under way.
struct Deliveries {
  std::mutex mutex;
  std::size_t under_way = 0;
  std::optional<std::pair<rd_kafka_resp_err_t, std::string>> failed;  // the first failure and its topic
};

struct Sent {
  const std::string& topic;
  std::string_view key;                    // empty: none, any partition
  std::optional<std::string_view> value;   // nullopt: a tombstone
  Headers headers;
};

// Idempotent, acknowledged by all replicas in sync; the partition by the key as Java's clients choose it. send() and wait() may
// be called by any thread; the transactional calls belong to one.
class Producer {
 public:
  static Result<std::unique_ptr<Producer>> open(const KafkaOptions& options, Settings fixed = {});

  // Copies what it is given. Waits while librdkafka's own queue is full, up to `until`. Without `deliveries` (in a transaction)
  // nobody is told. OT448: larger than the topic or librdkafka's message.max.bytes allows.
  Status send(const Sent& sent, Deliveries* deliveries, std::chrono::steady_clock::time_point until);

  // Until all of it is acknowledged or has failed: the first failure. What is still under way at `until` is given up on.
  Status wait(Deliveries& deliveries, std::chrono::steady_clock::time_point until);

  const Client& client() const { return *client_; }
  rd_kafka_t* handle() const { return client_->handle(); }

 private:
  explicit Producer(std::unique_ptr<Client> client) : client_(std::move(client)) {}
  std::unique_ptr<Client> client_;
};

}  // namespace otmetka::queue::kafka
