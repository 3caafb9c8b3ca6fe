// The explained, exact score of one submission.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "model/message.h"
#include "model/ratio.h"
#include "model/time.h"
#include "model/verdict.h"

namespace otmetka {

struct TestOutcome {
  std::string id;
  Verdict verdict = Verdict::kGraded;
  std::chrono::microseconds cpu{0};
  std::chrono::microseconds wall{0};
  std::int64_t peak_bytes = 0;
  bool shown = false;
};

struct PartResult {
  PartId part;
  Ratio credit;  // share of the part, within [0, 1] unless the spec sets a negative floor
  Ratio points;  // credit × points_max
  Ratio points_max;
  Verdict status = Verdict::kNotAttempted;
  std::string rule_id;  // the entry that decided: "answer", "accept[0]", "reject[1]", …; empty where none did
  std::string tag;
  std::vector<Message> feedback;  // for the learner; the first is the short form's sentence
  std::vector<Message> trace;     // as typed → … → arithmetic; quotes at most 4 KiB of an answer
  std::string answer_key;         // what equal answers are grouped by; at most 256 bytes
  std::vector<TestOutcome> tests;
  std::chrono::microseconds cpu{0};
  std::chrono::microseconds wall{0};
  std::int64_t peak_bytes = 0;
};

// The order and numbers are those of Progress in proto/result.proto.
enum class Progress { kPending = 1, kPartialNeedsHuman, kFinal, kFailed };

// "PENDING", "PARTIAL_NEEDS_HUMAN", "FINAL", "FAILED".
std::string_view progress_name(Progress progress);

struct ScoredResult {
  std::string result_id;  // hex SHA-256 of tenant, submission, spec hash, epoch, revision
  TenantId tenant;
  EventId event;
  SubmissionId submission;
  AssignmentId assignment;
  LearnerId learner;
  std::int32_t attempt_no = 1;
  SpecId spec;
  std::string spec_sha256;
  std::int64_t grade_epoch = 0;
  std::int64_t revision = 0;
  std::string engine_version;
  std::string content_sha256;  // over credit, points, status and rule_id of each part
  Ratio raw;
  Ratio maximum;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> due_at;
  std::optional<Timestamp> graded_at;
  Progress progress = Progress::kPending;
  bool consumes_attempt = false;
  std::vector<PartResult> parts;
  std::vector<Message> notices;  // said of the submission as a whole: an unknown item, a failure's reason
  std::string regrade_id;
  std::string superseded_result_id;
};

}  // namespace otmetka
