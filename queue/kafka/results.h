// The results of one partition of .results.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "queue/kafka/consumer.h"
#include "queue/source.h"

namespace otmetka::queue::kafka {

// read_committed: a result that a worker took back, or may yet, is not there. No group: the position is the caller's. The
// consumer is made at the first call. range().first is the partition's first record, whatever it holds; offsets have gaps.
class Results final : public ResultSource {
 public:
  Results(const KafkaOptions& options, std::int32_t partition);
  Result<ResultRange> range() override;
  Result<std::vector<ResultRecord>> poll_results(std::int64_t from_offset, std::size_t most_records, std::size_t most_bytes,
                                                 std::chrono::milliseconds wait) override;
  void wake() override;

 private:
  Status open();
  Status go_to(std::int64_t offset);
  ResultRecord record_of(const rd_kafka_message_t& message) const;

  KafkaOptions options_;
  std::string topic_;
  std::int32_t partition_;
  std::mutex opening_;  // wake() may come before the consumer is there
  bool woken_ = false;
  std::unique_ptr<Consumer> consumer_;
  std::int64_t next_ = -1;  // where the consumer stands; -1: nowhere
};

}  // namespace otmetka::queue::kafka
