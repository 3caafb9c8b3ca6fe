// Which of several results holds a row of the gradebook. Pure functions; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/message.h"
#include "model/scored_result.h"
#include "model/time.h"

namespace otmetka::gradebook {

// What of a result takes part in the order. Views into the result it was made of.
struct RowVersion {
  bool failed = false;
  std::optional<Timestamp> submitted_at;
  std::string_view submission;
  std::int64_t grade_epoch = 0;
  std::int64_t revision = 0;
  std::string_view content_sha256;
  std::string_view spec_sha256;
  std::string_view result_id;
};

RowVersion version_of(const ScoredResult& result);

// The one total order of the results for a row: the greatest ever seen holds it, so that neither the order nor the number
// of arrivals can matter.
//   1. graded over FAILED, whatever the version;
//   2. the earlier submission: submitted_at (unknown comes last), then the smaller submission_id;
//   3. the higher version: (grade_epoch, revision);
//   4. the smaller content_sha256; then, for the order to be total, the smaller spec_sha256 and result_id.
std::strong_ordering compare(const RowVersion& a, const RowVersion& b);

// The same result_id with the same content, for the same row: acknowledged, and nothing changes. Only when the copies give
// different times of submission (an event published twice without one) the earlier time is kept, since it is part of the
// order. What content_sha256 does not cover and the order does not use (graded_at, cpu_us) stays as it came first.
bool is_duplicate(const RowVersion& a, const RowVersion& b);

// Two results for the same row, the same submission, the same version and the same spec, equally graded or FAILED, with
// other content: grading the same work again did not reproduce it.
bool is_conflict(const RowVersion& a, const RowVersion& b);

// The same submission and version by two specs: one was edited between. No fault of ours, whatever the contents.
bool is_by_another_spec(const RowVersion& a, const RowVersion& b);

// As a conflict, but with the same content: grading again did reproduce it.
bool is_reproduction(const RowVersion& a, const RowVersion& b);

// Why a result of the history does not hold its row, where that is worth a word: OT430, OT431.
std::optional<Message> notice_of(const ScoredResult& result, const RowVersion& holder);

// Whether a copy that is a duplicate of `held` carries an earlier time of submission.
bool is_earlier(const std::optional<Timestamp>& copy, const std::optional<Timestamp>& held);

}  // namespace otmetka::gradebook
