#include "gradebook/sqlite/row_writer.h"

namespace otmetka::gradebook {
namespace {

using queue::embedded::Database;
using queue::embedded::Statement;

constexpr const char* kAddAssignment = "INSERT OR IGNORE INTO assignments (assignment, tenant) VALUES (?1, ?2)";
constexpr const char* kFindAssignment = "SELECT id FROM assignments WHERE assignment = ?1 AND tenant = ?2";
constexpr const char* kAnyHolder = "SELECT 1 FROM attempts WHERE assignment_id = ?1 AND learner = ?2 AND attempt_no = ?3";
constexpr const char* kSameSubmission =
    "SELECT id, failed, submitted_at, submission_id, grade_epoch, revision, content_sha256, spec_sha256, result_id FROM results"
    " WHERE submission_id = ?1 AND learner = ?2 AND assignment_id = ?3 AND attempt_no = ?4";
constexpr const char* kInsert =
    "INSERT INTO results (assignment_id, learner, attempt_no, submission_id, failed, submitted_at, grade_epoch, revision,"
    " content_sha256, spec_sha256, result_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr const char* kTakeBytes = "UPDATE results SET submitted_at = ?1, payload = ?2 WHERE id = ?3";
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

}  // namespace

// Of a row of kHolder or kSameSubmission.
RowWriter::Stored::Stored(const Statement& row)
    : id(row.integer(0)),
      failed(row.integer(1) != 0),
      submitted_at(time_at(row, 2)),
      grade_epoch(row.integer(4)),
      revision(row.integer(5)),
      submission(row.bytes(3)),
      content_sha256(row.bytes(6)),
      spec_sha256(row.bytes(7)),
      result_id(row.bytes(8)) {}

RowVersion RowWriter::Stored::version() const {
  return {.failed = failed,
          .submitted_at = submitted_at,
          .submission = submission,
          .grade_epoch = grade_epoch,
          .revision = revision,
          .content_sha256 = content_sha256,
          .spec_sha256 = spec_sha256,
          .result_id = result_id};
}

Result<std::unique_ptr<RowWriter>> RowWriter::open(Database& database) {
  std::unique_ptr<RowWriter> writer(new RowWriter(database));
  if (auto ready = writer->prepare(); !ready) return ready.failure();
  return writer;
}

Status RowWriter::prepare() {
  const std::pair<Statement*, const char*> statements[] = {
      {&add_assignment_, kAddAssignment}, {&find_assignment_, kFindAssignment},
      {&any_holder_, kAnyHolder},         {&same_submission_, kSameSubmission},
      {&insert_, kInsert},                {&take_bytes_, kTakeBytes},
      {&select_holder_, kHolder},         {&hold_, kHold},
      {&add_history_, kAddHistory},       {&drop_history_, kDropHistory},
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
  if (auto read = read_stored(incoming); !read) return read;
  plan_.clear();
  if (holder_) plan_.set_holder(holder_->version());
  for (const Stored& stored : history_) plan_.add_history(stored.version());
  const std::size_t conflicts = applied.conflicts;
  plan_.take(version_of(incoming.result), 0, applied);
  if (auto done = carry_out(plan_.change(), incoming); !done) return done;
  return applied.conflicts > conflicts ? count_conflict_.run() : ok_status();
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

Status RowWriter::read_stored(const Incoming& incoming) {
  const ScoredResult& result = incoming.result;
  holder_.reset();
  history_.clear();
  select_holder_.bind(1, incoming.assignment).text(2, result.learner.value).bind(3, std::int64_t{result.attempt_no});
  const auto held = select_holder_.step();
  if (!held) return held.failure();
  if (*held) holder_.emplace(select_holder_);
  select_holder_.reset();
  same_submission_.text(1, result.submission.value).text(2, result.learner.value).bind(3, incoming.assignment);
  auto row = same_submission_.bind(4, std::int64_t{result.attempt_no}).step();
  for (; row && *row; row = same_submission_.step()) {
    if (!holder_ || holder_->id != same_submission_.integer(0)) history_.emplace_back(same_submission_);
  }
  same_submission_.reset();
  return row ? ok_status() : Status(row.failure());
}

// One result has come, so that each list of the change holds one entry at most. All results stand in one table: what moves
// between row and history are their numbers.
Status RowWriter::carry_out(const RowChange& change, const Incoming& incoming) {
  if (!change.replace.empty()) return take_bytes(incoming, history_[change.replace[0].first].id);
  if (!change.hold && change.add.empty()) return ok_status();
  if (change.hold && !change.keep_old && holder_) return take_bytes(incoming, holder_->id);
  std::int64_t id = 0;
  if (!change.remove.empty()) {
    id = history_[change.remove[0]].id;
    if (auto taken = take_bytes(incoming, id); !taken) return taken;
    if (auto dropped = note(drop_history_, incoming, id); !dropped) return dropped;
  } else {
    const auto inserted = insert(incoming);
    if (!inserted) return inserted.failure();
    id = *inserted;
  }
  if (!change.hold) return note(add_history_, incoming, id);
  if (auto held = note(hold_, incoming, id); !held || !change.keep_old) return held;
  return note(add_history_, incoming, holder_->id);
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

// The same result once more, with an earlier time of submission.
Status RowWriter::take_bytes(const Incoming& incoming, std::int64_t id) {
  return take_bytes_.bind(1, micros(incoming.result.submitted_at)).blob(2, incoming.payload).bind(3, id).run();
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
