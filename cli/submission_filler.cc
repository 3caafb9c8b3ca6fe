#include "cli/submission_filler.h"

#include <sys/random.h>

#include <array>

#include "queue/codec.h"

namespace otmetka::cli {

std::string new_uuid() {
  std::array<unsigned char, 16> bytes{};
  for (std::size_t filled = 0; filled < bytes.size();) {
    const ssize_t n = getrandom(bytes.data() + filled, bytes.size() - filled, 0);
    if (n > 0) filled += static_cast<std::size_t>(n);
  }
  auto millis = static_cast<std::uint64_t>(now().time_since_epoch().count() / 1000);
  for (std::size_t i = 6; i-- > 0; millis >>= 8) bytes[i] = static_cast<unsigned char>(millis & 0xFF);
  bytes[6] = static_cast<unsigned char>(0x70 | (bytes[6] & 0x0F));
  bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3F));
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[bytes[i] >> 4];
    out += kHex[bytes[i] & 15];
  }
  return out;
}

Result<Submission> fill_in(Submission submission) {
  if (submission.assignment.empty()) submission.assignment = AssignmentId(submission.spec.value);
  if (submission.spec.empty()) submission.spec = SpecId(submission.assignment.value);
  if (submission.assignment.empty()) return error("OT381", {std::string("assignment_id")});
  if (submission.learner.empty()) return error("OT381", {std::string("learner_id")});
  if (submission.tenant.empty()) submission.tenant = TenantId("default");
  if (submission.event.empty()) submission.event = EventId(new_uuid());
  if (submission.submission.empty()) submission.submission = SubmissionId(new_uuid());
  if (!submission.submitted_at) submission.submitted_at = now();
  return submission;
}

std::string key_of(const Submission& submission) { return submission.learner.value + "/" + submission.assignment.value; }

Status Spool::keep(std::span<const queue::Outgoing> submissions) {
  auto spool = queue::EmbeddedQueue::open({.folder = folder_}, queue::EmbeddedRole::kClient);
  if (!spool) return spool.failure();
  return (*spool)->publisher().publish(submissions);
}

Status Spool::send_to(queue::SubmissionPublisher& queue) {
  if (folder_.empty()) return ok_status();
  auto spool = queue::EmbeddedQueue::open({.folder = folder_}, queue::EmbeddedRole::kServe);
  if (!spool) return spool.failure();
  constexpr std::size_t kBatch = 1'000;
  while (true) {
    const auto records = (*spool)->source().poll(kBatch, std::size_t{8} << 20, std::chrono::milliseconds(0));
    if (!records) return records.failure();
    if (records->empty()) return ok_status();
    std::vector<queue::Outgoing> batch;
    for (const queue::Record& record : *records) {
      const auto submission = queue::decode_submission(record.payload, record.encoding);
      batch.push_back({.key = submission ? key_of(*submission) : std::string(), .payload = record.payload, .encoding = record.encoding});
    }
    if (Status sent = queue.publish(batch); !sent) return sent;
    queue::Commit done;
    done.progress.push_back({0, records->back().position.offset + 1, {}});
    if (Status forgotten = (*spool)->sink().commit(done); !forgotten) return forgotten;
  }
}

}  // namespace otmetka::cli
