// What an event lacks when it comes from a file of answers, and the spool that keeps events while the queue is away.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "model/result.h"
#include "model/submission.h"
#include "queue/embedded/embedded_queue.h"

namespace otmetka::cli {

// Ids and times now, tenant `default`, spec_id from assignment_id and the other way round. OT381 where neither names the
// assignment, or no learner is named.
Result<Submission> fill_in(Submission submission);

// What its partition is chosen by: all of one learner and assignment go one way.
std::string key_of(const Submission& submission);

// RFC 9562 version 7: the time in milliseconds, then random bits.
std::string new_uuid();

// Submissions kept in a folder (a queue of its own, as durable as the real one) until the real queue can be reached.
class Spool {
 public:
  explicit Spool(std::string folder) : folder_(std::move(folder)) {}
  bool is_there() const { return !folder_.empty(); }
  Status keep(std::span<const queue::Outgoing> submissions);
  // Sends what earlier calls kept, in order; what is sent is forgotten only when the queue has it.
  Status send_to(queue::SubmissionPublisher& queue);

 private:
  std::string folder_;  // empty: no spool
};

}  // namespace otmetka::cli
