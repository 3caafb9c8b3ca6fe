// The submissions of one worker: its share of the group's partitions.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "queue/kafka/consumer.h"
#include "queue/kafka/options.h"
#include "queue/kafka/ownership.h"
#include "queue/source.h"

namespace otmetka::queue::kafka {

// Joins the group at the first call. A partition begins at its committed offset, or at its first record where there is
// none or where it lies outside of what is kept; its progress says which.
//
// On a revoke: the listener drains and commits, no further commit is let through, the epoch is raised, the partition is let
// go. Errors are the client's; OT450 where the group gives nothing in time, OT444 where another worker has this instance.
class Source final : public SubmissionSource {
 public:
  // `options.group` and `.instance` are filled in.
  static Result<std::unique_ptr<Source>> open(const KafkaOptions& options, Ownership& ownership);

  ~Source() override;

  Result<std::vector<PartitionProgress>> committed() override;
  Result<std::vector<Record>> poll(std::size_t most_records, std::size_t most_bytes, std::chrono::milliseconds wait) override;
  Result<bool> at_end() override;
  Result<std::optional<std::int64_t>> unpolled() override { return consumer_->behind(); }
  void wake() override { consumer_->wake(); }
  void listen(PartitionListener* listener) override { listener_ = listener; }
  void pause(std::span<const std::int32_t> partitions) override;
  void resume(std::span<const std::int32_t> partitions) override;

  const Consumer& consumer() const { return *consumer_; }

 private:
  Source(const KafkaOptions& options, Ownership& ownership) : options_(options), ownership_(ownership) {}
  void rebalance(rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t& partitions);
  Status join();
  Status take(rd_kafka_topic_partition_list_t& partitions);
  void let_go(const rd_kafka_topic_partition_list_t& partitions);
  Result<PartitionProgress> progress_of(const rd_kafka_topic_partition_t& committed);
  std::int32_t partition_of(const rd_kafka_topic_partition_t& partition) const;
  Record record_of(const rd_kafka_message_t& message) const;

  KafkaOptions options_;
  Ownership& ownership_;
  PartitionListener* listener_ = nullptr;
  std::vector<std::pair<std::string, Lane>> topics_;
  std::map<std::int32_t, std::uint32_t> epochs_;       // of every partition that this worker has or had
  std::map<std::int32_t, PartitionProgress> progress_;  // of those that it has, as they were when it got them
  bool joined_ = false;                                 // the group has given something, be it nothing
  std::optional<Error> failure_;                        // of a rebalance
  std::unique_ptr<Consumer> consumer_;                  // last: its end calls rebalance()
};

}  // namespace otmetka::queue::kafka
