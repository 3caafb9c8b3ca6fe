#include "gradebook/postgres/row_writer.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "gradebook/postgres/row_columns.h"
#include "gradebook/postgres/sqlstate.h"

namespace otmetka::gradebook::postgres {
namespace {

constexpr std::size_t kBatchRows = 1'000;
constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;  // of payloads
constexpr std::size_t kMostAssignments = 100'000;     // remembered

constexpr const char* kFindAssignments =
    "SELECT n.number, a.id FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS n(assignment, tenant, number)"
    " JOIN assignments a USING (assignment, tenant)";
constexpr const char* kAddAssignments =
    "INSERT INTO assignments (assignment, tenant) SELECT * FROM unnest($1::bytea[], $2::bytea[]) ON CONFLICT DO NOTHING";
#define OTMETKA_HOLDERS                                                                                                \
  "SELECT k.number, a.failed, a.submitted_at, a.submission_id, a.grade_epoch, a.revision, a.content_sha256,"           \
  " a.spec_sha256, a.result_id, a.ctid FROM unnest($1::bigint[], $2::bytea[], $3::integer[], $4::bigint[])"                    \
  " AS k(assignment_id, learner, attempt_no, number) JOIN attempts a USING (assignment_id, learner, attempt_no)"
constexpr const char* kHolders = OTMETKA_HOLDERS;
// The arrays come in the order of the keys, and so are the rows locked.
constexpr const char* kLockHolders = OTMETKA_HOLDERS " FOR UPDATE OF a";
#undef OTMETKA_HOLDERS
constexpr const char* kHistory =
    "SELECT k.number, h.failed, h.submitted_at, h.submission_id, h.grade_epoch, h.revision, h.content_sha256, h.spec_sha256, h.result_id"
    " FROM unnest($1::bigint[], $2::bytea[], $3::integer[], $4::bytea[], $5::bigint[])"
    " AS k(assignment_id, learner, attempt_no, submission_id, number)"
    " JOIN history h USING (assignment_id, learner, attempt_no, submission_id)";

#define OTMETKA_RESULTS                                                                                                      \
  "unnest($1::bigint[], $2::bytea[], $3::integer[], $4::bytea[], $5::boolean[], $6::bigint[], $7::bigint[], $8::bigint[],"     \
  " $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])"
#define OTMETKA_COLUMNS_AND_PLACE                                                                                      \
  "(assignment_id, learner, attempt_no, submission_id, failed, submitted_at, grade_epoch, revision, content_sha256," \
  " spec_sha256, result_id, payload, place)"
#define OTMETKA_COLUMNS                                                                                               \
  "(assignment_id, learner, attempt_no, submission_id, failed, submitted_at, grade_epoch, revision, content_sha256," \
  " spec_sha256, result_id, payload)"
// ON CONFLICT would cost each row a second look into the index and a second entry in the log, for what hardly ever happens.
constexpr const char* kMakeRows = "INSERT INTO attempts SELECT * FROM " OTMETKA_RESULTS;
constexpr const char* kAddHistory = "INSERT INTO history SELECT * FROM " OTMETKA_RESULTS;
// By the places that kLockHolders has given: the rows are ours, and each changes once a batch.
constexpr const char* kHold =
    "UPDATE attempts a SET submission_id = k.submission_id, failed = k.failed, submitted_at = k.submitted_at,"
    " grade_epoch = k.grade_epoch, revision = k.revision, content_sha256 = k.content_sha256, spec_sha256 = k.spec_sha256,"
    " result_id = k.result_id, payload = k.payload"
    " FROM ROWS FROM (" OTMETKA_RESULTS ", unnest($13::tid[])) AS k" OTMETKA_COLUMNS_AND_PLACE " WHERE a.ctid = k.place";
constexpr const char* kRetake =
    "UPDATE history h SET submitted_at = k.submitted_at, payload = k.payload FROM " OTMETKA_RESULTS " AS k" OTMETKA_COLUMNS
    " WHERE (h.assignment_id, h.learner, h.attempt_no, h.submission_id, h.failed, h.content_sha256, h.result_id)"
    " = (k.assignment_id, k.learner, k.attempt_no, k.submission_id, k.failed, k.content_sha256, k.result_id)";
#undef OTMETKA_RESULTS
#undef OTMETKA_COLUMNS
#undef OTMETKA_COLUMNS_AND_PLACE
constexpr const char* kKeepOld =
    "INSERT INTO history SELECT a.* FROM unnest($1::tid[]) AS k(place) JOIN attempts a ON a.ctid = k.place";
constexpr const char* kLeaveHistory =
    "DELETE FROM history h USING unnest($1::bigint[], $2::bytea[], $3::integer[], $4::bytea[], $5::boolean[], $6::bytea[], $7::bytea[])"
    " AS k(assignment_id, learner, attempt_no, submission_id, failed, content_sha256, result_id)"
    " WHERE (h.assignment_id, h.learner, h.attempt_no, h.submission_id, h.failed, h.content_sha256, h.result_id)"
    " = (k.assignment_id, k.learner, k.attempt_no, k.submission_id, k.failed, k.content_sha256, k.result_id)";
constexpr const char* kCountConflicts = "UPDATE counters SET value = value + $1 WHERE name = 'conflicts'";

// How many of the arrivals make the next batch; one at least.
std::size_t batch_of(std::span<const Arrival* const> arrivals) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  while (count < std::min(arrivals.size(), kBatchRows) && (count == 0 || bytes + arrivals[count]->payload.size() <= kBatchBytes)) {
    bytes += arrivals[count++]->payload.size();
  }
  return count;
}

// A result that is stored stays stored, whatever others do to the row meanwhile: copies of it change nothing.
bool are_copies(std::span<const Arrival* const> arrivals, const RowVersion& holder) {
  return std::all_of(arrivals.begin(), arrivals.end(), [&](const Arrival* arrival) {
    const RowVersion arrived = version_of(arrival->head);
    return is_duplicate(arrived, holder) && !is_earlier(arrived.submitted_at, holder.submitted_at);
  });
}

std::vector<std::string_view> submissions_of(std::span<const Arrival* const> arrivals) {
  std::vector<std::string_view> out;
  for (const Arrival* arrival : arrivals) out.push_back(arrival->head.submission.value);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Of a row of kHolders or kHistory.
RowVersion version_at(const Rows& rows, int row) {
  RowVersion out{.failed = rows.integer(row, 1) != 0,
                 .submitted_at = {},
                 .submission = rows.bytes(row, 3),
                 .grade_epoch = rows.integer(row, 4),
                 .revision = rows.integer(row, 5),
                 .content_sha256 = rows.bytes(row, 6),
                 .spec_sha256 = rows.bytes(row, 7),
                 .result_id = rows.bytes(row, 8)};
  if (!rows.is_null(row, 2)) out.submitted_at = Timestamp(std::chrono::microseconds(rows.integer(row, 2)));
  return out;
}

}  // namespace

// What a batch comes to, a list for each statement.
struct RowWriter::Changes {
  ResultColumns make;
  ResultColumns hold;
  Column hold_places{Type::kTid};
  ResultColumns add;
  ResultColumns retake;
  Column keep_old{Type::kTid};
  IdentityColumns leave;
};

Status RowWriter::apply(std::span<const Arrival* const> in_key_order, Applied& applied) {
  if (Status found = find_assignments(in_key_order); !found) return found;
  for (auto rest = in_key_order; !rest.empty();) {
    const std::size_t count = batch_of(rest);
    if (Status done = apply_batch(rest.first(count), applied); !done) return done;
    rest = rest.subspan(count);
  }
  if (applied.conflicts == 0) return ok_status();
  // Last of all, since every writer who has some waits here for the others.
  const auto counted = connection_.run(kCountConflicts, std::array{bigint_parameter(static_cast<std::int64_t>(applied.conflicts))});
  return counted ? ok_status() : Status(counted.failure());
}

// In the order of their names, as in_key_order() has them: writers who make the same ones wait for each other in one order.
Status RowWriter::find_assignments(std::span<const Arrival* const> arrivals) {
  if (assignments_.size() > kMostAssignments) assignments_.clear();
  std::vector<std::pair<std::string, std::string>> unknown;
  for (const Arrival* arrival : arrivals) {
    std::pair<std::string, std::string> name(arrival->head.assignment.value, arrival->head.tenant.value);
    if ((unknown.empty() || unknown.back() != name) && !assignments_.contains(name)) unknown.push_back(std::move(name));
  }
  if (unknown.empty()) return ok_status();
  if (Status found = look_up_assignments(unknown); !found) return found;
  std::erase_if(unknown, [this](const auto& name) { return assignments_.contains(name); });
  if (unknown.empty()) return ok_status();
  Column assignments(Type::kBytea);
  Column tenants(Type::kBytea);
  for (const auto& [assignment, tenant] : unknown) {
    assignments.bytes(assignment);
    tenants.bytes(tenant);
  }
  const auto added = connection_.run(kAddAssignments, std::array{assignments.take(), tenants.take()});
  if (!added) return added.failure();
  if (Status found = look_up_assignments(unknown); !found) return found;
  const bool all = std::all_of(unknown.begin(), unknown.end(), [this](const auto& name) { return assignments_.contains(name); });
  return all ? ok_status() : Status(collision(connection_.place()));
}

Status RowWriter::look_up_assignments(const std::vector<std::pair<std::string, std::string>>& names) {
  Column assignments(Type::kBytea);
  Column tenants(Type::kBytea);
  for (const auto& [assignment, tenant] : names) {
    assignments.bytes(assignment);
    tenants.bytes(tenant);
  }
  const auto found = connection_.run(kFindAssignments, std::array{assignments.take(), tenants.take()});
  if (!found) return found.failure();
  for (int row = 0; row < found->count(); ++row) {
    assignments_[names[static_cast<std::size_t>(found->integer(row, 0) - 1)]] = found->integer(row, 1);
  }
  return ok_status();
}

std::vector<RowWriter::Row> RowWriter::rows_of(std::span<const Arrival* const> batch) {
  std::vector<Row> rows;
  for (std::size_t begin = 0, end = 0; begin < batch.size(); begin = end) {
    while (end < batch.size() && is_same_row(*batch[begin], *batch[end])) ++end;
    const ScoredResult& head = batch[begin]->head;
    const ScoredResult* before = begin > 0 ? &batch[begin - 1]->head : nullptr;
    const bool as_before = before != nullptr && before->assignment == head.assignment && before->tenant == head.tenant;
    const std::int64_t assignment = as_before ? rows.back().assignment : assignments_.at({head.assignment.value, head.tenant.value});
    Row& row = rows.emplace_back();
    row.arrivals = batch.subspan(begin, end - begin);
    row.assignment = assignment;
  }
  return rows;
}

Status RowWriter::apply_batch(std::span<const Arrival* const> batch, Applied& applied) {
  fetched_.clear();
  std::vector<Row> rows = rows_of(batch);
  // Only what is to change is locked, since a lock is a write as well; in the midst of a regrade that is everything.
  if (!changing_) {
    if (Status done = fetch_holders(kHolders, rows); !done) return done;
  }
  if (Status done = fetch_holders(kLockHolders, rows); !done) return done;
  const auto contested = std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.contested; });
  changing_ = static_cast<std::size_t>(contested) * 2 > rows.size();
  if (Status done = fetch_history(rows); !done) return done;
  Changes changes;
  for (const Row& row : rows) plan(row, changes, applied);
  return write(changes);
}

