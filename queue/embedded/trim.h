// Makes room in queue.db.
#pragma once

#include <memory>

#include "queue/embedded/database.h"
#include "queue/embedded/embedded_queue.h"

namespace otmetka::queue::embedded {

// One thread. See EmbeddedQueue::trim().
class Trimmer {
 public:
  static Result<std::unique_ptr<Trimmer>> open(const DatabaseOptions& options);
  Result<Trimmed> trim(std::int64_t results_applied_below, Keep keep);

 private:
  explicit Trimmer(std::unique_ptr<Database> database) : database_(std::move(database)) {}
  Status prepare();
  Result<std::int64_t> step(Statement& remove, std::int64_t below);
  Result<std::int64_t> step_results(std::int64_t below);
  Result<std::int64_t> step_commits(std::int64_t applied_below);
  Status give_back();

  std::unique_ptr<Database> database_;
  Statement finished_below_;
  Statement remove_submissions_;
  Statement remove_results_;
  Statement mark_trimmed_;
  Statement remove_commits_;
  Statement last_commit_;
  std::int64_t thinned_below_ = 0;  // of `commits`: what an earlier step has looked through
};

}  // namespace otmetka::queue::embedded
