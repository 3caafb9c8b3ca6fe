#include "cli/work_queue.h"

#include <google/protobuf/util/json_util.h>

#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "proto/result.pb.h"
#include "queue/kafka/settled.h"

namespace otmetka::cli {
namespace {

constexpr std::chrono::seconds kSettling{10};  // as long as a transaction may stay open

class OnEmbedded final : public WorkQueue {
 public:
  explicit OnEmbedded(std::unique_ptr<queue::EmbeddedQueue> queue) : queue_(std::move(queue)) {}

  queue::SubmissionSource& source() override { return queue_->source(); }
  queue::ResultSink& sink() override { return queue_->sink(); }
  queue::SubmissionPublisher& publisher() override { return queue_->publisher(); }
  queue::DeadLetterStore& dead_letters() override { return queue_->dead_letters(); }
  Result<std::string> id() override { return queue_->id(); }
  Result<std::int32_t> result_partitions() override { return 1; }
  std::unique_ptr<queue::ResultSource> results(std::int32_t /*partition*/) override { return std::make_unique<Shared>(queue_->results()); }
  Status check_place() const override { return queue_->check_place(); }
  queue::EmbeddedQueue* embedded() override { return queue_.get(); }

 private:
  // The queue's own reader, of which there is one.
  class Shared final : public queue::ResultSource {
   public:
    explicit Shared(queue::ResultSource& of) : of_(of) {}
    Result<queue::ResultRange> range() override { return of_.range(); }
    Result<std::vector<queue::ResultRecord>> poll_results(std::int64_t from, std::size_t most, std::size_t bytes,
                                                          std::chrono::milliseconds wait) override {
      return of_.poll_results(from, most, bytes, wait);
    }
    void wake() override { of_.wake(); }

   private:
    queue::ResultSource& of_;
  };

  std::unique_ptr<queue::EmbeddedQueue> queue_;
};

class OnKafka final : public WorkQueue {
 public:
  OnKafka(std::unique_ptr<queue::KafkaQueue> queue, const queue::KafkaOptions& options) : queue_(std::move(queue)), options_(options) {}

  queue::SubmissionSource& source() override { return queue_->source(); }
  queue::ResultSink& sink() override { return queue_->sink(); }
  queue::SubmissionPublisher& publisher() override { return queue_->publisher(); }
  queue::DeadLetterStore& dead_letters() override { return queue_->dead_letters(); }
  Result<std::string> id() override { return queue_->id(); }
  Result<std::int32_t> result_partitions() override { return queue_->results_partitions(); }
  std::unique_ptr<queue::ResultSource> results(std::int32_t partition) override {
    return std::make_unique<InProtobuf>(queue_->results_of(partition));
  }
  void settle(const std::atomic<bool>& leaving) override {
    const auto until = std::chrono::steady_clock::now() + kSettling;
    while (!leaving && std::chrono::steady_clock::now() < until) {
      const auto settled = queue::results_settled(options_);
      if (!settled || *settled) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

 private:
  class InProtobuf final : public queue::ResultSource {
   public:
    explicit InProtobuf(std::unique_ptr<queue::ResultSource> of) : of_(std::move(of)) {}
    Result<queue::ResultRange> range() override { return of_->range(); }
    Result<std::vector<queue::ResultRecord>> poll_results(std::int64_t from, std::size_t most, std::size_t bytes,
                                                          std::chrono::milliseconds wait) override {
      auto records = of_->poll_results(from, most, bytes, wait);
      if (!records) return records;
      for (queue::ResultRecord& record : *records) record.payload = result_in_protobuf(std::move(record.payload));
      return records;
    }
    void wake() override { of_->wake(); }

   private:
    std::unique_ptr<queue::ResultSource> of_;
  };

  std::unique_ptr<queue::KafkaQueue> queue_;
  queue::KafkaOptions options_;
};

}  // namespace

std::string result_in_protobuf(std::string payload) {
  if (!payload.starts_with('{')) return payload;  // in protobuf that would be a group, and a result has none
  v1::ScoredResult message;
  google::protobuf::util::JsonParseOptions lenient;
  lenient.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(payload, &message, lenient).ok()) return payload;
  return message.SerializeAsString();
}

std::unique_ptr<WorkQueue> work_queue(std::unique_ptr<queue::EmbeddedQueue> queue) {
  return std::make_unique<OnEmbedded>(std::move(queue));
}

std::unique_ptr<WorkQueue> work_queue(std::unique_ptr<queue::KafkaQueue> queue, const queue::KafkaOptions& options) {
  return std::make_unique<OnKafka>(std::move(queue), options);
}

}  // namespace otmetka::cli
