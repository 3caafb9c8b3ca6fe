// Where submissions go: into the queue, or into the spool from the moment that the queue fails.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "cli/submission_filler.h"
#include "cli/work_queue.h"
#include "model/result.h"

namespace otmetka::cli {

// One thread.
class SubmissionOutlet final : public queue::SubmissionPublisher {
 public:
  explicit SubmissionOutlet(std::string spool_folder) : spool_(std::move(spool_folder)) {}

  // The queue as it could be opened, or not; then sends what earlier runs have kept in the spool. An error when there is no
  // spool, or when the failure is a mistake (the wrong kind of queue, a path that is no queue, no right to write): such works
  // are not kept, since they would never be sent.
  Status begin(Result<std::unique_ptr<WorkQueue>> queue);

  // Published or, with a spool, kept: durable either way. A batch goes one way as a whole.
  Status publish(std::span<const queue::Outgoing> submissions) override;

  std::int64_t published() const { return published_; }  // what earlier runs had kept among them
  std::int64_t kept() const { return kept_; }            // of this run's
  const std::optional<Error>& away() const { return away_; }  // why the queue has not got all of it

 private:
  class ToQueue;
  Status fall_back(const Error& failure);

  Spool spool_;
  std::unique_ptr<WorkQueue> queue_;
  std::optional<Error> away_;
  std::int64_t published_ = 0;
  std::int64_t kept_ = 0;
};

}  // namespace otmetka::cli
