// Waits for results where they are published: in the queue itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/work_queue.h"
#include "model/result.h"

namespace otmetka::cli {

// One thread.
class ResultWait {
 public:
  using Ids = std::vector<std::pair<std::string, std::string>>;  // tenant and submission

  // Before anything is published: only what comes after it is looked at.
  static Result<std::unique_ptr<ResultWait>> begin(std::unique_ptr<WorkQueue> queue);

  struct Outcome {
    std::size_t done = 0;
    bool some_failed = false;
  };
  // Until each of them has a result, or for `patience` none of them has got one: then `done` is less than there are.
  Result<Outcome> wait(const Ids& ids, std::chrono::milliseconds patience, const std::function<void(std::size_t done)>& progress);

 private:
  struct Partition {
    std::unique_ptr<queue::ResultSource> results;
    std::int64_t next = 0;
  };
  explicit ResultWait(std::unique_ptr<WorkQueue> queue) : queue_(std::move(queue)) {}
  Result<std::size_t> read(Partition& partition, std::set<std::pair<std::string, std::string>>& wanted, bool& some_failed);

  std::unique_ptr<WorkQueue> queue_;
  std::vector<Partition> partitions_;
};

}  // namespace otmetka::cli
