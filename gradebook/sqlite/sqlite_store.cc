#include "gradebook/sqlite/sqlite_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <tuple>

#include "gradebook/row_plan.h"
#include "gradebook/sqlite/schema.h"
#include "gradebook/sqlite/standing_reader.h"
#include "queue/codec.h"
#include "queue/embedded/files.h"

namespace otmetka::gradebook {
namespace {

using queue::embedded::Transaction;

constexpr std::int32_t kReaderCacheKib = 2'048;
constexpr std::int32_t kCheckpointPages = 8'192;  // 128 MiB: the same index pages are written again and again before

constexpr const char* kMove = "UPDATE positions SET next = ?1 WHERE queue = ?2 AND partition = ?3 AND next = ?4";
constexpr const char* kStart = "INSERT OR IGNORE INTO positions (queue, partition, next) VALUES (?1, ?2, ?3)";
constexpr const char* kPosition = "SELECT next FROM positions WHERE queue = ?1 AND partition = ?2";
constexpr const char* kPutSpec = "INSERT OR IGNORE INTO specs (sha256, spec_id, bytes) VALUES (?1, ?2, ?3)";
constexpr const char* kSelectSpec = "SELECT sha256, spec_id, bytes FROM specs WHERE sha256 = ?1";
constexpr const char* kOutcome =
    "SELECT r.failed FROM results r JOIN assignments a ON a.id = r.assignment_id WHERE a.tenant = ?1 AND r.submission_id = ?2"
    " ORDER BY r.failed LIMIT 1";
constexpr const char* kHistory =
    "SELECT r.payload, holder.failed, holder.submission_id, holder.grade_epoch, holder.revision, holder.spec_sha256 FROM assignments s JOIN history h ON h.assignment_id = s.id"
    " JOIN results r ON r.id = h.result JOIN attempts a USING (assignment_id, learner, attempt_no)"
    " JOIN results holder ON holder.id = a.result"
    " WHERE s.assignment = ?1 AND s.tenant = ?2 AND h.learner = ?3 AND h.attempt_no = ?4";

// Of a row of kHistory, as far as notice_of() asks.
RowVersion holder_of(const queue::embedded::Statement& row) {
  return {.failed = row.integer(1) != 0,
          .submitted_at = {},
          .submission = row.bytes(2),
          .grade_epoch = row.integer(3),
          .revision = row.integer(4),
          .content_sha256 = {},
          .spec_sha256 = row.bytes(5),
          .result_id = {}};
}

Status check_path(const SqliteOptions& options) {
  struct stat found {};
  if (::stat(options.file.c_str(), &found) == 0) {
    return S_ISDIR(found.st_mode) ? Status(error("OT414", {options.file})) : ok_status();
  }
  const int why = errno;
  if (options.must_exist && why == EACCES) return error("OT416", {options.file, std::string(std::strerror(why))});
  if (options.must_exist) return error("OT421", {options.file});
  return queue::embedded::make_folder(queue::embedded::folder_of(options.file));
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const SqliteOptions& options) {
  if (auto checked = check_path(options); !checked) return checked.failure();
  std::unique_ptr<SqliteStore> store(new SqliteStore(options));
  if (auto ready = store->prepare(); !ready) {
    const Error& failure = ready.failure();
    // Who only reads is not told that he may not write.
    return options.must_exist && failure.code() == "OT403" ? Error{{"OT416", failure.message.args}, false} : failure;
  }
  return store;
}

Result<std::unique_ptr<queue::embedded::Database>> SqliteStore::connect(std::int32_t cache_kib) const {
  return Database::open({.file = options_.file,
                         .busy_timeout = options_.busy_timeout,
                         .cache_kib = cache_kib,
                         .checkpoint_pages = kCheckpointPages,
                         .most_pages = options_.most_pages,
                         .leaving = options_.leaving},
                        kGradebookSchema);
}

Status SqliteStore::prepare() {
  auto writer = connect(options_.cache_kib);
  if (!writer) return writer.failure();
  writer_ = std::move(*writer);
  auto reader = connect(kReaderCacheKib);
  if (!reader) return reader.failure();
  reader_ = std::move(*reader);
  identity_ = queue::embedded::identity_of(options_.file);
  auto rows = RowWriter::open(*writer_);
  if (!rows) return rows.failure();
  rows_ = std::move(*rows);
  const std::tuple<Database*, Statement*, const char*> statements[] = {
      {writer_.get(), &move_, kMove},
      {writer_.get(), &start_, kStart},
      {writer_.get(), &put_spec_, kPutSpec},
      {reader_.get(), &position_, kPosition},
      {reader_.get(), &select_spec_, kSelectSpec},
      {reader_.get(), &outcome_, kOutcome},
      {reader_.get(), &history_, kHistory},
      {reader_.get(), &conflicts_, "SELECT value FROM counters WHERE name = 'conflicts'"}};
  for (const auto& [database, statement, sql] : statements) {
    auto prepared = database->prepare(sql);
    if (!prepared) return prepared.failure();
    *statement = std::move(*prepared);
  }
  return ok_status();
}

Status SqliteStore::check_place() const {
  return queue::embedded::identity_of(options_.file) == identity_ ? ok_status() : Status(error("OT418", {options_.file}));
}

Status SqliteStore::put_spec(const SpecRow& spec) {
  const std::lock_guard lock(write_mutex_);
  return put_spec_.text(1, spec.sha256).text(2, spec.spec_id).blob(3, spec.bytes).run();
}

Result<std::optional<SpecRow>> SqliteStore::spec(const std::string& sha256) {
  const std::lock_guard lock(read_mutex_);
  const auto row = select_spec_.text(1, sha256).step();
  if (!row) return row.failure();
  std::optional<SpecRow> found;
  if (*row) found = SpecRow{std::string(select_spec_.bytes(0)), std::string(select_spec_.bytes(1)), std::string(select_spec_.bytes(2))};
  select_spec_.reset();
  return found;
}

Result<Applied> SqliteStore::apply(std::span<const Arrival> results, std::span<const Move> moves) {
  const std::lock_guard lock(write_mutex_);
  auto transaction = Transaction::begin(*writer_);
  if (!transaction) return transaction.failure();
  for (const Move& move : moves) {
    if (auto moved = move_position(move); !moved) return moved.failure();
  }
  Applied applied;
  rows_->begin();
  for (const Arrival* result : in_key_order(results)) {
    if (auto done = rows_->apply(*result, applied); !done) return done.failure();
  }
  if (auto done = transaction->commit(); !done) return done.failure();
  return applied;
}

// A partition that has never been read stands at 0.
Status SqliteStore::move_position(const Move& move) {
  const std::int64_t partition = move.partition;
  move_.bind(1, move.next).text(2, options_.queue_id).bind(3, partition).bind(4, move.expected);
  if (auto moved = move_.run(); !moved) return moved;
  if (writer_->changes() == 1) return ok_status();
  if (move.expected == 0) {
    if (auto started = start_.text(1, options_.queue_id).bind(2, partition).bind(3, move.next).run(); !started) return started;
    if (writer_->changes() == 1) return ok_status();
  }
  return error("OT420", {options_.file, move.expected});
}

Result<std::int64_t> SqliteStore::position(std::int32_t partition) {
  const std::lock_guard lock(read_mutex_);
  const auto row = position_.text(1, options_.queue_id).bind(2, std::int64_t{partition}).step();
  if (!row) return row.failure();
  const std::int64_t next = *row ? position_.integer(0) : 0;
  position_.reset();
  return next;
}

Status SqliteStore::visit(const Filter& filter, const std::function<bool(const Standing&)>& visit,
                          const std::function<void(const Error&)>& damaged) {
  auto database = connect(kReaderCacheKib);
  if (!database) return database.failure();
  return StandingReader(**database, damaged).visit(filter, visit);
}

Result<Outcome> SqliteStore::outcome(const std::string& tenant, const std::string& submission_id) {
  const std::lock_guard lock(read_mutex_);
  const auto row = outcome_.text(1, tenant).text(2, submission_id).step();
  if (!row) return row.failure();
  const Outcome found = !*row ? Outcome::kNone : outcome_.integer(0) != 0 ? Outcome::kFailed : Outcome::kGraded;
  outcome_.reset();
  return found;
}

Result<std::vector<HistoryRow>> SqliteStore::history(const RowKey& row) {
  const std::lock_guard lock(read_mutex_);
  std::vector<HistoryRow> found;
  auto next = history_.text(1, row.assignment.value)
                  .text(2, row.tenant.value)
                  .text(3, row.learner.value)
                  .bind(4, std::int64_t{row.attempt_no})
                  .step();
  for (; next && *next; next = history_.step()) {
    auto result = queue::decode_result(history_.bytes(0));
    if (!result) {
      history_.reset();
      return error("OT422", {options_.file, row.learner.value, row.assignment.value});
    }
    std::optional<Message> notice = notice_of(*result, holder_of(history_));
    found.push_back({std::move(*result), std::move(notice)});
  }
  history_.reset();
  if (!next) return next.failure();
  std::sort(found.begin(), found.end(), [](const HistoryRow& a, const HistoryRow& b) {
    return compare(version_of(a.result), version_of(b.result)) > 0;
  });
  return found;
}

Result<std::int64_t> SqliteStore::conflicts() {
  const std::lock_guard lock(read_mutex_);
  const auto row = conflicts_.step();
  if (!row) return row.failure();
  const std::int64_t value = *row ? conflicts_.integer(0) : 0;
  conflicts_.reset();
  return value;
}

}  // namespace otmetka::gradebook
