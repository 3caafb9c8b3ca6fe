#include "gradebook/rules.h"

namespace otmetka::gradebook {
namespace {

bool same_version(const RowVersion& a, const RowVersion& b) {
  return a.failed == b.failed && a.submission == b.submission && a.grade_epoch == b.grade_epoch && a.revision == b.revision;
}

}  // namespace

RowVersion version_of(const ScoredResult& result) {
  return {.failed = result.progress == Progress::kFailed,
          .submitted_at = result.submitted_at,
          .submission = result.submission.value,
          .grade_epoch = result.grade_epoch,
          .revision = result.revision,
          .content_sha256 = result.content_sha256,
          .spec_sha256 = result.spec_sha256,
          .result_id = result.result_id};
}

bool is_earlier(const std::optional<Timestamp>& copy, const std::optional<Timestamp>& held) {
  return copy && (!held || *copy < *held);
}

std::strong_ordering compare(const RowVersion& a, const RowVersion& b) {
  if (a.failed != b.failed) return a.failed ? std::strong_ordering::less : std::strong_ordering::greater;
  if (a.submitted_at != b.submitted_at) {
    return is_earlier(a.submitted_at, b.submitted_at) ? std::strong_ordering::greater : std::strong_ordering::less;
  }
  if (const auto order = b.submission <=> a.submission; order != 0) return order;
  if (const auto order = a.grade_epoch <=> b.grade_epoch; order != 0) return order;
  if (const auto order = a.revision <=> b.revision; order != 0) return order;
  if (const auto order = b.content_sha256 <=> a.content_sha256; order != 0) return order;
  if (const auto order = b.spec_sha256 <=> a.spec_sha256; order != 0) return order;
  return b.result_id <=> a.result_id;
}

bool is_duplicate(const RowVersion& a, const RowVersion& b) {
  return a.result_id == b.result_id && a.content_sha256 == b.content_sha256 && a.failed == b.failed &&
         a.submission == b.submission;
}

bool is_conflict(const RowVersion& a, const RowVersion& b) {
  return same_version(a, b) && a.spec_sha256 == b.spec_sha256 && a.content_sha256 != b.content_sha256;
}

bool is_by_another_spec(const RowVersion& a, const RowVersion& b) {
  return same_version(a, b) && a.spec_sha256 != b.spec_sha256;
}

bool is_reproduction(const RowVersion& a, const RowVersion& b) {
  return same_version(a, b) && a.spec_sha256 == b.spec_sha256 && a.content_sha256 == b.content_sha256;
}

std::optional<Message> notice_of(const ScoredResult& result, const RowVersion& holder) {
  if (holder.submission != result.submission.value) return Message{"OT430", {result.submission.value}};
  if (is_by_another_spec(version_of(result), holder)) return Message{"OT431", {result.submission.value}};
  return std::nullopt;
}

}  // namespace otmetka::gradebook
