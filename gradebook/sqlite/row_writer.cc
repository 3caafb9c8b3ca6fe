#include "gradebook/sqlite/row_writer.h"

namespace otmetka::gradebook {
namespace {

using queue::embedded::Database;
using queue::embedded::Statement;

constexpr const char* kAddAssignment = "INSERT OR IGNORE INTO assignments (assignment, tenant) VALUES (?1, ?2)";
constexpr const char* kFindAssignment = "SELECT id FROM assignments WHERE assignment = ?1 AND tenant = ?2";
constexpr const char* kAnyHolder = "SELECT 1 FROM attempts WHERE assignment_id = ?1 AND learner = ?2 AND attempt_no = ?3";
constexpr const char* kEarlier =
    "SELECT id, failed, submitted_at, grade_epoch, revision, content_sha256, spec_sha256, result_id FROM results"
    " WHERE submission_id = ?1 AND learner = ?2 AND assignment_id = ?3 AND attempt_no = ?4";
constexpr const char* kInsert =
    "INSERT INTO results (assignment_id, learner, attempt_no, submission_id, failed, submitted_at, grade_epoch, revision,"
    " content_sha256, spec_sha256, result_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr const char* kTakeTime = "UPDATE results SET submitted_at = ?1, payload = ?2 WHERE id = ?3";
constexpr const char* kHolder =
    "SELECT r.id, r.failed, r.submitted_at, r.submission_id, r.grade_epoch, r.revision, r.content_sha256, r.spec_sha256,"
    " r.result_id FROM attempts a JOIN results r ON r.id = a.result"
    " WHERE a.assignment_id = ?1 AND a.learner = ?2 AND a.attempt_no = ?3";
constexpr const char* kHold =
    "INSERT OR REPLACE INTO attempts (assignment_id, learner, attempt_no, result) VALUES (?1, ?2, ?3, ?4)";
constexpr const char* kAddHistory =
    "INSERT OR IGNORE INTO history (assignment_id, learner, attempt_no, result) VALUES (?1, ?2, ?3, ?4)";
constexpr const char* kDropHistory =
    "DELETE FROM history WHERE assignment_id = ?1 AND learner = ?2 AND attempt_no = ?3 AND result = ?4";
constexpr const char* kCountConflict = "UPDATE counters SET value = value + 1 WHERE name = 'conflicts'";

std::optional<std::int64_t> micros(const std::optional<Timestamp>& at) {
  return at ? std::optional(std::int64_t{at->time_since_epoch().count()}) : std::nullopt;
}

std::optional<Timestamp> time_at(const Statement& row, int column) {
  const auto stored = row.maybe_integer(column);
  return stored ? std::optional(Timestamp(std::chrono::microseconds(*stored))) : std::nullopt;
}

RowVersion holder_version(const Statement& row) {
  return {.failed = row.integer(1) != 0,
          .submitted_at = time_at(row, 2),
          .submission = row.bytes(3),
          .grade_epoch = row.integer(4),
          .revision = row.integer(5),
          .content_sha256 = row.bytes(6),
          .spec_sha256 = row.bytes(7),
          .result_id = row.bytes(8)};
}

}  // namespace

Result<std::unique_ptr<RowWriter>> RowWriter::open(Database& database) {
  std::unique_ptr<RowWriter> writer(new RowWriter(database));
  if (auto ready = writer->prepare(); !ready) return ready.failure();
  return writer;
}

Status RowWriter::prepare() {
  const std::pair<Statement*, const char*> statements[] = {
      {&add_assignment_, kAddAssignment}, {&find_assignment_, kFindAssignment}, {&any_holder_, kAnyHolder}, {&earlier_, kEarlier},
      {&insert_, kInsert},                {&take_time_, kTakeTime},             {&holder_, kHolder},
      {&hold_, kHold},                    {&add_history_, kAddHistory},         {&drop_history_, kDropHistory},
      {&count_conflict_, kCountConflict}};
  for (const auto& [statement, sql] : statements) {
    auto prepared = database_.prepare(sql);
    if (!prepared) return prepared.failure();
    *statement = std::move(*prepared);
  }
  return ok_status();
}

Status RowWriter::apply(const Arrival& arrival, Applied& applied) {
  const ScoredResult& result = arrival.head;
  const auto assignment = assignment_of(result);
  if (!assignment) return assignment.failure();
  const Incoming incoming{result, arrival.payload, *assignment};
  const auto known = is_known(incoming);
  if (!known) return known.failure();
  return *known ? apply_to_row(incoming, applied) : apply_as_first(incoming, applied);
}

// A row whose first result was stored has a holder ever after: without one there is nothing to compare with. Nearly every
// result is its row's first.
Result<bool> RowWriter::is_known(const Incoming& incoming) {
  any_holder_.bind(1, incoming.assignment).text(2, incoming.result.learner.value).bind(3, std::int64_t{incoming.result.attempt_no});
  const auto row = any_holder_.step();
  if (!row) return row.failure();
  any_holder_.reset();
  return *row;
}

Status RowWriter::apply_as_first(const Incoming& incoming, Applied& applied) {
  const auto id = insert(incoming);
  if (!id) return id.failure();
  ++applied.stored;
  return note(hold_, incoming, *id);
}

Status RowWriter::apply_to_row(const Incoming& incoming, Applied& applied) {
  const ScoredResult& result = incoming.result;
  const auto earlier = find_earlier(incoming);
  if (!earlier) return earlier.failure();
  if (earlier->duplicate != 0) {
    ++applied.duplicates;
    if (!is_earlier(result.submitted_at, earlier->duplicate_submitted_at)) return ok_status();
    if (auto taken = take_earlier_time(incoming, earlier->duplicate); !taken) return taken;
    const auto settled = settle(incoming, earlier->duplicate);
    return settled ? ok_status() : Status(settled.failure());
  }
  const auto id = insert(incoming);
  if (!id) return id.failure();
  const auto holds = settle(incoming, *id);
  if (!holds) return holds.failure();
  ++(*holds ? applied.stored : applied.history);
  if (!earlier->conflict) return ok_status();
  ++applied.conflicts;
  return count_conflict_.run();
}

Result<std::int64_t> RowWriter::assignment_of(const ScoredResult& result) {
  const auto [known, fresh] = assignments_.try_emplace({result.assignment.value, result.tenant.value}, 0);
  if (!fresh) return known->second;
  const auto& [assignment, tenant] = known->first;
  if (auto added = add_assignment_.text(1, assignment).text(2, tenant).run(); !added) return added.failure();
  const auto row = find_assignment_.text(1, assignment).text(2, tenant).step();
  if (!row) return row.failure();
  known->second = find_assignment_.integer(0);
  find_assignment_.reset();
  return known->second;
}

Result<RowWriter::Earlier> RowWriter::find_earlier(const Incoming& incoming) {
  Earlier found;
  bool conflict = false;
  bool reproduced = false;
  const RowVersion version = version_of(incoming.result);
  earlier_.text(1, version.submission).text(2, incoming.result.learner.value).bind(3, incoming.assignment);
  auto row = earlier_.bind(4, std::int64_t{incoming.result.attempt_no}).step();
  for (; row && *row; row = earlier_.step()) {
    const RowVersion stored{.failed = earlier_.integer(1) != 0,
                            .submitted_at = time_at(earlier_, 2),
                            .submission = version.submission,
                            .grade_epoch = earlier_.integer(3),
                            .revision = earlier_.integer(4),
                            .content_sha256 = earlier_.bytes(5),
                            .spec_sha256 = earlier_.bytes(6),
                            .result_id = earlier_.bytes(7)};
    if (is_duplicate(version, stored)) {
      found.duplicate = earlier_.integer(0);
      found.duplicate_submitted_at = stored.submitted_at;
    }
    conflict = conflict || is_conflict(version, stored);
    reproduced = reproduced || is_reproduction(version, stored);
  }
  earlier_.reset();
  if (!row) return row.failure();
  // Each content of a version by one spec beyond the first counts once, in whatever order they come.
  found.conflict = conflict && !reproduced;
  return found;
}

Result<std::int64_t> RowWriter::insert(const Incoming& incoming) {
  const ScoredResult& result = incoming.result;
  const bool failed = result.progress == Progress::kFailed;
  auto done = insert_.bind(1, incoming.assignment)
                  .text(2, result.learner.value)
                  .bind(3, std::int64_t{result.attempt_no})
                  .text(4, result.submission.value)
                  .bind(5, std::int64_t{failed})
                  .bind(6, micros(result.submitted_at))
                  .bind(7, result.grade_epoch)
                  .bind(8, result.revision)
                  .text(9, result.content_sha256)
                  .text(10, result.spec_sha256)
                  .text(11, result.result_id)
                  .blob(12, incoming.payload)
                  .run();
  if (!done) return done.failure();
  return database_.last_id();
}

Status RowWriter::take_earlier_time(const Incoming& incoming, std::int64_t id) {
  return take_time_.bind(1, micros(incoming.result.submitted_at)).blob(2, incoming.payload).bind(3, id).run();
}

// Whether the result, stored as `id`, holds its row now.
Result<bool> RowWriter::settle(const Incoming& incoming, std::int64_t id) {
  const ScoredResult& result = incoming.result;
  holder_.bind(1, incoming.assignment).text(2, result.learner.value).bind(3, std::int64_t{result.attempt_no});
  const auto row = holder_.step();
  if (!row) return row.failure();
  const std::int64_t holder = *row ? holder_.integer(0) : 0;
  const bool holds = !*row || holder == id || compare(version_of(result), holder_version(holder_)) > 0;
  holder_.reset();
  if (holder == id) return true;
  Status done = holds ? give_row(incoming, id, holder) : note(add_history_, incoming, id);
  if (!done) return done.failure();
  return holds;
}

Status RowWriter::give_row(const Incoming& incoming, std::int64_t id, std::int64_t displaced) {
  if (auto held = note(hold_, incoming, id); !held || displaced == 0) return held;
  if (auto dropped = note(drop_history_, incoming, id); !dropped) return dropped;
  return note(add_history_, incoming, displaced);
}

// Runs a statement whose parameters are a row's key and a result.
Status RowWriter::note(Statement& statement, const Incoming& incoming, std::int64_t id) {
  return statement.bind(1, incoming.assignment)
      .text(2, incoming.result.learner.value)
      .bind(3, std::int64_t{incoming.result.attempt_no})
      .bind(4, id)
      .run();
}

}  // namespace otmetka::gradebook
