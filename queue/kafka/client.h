// One client of librdkafka: its configuration, its handle, and its errors as ours.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/result.h"
#include "queue/kafka/options.h"

namespace otmetka::queue::kafka {

struct Destroy {
  void operator()(rd_kafka_topic_partition_list_t* list) const { rd_kafka_topic_partition_list_destroy(list); }
  void operator()(rd_kafka_consumer_group_metadata_t* metadata) const { rd_kafka_consumer_group_metadata_destroy(metadata); }
  void operator()(rd_kafka_error_t* error) const { rd_kafka_error_destroy(error); }
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
  void operator()(rd_kafka_conf_t* configuration) const { rd_kafka_conf_destroy(configuration); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
};
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, Destroy>;
using GroupMetadata = std::unique_ptr<rd_kafka_consumer_group_metadata_t, Destroy>;
using ClientError = std::unique_ptr<rd_kafka_error_t, Destroy>;
using Polled = std::unique_ptr<rd_kafka_message_t, Destroy>;

using Settings = std::vector<std::pair<std::string, std::string>>;

// Whole milliseconds as librdkafka takes them, never below zero (which would mean for ever).
int timeout_of(std::chrono::milliseconds time);
int time_left(std::chrono::steady_clock::time_point until);

// Until when brokers are waited for; once the process is to leave, for two seconds more at most. One thread.
class Until {
 public:
  explicit Until(const KafkaOptions& options);
  int left() const;  // in milliseconds, never below zero
  // For one call that can be made again: not so long that it would be missed that the process is to leave, and at least 1.
  int slice() const;
  bool is_over() const { return left() == 0; }
  std::chrono::seconds waited() const;

 private:
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point until_;
  const std::atomic<bool>* leaving_;
  mutable std::optional<std::chrono::steady_clock::time_point> leave_by_;
};

// The handle and what its callbacks need. Any thread, as far as librdkafka's calls are.
//
// Errors: OT440 no broker answers (retryable), OT441 no such topic, OT442 the brokers do not answer now (retryable), OT443
// refused, OT444 another worker has the same instance, OT445 and OT446 options, OT447 the client is of no use any more,
// OT448 a message is too large, OT449 anything else.
class Client {
 public:
  using OnRebalance = std::function<void(rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*)>;

  using OnDelivery = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);

  // `defaults` may be changed by the user's options, `fixed` not.
  static Result<std::unique_ptr<Client>> open(rd_kafka_type_t type, const KafkaOptions& options, const Settings& defaults,
                                              const Settings& fixed, OnRebalance on_rebalance = {},
                                              OnDelivery on_delivery = nullptr);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  rd_kafka_t* handle() const { return handle_; }

  // `what`: a topic, a group, whatever the call was about.
  Error error_of(rd_kafka_resp_err_t code, const std::string& what) const;
  Error error_of(const rd_kafka_error_t& error, const std::string& what) const;

  // Whether any broker answers.
  Status answers() const;

  // Whether the brokers answer and have this topic; the number of its partitions.
  Result<int> partitions_of(const std::string& topic) const;

 private:
  explicit Client(const KafkaOptions& options, OnRebalance on_rebalance);
  static void log(const rd_kafka_t* handle, int level, const char* facility, const char* text);
  static void fail(rd_kafka_t* handle, int code, const char* reason, void* self);
  static void rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions, void* self);
  Status configure(rd_kafka_conf_t* configuration, const Settings& defaults, const Settings& fixed) const;
  std::string last_trouble() const;
  Error no_answer(const Until& until) const;
  void tell_silence(const Until& until, bool& told) const;
  void note_trouble(std::string reason);

  KafkaOptions options_;
  OnRebalance on_rebalance_;
  rd_kafka_t* handle_ = nullptr;
  mutable std::mutex mutex_;
  std::string last_trouble_;  // what librdkafka last said about the brokers
};

}  // namespace otmetka::queue::kafka
