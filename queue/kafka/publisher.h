// Publishes submissions.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "queue/kafka/producer.h"
#include "queue/source.h"

namespace otmetka::queue::kafka {

// Any thread; the producer is made at the first publish(). Returns when every replica in sync has the submissions, or with the
// first failure: some of the batch may have been published then, and publishing it again does no harm.
class Publisher final : public SubmissionPublisher {
 public:
  explicit Publisher(const KafkaOptions& options);
  Status publish(std::span<const Outgoing> submissions) override;

 private:
  Result<Producer*> producer();

  KafkaOptions options_;
  std::string topic_;
  std::string name_;  // begins the ids of what this publisher publishes; at random
  std::atomic<std::uint64_t> published_{0};
  std::mutex opening_;
  std::unique_ptr<Producer> producer_;
};

}  // namespace otmetka::queue::kafka
