#include "gradebook/sqlite/standing_reader.h"

#include "gradebook/rubric_of.h"
#include "gradebook/standing.h"
#include "queue/codec.h"

namespace otmetka::gradebook {
namespace {

constexpr const char* kAssignments =
    "SELECT id FROM assignments WHERE (?1 = '' OR tenant = ?1) AND (?2 = '' OR assignment = ?2) ORDER BY assignment, tenant";
constexpr const char* kRows =
    "SELECT r.payload, a.learner, s.assignment FROM attempts a JOIN results r ON r.id = a.result JOIN assignments s ON s.id = a.assignment_id"
    " WHERE a.assignment_id = ?1"
    " ORDER BY a.learner, a.attempt_no";
constexpr const char* kRowsOfLearner =
    "SELECT r.payload, a.learner, s.assignment FROM attempts a JOIN results r ON r.id = a.result JOIN assignments s ON s.id = a.assignment_id"
    " WHERE a.assignment_id = ?1 AND a.learner = ?2"
    " ORDER BY a.attempt_no";

}  // namespace

Status StandingReader::visit(const Filter& filter, const Visit& visit) {
  if (auto begun = database_.execute("BEGIN"); !begun) return begun;
  Status done = visit_snapshot(filter, visit);
  static_cast<void>(database_.execute("ROLLBACK"));  // it has read, nothing else
  return done;
}

// There are few assignments beside the rows, and each one's rows stand together.
Status StandingReader::visit_snapshot(const Filter& filter, const Visit& visit) {
  auto assignments = database_.prepare(kAssignments);
  if (!assignments) return assignments.failure();
  auto rows = database_.prepare(filter.learner.empty() ? kRows : kRowsOfLearner);
  if (!rows) return rows.failure();
  if (!filter.learner.empty()) rows->text(2, filter.learner);
  assignments->text(1, filter.tenant).text(2, filter.assignment);
  auto next = assignments->step();
  for (; next && *next && !stopped_; next = assignments->step()) {
    rows->reset();
    rows->bind(1, assignments->integer(0));
    if (auto done = visit_assignment(*rows, visit); !done) return done;
  }
  return next ? ok_status() : Status(next.failure());
}

Status StandingReader::visit_assignment(Statement& rows, const Visit& visit) {
  std::vector<ScoredResult> attempts;
  std::optional<std::string> damaged;  // this learner's rows are passed over
  auto row = rows.step();
  for (; row && *row; row = rows.step()) {
    const std::string_view learner = rows.bytes(1);
    if (damaged == learner) continue;
    if (!attempts.empty() && attempts.front().learner.value != learner) {
      if (auto ended = end_standing(attempts, visit); !ended || stopped_) return ended;
    }
    auto result = queue::decode_result(rows.bytes(0));
    if (result) {
      attempts.push_back(std::move(*result));
      continue;
    }
    const Error unreadable = error("OT422", {database_.file(), std::string(learner), std::string(rows.bytes(2))});
    if (!damaged_) return unreadable;
    damaged_(unreadable);
    damaged = learner;
    attempts.clear();
  }
  if (!row) return row.failure();
  return end_standing(attempts, visit);
}

Status StandingReader::end_standing(std::vector<ScoredResult>& attempts, const Visit& visit) {
  if (attempts.empty()) return ok_status();
  const auto standing = make_standing(std::exchange(attempts, {}), [this](const std::string& hash) { return rubric(hash); });
  if (!standing) return standing.failure();
  stopped_ = !visit(*standing);
  return ok_status();
}

// Of a spec that the store does not hold, or whose bytes are none: nullptr.
Result<const Rubric*> StandingReader::rubric(const std::string& spec_sha256) {
  auto known = rubrics_.find(spec_sha256);
  if (known == rubrics_.end()) {
    auto select = database_.prepare("SELECT bytes FROM specs WHERE sha256 = ?1");
    if (!select) return select.failure();
    const auto row = select->text(1, spec_sha256).step();
    if (!row) return row.failure();
    v1::AssessmentSpec spec;
    const std::string bytes = *row ? std::string(select->bytes(0)) : std::string();
    const bool read = *row && spec.ParseFromString(bytes);
    known = rubrics_.emplace(spec_sha256, read ? std::optional(rubric_of(spec)) : std::nullopt).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace otmetka::gradebook
