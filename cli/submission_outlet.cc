#include "cli/submission_outlet.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace otmetka::cli {
namespace {

// Trying again later would end the same way.
bool is_mistake(const Error& error) {
  static constexpr std::array<std::string_view, 9> kCodes = {"OT402", "OT403", "OT406", "OT516", "OT441",
                                                             "OT443", "OT445", "OT446", "OT448"};
  return std::find(kCodes.begin(), kCodes.end(), error.code()) != kCodes.end();
}

}  // namespace

// Tells the queue's failures from the spool's own.
class SubmissionOutlet::ToQueue final : public queue::SubmissionPublisher {
 public:
  explicit ToQueue(queue::SubmissionPublisher& queue) : queue_(queue) {}
  Status publish(std::span<const queue::Outgoing> submissions) override {
    Status done = queue_.publish(submissions);
    if (!done) failure = done.failure();
    if (done) sent += static_cast<std::int64_t>(submissions.size());
    return done;
  }
  std::int64_t sent = 0;
  std::optional<Error> failure;

 private:
  queue::SubmissionPublisher& queue_;
};

Status SubmissionOutlet::fall_back(const Error& failure) {
  if (!spool_.is_there() || is_mistake(failure)) return failure;
  away_ = failure;
  return ok_status();
}

Status SubmissionOutlet::begin(Result<std::unique_ptr<WorkQueue>> queue) {
  if (!queue) return fall_back(queue.failure());
  queue_ = std::move(*queue);
  ToQueue to_queue(queue_->publisher());
  const Status sent = spool_.send_to(to_queue);
  published_ += to_queue.sent;
  if (sent) return sent;
  if (to_queue.failure) return fall_back(*to_queue.failure);
  // Another run is sending it just now.
  return sent.failure().code() == "OT410" ? ok_status() : sent;
}

Status SubmissionOutlet::publish(std::span<const queue::Outgoing> submissions) {
  const auto count = static_cast<std::int64_t>(submissions.size());
  if (!away_) {
    const Status done = queue_->publisher().publish(submissions);
    if (done) {
      published_ += count;
      return done;
    }
    if (Status held = fall_back(done.failure()); !held) return held;
  }
  if (Status done = spool_.keep(submissions); !done) return done;
  kept_ += count;
  return ok_status();
}

}  // namespace otmetka::cli