Status RowWriter::fetch_holders(const char* sql, std::vector<Row>& rows) {
  KeyColumns keys;
  Column numbers(Type::kBigint);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (sql == kLockHolders && !changing_ && !rows[i].contested) continue;
    keys.add(rows[i].assignment, rows[i].arrivals.front()->head);
    numbers.bigint(static_cast<std::int64_t>(i));
  }
  if (keys.size() == 0) return ok_status();
  std::vector<Parameter> parameters = keys.take();
  parameters.push_back(numbers.take());
  auto found = connection_.run(sql, parameters);
  if (!found) return found.failure();
  for (int i = 0; i < found->count(); ++i) {
    Row& row = rows[static_cast<std::size_t>(found->integer(i, 0))];
    row.holder = version_at(*found, i);
    row.place = found->bytes(i, 9);
    row.contested = !are_copies(row.arrivals, *row.holder);
  }
  fetched_.push_back(std::move(*found));
  return ok_status();
}

// Locked with their row, and there only where that is.
Status RowWriter::fetch_history(std::vector<Row>& rows) {
  KeyColumns keys;
  Column submissions(Type::kBytea);
  Column numbers(Type::kBigint);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].contested) continue;
    for (const std::string_view submission : submissions_of(rows[i].arrivals)) {
      keys.add(rows[i].assignment, rows[i].arrivals.front()->head);
      submissions.bytes(submission);
      numbers.bigint(static_cast<std::int64_t>(i));
    }
  }
  if (keys.size() == 0) return ok_status();
  std::vector<Parameter> parameters = keys.take();
  parameters.push_back(submissions.take());
  parameters.push_back(numbers.take());
  auto found = connection_.run(kHistory, parameters);
  if (!found) return found.failure();
  for (int i = 0; i < found->count(); ++i) rows[static_cast<std::size_t>(found->integer(i, 0))].history.push_back(version_at(*found, i));
  fetched_.push_back(std::move(*found));
  return ok_status();
}

