// A queue as the commands know it, whichever kind it is.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "model/result.h"
#include "queue/embedded/embedded_queue.h"
#include "queue/kafka/kafka_queue.h"
#include "queue/source.h"

namespace otmetka::cli {

// Its parts live as long as it does and belong to one thread each, except where queue/source.h says any.
class WorkQueue {
 public:
  virtual ~WorkQueue() = default;

  virtual queue::SubmissionSource& source() = 0;  // of a queue opened to serve
  virtual queue::ResultSink& sink() = 0;          // the same
  virtual queue::SubmissionPublisher& publisher() = 0;
  virtual queue::DeadLetterStore& dead_letters() = 0;

  // Results come in partitions, each in an order and with a position of its own; id() is what a gradebook files those under.
  virtual Result<std::string> id() = 0;
  virtual Result<std::int32_t> result_partitions() = 0;
  virtual std::unique_ptr<queue::ResultSource> results(std::int32_t partition) = 0;  // protobuf, whatever they are written as

  // Waits until what was committed can be read, ten seconds at most or until `leaving`.
  virtual void settle(const std::atomic<bool>& /*leaving*/) {}

  // Whether it still stands where others look for it.
  virtual Status check_place() const { return ok_status(); }

  // For what only that kind can do; null: it is another.
  virtual queue::EmbeddedQueue* embedded() { return nullptr; }
};

std::unique_ptr<WorkQueue> work_queue(std::unique_ptr<queue::EmbeddedQueue> queue);
std::unique_ptr<WorkQueue> work_queue(std::unique_ptr<queue::KafkaQueue> queue, const queue::KafkaOptions& options);

// ScoredResult in protobuf's JSON form as protobuf; bytes that are no such JSON stay as they are.
std::string result_in_protobuf(std::string payload);

}  // namespace otmetka::cli
