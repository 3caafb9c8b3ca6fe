// What every queue must do, whatever it is made of. An implementation's own test gives a factory:
//   INSTANTIATE_TEST_SUITE_P(Embedded, QueueContract, testing::Values(&make_embedded_world));
// and lists queue_contract.cc among its sources.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "queue/source.h"

namespace otmetka::queue {

// One queue that outlives those who use it. The parts live until the next restart() or the world's end.
class QueueWorld {
 public:
  virtual ~QueueWorld() = default;

  // The server comes up (again): source and sink as a new process would have them.
  virtual void restart_server() = 0;
  virtual SubmissionSource& source() = 0;
  virtual ResultSink& sink() = 0;

  virtual SubmissionPublisher& publisher() = 0;
  virtual ResultSource& results() = 0;
  virtual DeadLetterStore& dead_letters() = 0;

  // A commit after which nobody may write for the server that is there now, or nullptr where the queue has no such thing.
  virtual std::unique_ptr<ResultSink> sink_of_a_later_server() = 0;

  // Returns when what has been committed can be read. A broker may take a moment for that.
  virtual void settle() {}
};

using MakeQueueWorld = std::unique_ptr<QueueWorld> (*)();

class QueueContract : public testing::TestWithParam<MakeQueueWorld> {
 protected:
  void SetUp() override {
    world_ = GetParam()();
    ASSERT_NE(world_, nullptr);
    world_->restart_server();
  }

  // Publishes payloads "0", "1", … as one batch, or each for itself.
  void publish(std::size_t n, std::size_t from = 0);
  // Polls until `n` records have come or nothing more comes within `patience`.
  std::vector<Record> take(std::size_t n, std::chrono::milliseconds patience = std::chrono::seconds(10));
  std::vector<std::string> result_payloads();
  Status commit_and_settle(const Commit& commit);

  std::unique_ptr<QueueWorld> world_;
};

// "0", "1", …
std::vector<std::string> numbers(std::size_t n, std::size_t from = 0);
std::vector<std::string> payloads_of(const std::vector<Record>& records);

// A commit that says these records are done and gives a result for each.
Commit commit_of(const std::vector<Record>& records, std::int64_t next, std::string metadata = {});

}  // namespace otmetka::queue