void RowWriter::plan(const Row& row, Changes& changes, Applied& applied) {
  plan_.clear();
  if (row.holder) plan_.set_holder(*row.holder);
  for (const RowVersion& version : row.history) plan_.add_history(version);
  for (std::size_t i = 0; i < row.arrivals.size(); ++i) plan_.take(version_of(row.arrivals[i]->head), i, applied);
  const RowChange change = plan_.change();
  const ScoredResult& head = row.arrivals.front()->head;
  if (change.hold && row.holder) {
    changes.hold.add(row.assignment, *row.arrivals[*change.hold]);
    changes.hold_places.bytes(row.place);
  } else if (change.hold) {
    changes.make.add(row.assignment, *row.arrivals[*change.hold]);
  }
  if (change.keep_old) changes.keep_old.bytes(row.place);
  for (const std::size_t arrival : change.add) changes.add.add(row.assignment, *row.arrivals[arrival]);
  for (const auto& [stored, arrival] : change.replace) changes.retake.add(row.assignment, *row.arrivals[arrival]);
  for (const std::size_t stored : change.remove) changes.leave.add(row.assignment, head, row.history[stored]);
}

// New rows first, since only they may collide with another writer; what a row held goes to the history before it is gone.
Status RowWriter::write(Changes& changes) {
  const auto write = [this](const char* sql, std::int64_t count, const auto& parameters) -> Status {
    if (count == 0) return ok_status();
    const auto done = connection_.run(sql, parameters());
    if (!done) return done.failure();
    return done->changed() == count ? ok_status() : Status(collision(connection_.place()));
  };
  const auto all_of = [](auto& columns) { return [&columns] { return columns.take(); }; };
  const auto places_too = [&] {
    std::vector<Parameter> out = changes.hold.take();
    out.push_back(changes.hold_places.take());
    return out;
  };
  const auto only_places = [&] { return std::array{changes.keep_old.take()}; };
  if (Status done = write(kMakeRows, changes.make.size(), all_of(changes.make)); !done) return done;
  if (Status done = write(kLeaveHistory, changes.leave.size(), all_of(changes.leave)); !done) return done;
  if (Status done = write(kKeepOld, changes.keep_old.size(), only_places); !done) return done;
  if (Status done = write(kHold, changes.hold.size(), places_too); !done) return done;
  if (Status done = write(kAddHistory, changes.add.size(), all_of(changes.add)); !done) return done;
  return write(kRetake, changes.retake.size(), all_of(changes.retake));
}

}  // namespace otmetka::gradebook::postgres
