#include "queue/embedded/results.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "queue/embedded/letter_row.h"
#include "queue/embedded/schema.h"

namespace otmetka::queue::embedded {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char* kInsertResult = "INSERT INTO results (key, payload) VALUES (?1, ?2)";
constexpr const char* kMove =
    "UPDATE progress SET next = ?1, metadata = ?2 WHERE partition = 0 AND next = ?3 AND server = ?4";
constexpr const char* kMark = "INSERT OR REPLACE INTO commits (results_below, submissions_below) VALUES (?1, ?2)";
constexpr const char* kTrimmedBelow = "SELECT results_below FROM trimmed";
constexpr const char* kLastResult = "SELECT seq FROM sqlite_sequence WHERE name = 'results'";
constexpr const char* kRange = "SELECT offset, key, payload FROM results WHERE offset >= ?1 ORDER BY offset LIMIT ?2";

}  // namespace

Result<std::unique_ptr<Sink>> Sink::open(const DatabaseOptions& options, const std::string& bell) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto opened = Bell::open(bell);
  if (!opened) return opened.failure();
  std::unique_ptr<Sink> sink(new Sink(std::move(*database), std::move(*opened)));
  if (auto ready = sink->prepare(); !ready) return ready.failure();
  if (auto taken = sink->take_over(); !taken) return taken.failure();
  return sink;
}

Status Sink::prepare() {
  const std::pair<Statement*, const char*> statements[] = {
      {&insert_result_, kInsertResult}, {&insert_letter_, kInsertLetter}, {&move_, kMove}, {&mark_, kMark}};
  for (const auto& [statement, sql] : statements) {
    auto prepared = database_->prepare(sql);
    if (!prepared) return prepared.failure();
    *statement = std::move(*prepared);
  }
  return ok_status();
}

Status Sink::take_over() {
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return transaction.failure();
  if (auto raised = database_->execute("UPDATE progress SET server = server + 1 WHERE partition = 0"); !raised) return raised;
  const auto server = database_->integer("SELECT server FROM progress WHERE partition = 0");
  if (!server) return server.failure();
  const auto next = database_->integer("SELECT next FROM progress WHERE partition = 0");
  if (!next) return next.failure();
  const auto last = database_->integer(kLastResult);
  if (!last) return last.failure();
  server_ = *server;
  next_ = *next;
  results_below_ = *last + 1;
  return transaction->commit();
}

Status Sink::commit(const Commit& commit) {
  if (!commit.forwarded.empty()) return error("OT454");  // with their progress they would be lost
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return transaction.failure();
  const std::int64_t results_before = results_below_;
  const std::int64_t next_before = next_;
  const auto write_all = [&]() -> Status {
    if (auto written = write_results(commit); !written) return written;
    if (auto written = write_dead_letters(commit); !written) return written;
    for (const PartitionProgress& progress : commit.progress) {
      if (auto written = write_progress(progress); !written) return written;
    }
    return transaction->commit();
  };
  Status done = write_all();
  if (!done) {
    results_below_ = results_before;
    next_ = next_before;
    return done;
  }
  bell_.ring();
  return done;
}

Status Sink::write_results(const Commit& commit) {
  for (const ResultRecord& result : commit.results) {
    if (auto inserted = insert_result_.text(1, result.key).blob(2, result.payload).run(); !inserted) return inserted;
    results_below_ = database_->last_id() + 1;
  }
  return ok_status();
}

Status Sink::write_dead_letters(const Commit& commit) {
  for (const DeadLetter& letter : commit.dead_letters) {
    if (auto inserted = insert_letter(insert_letter_, letter); !inserted) return inserted;
  }
  return ok_status();
}

Status Sink::write_progress(const PartitionProgress& progress) {
  assert(progress.partition == 0);
  if (auto moved = move_.bind(1, progress.next).text(2, progress.metadata).bind(3, next_).bind(4, server_).run(); !moved) {
    return moved;
  }
  if (database_->changes() != 1) return error("OT411", {database_->file()});
  next_ = progress.next;
  return mark_.bind(1, results_below_).bind(2, next_).run();
}

Result<std::unique_ptr<Results>> Results::open(const DatabaseOptions& options, const std::string& bell) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto range = (*database)->prepare(kRange);
  if (!range) return range.failure();
  auto watch = BellWatch::open(bell);
  if (!watch) return watch.failure();
  return std::unique_ptr<Results>(new Results(std::move(*database), std::move(*range), std::move(*watch)));
}

Result<std::vector<ResultRecord>> Results::poll_results(std::int64_t from_offset, std::size_t most_records,
                                                        std::size_t most_bytes, milliseconds wait) {
  const auto until = Clock::now() + wait;
  while (true) {
    bell_.forget();
    auto results = read(from_offset, most_records, most_bytes);
    if (!results || !results->empty()) return results;
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    if (left <= milliseconds(0) || bell_.wait(left)) return results;
  }
}

Result<std::vector<ResultRecord>> Results::read(std::int64_t from_offset, std::size_t most_records, std::size_t most_bytes) {
  std::vector<ResultRecord> results;
  std::size_t bytes = 0;
  const auto limit = std::min<std::size_t>(most_records, std::numeric_limits<std::int32_t>::max());
  range_.bind(1, from_offset).bind(2, static_cast<std::int64_t>(limit));
  auto row = range_.step();
  while (row && *row) {
    bytes += range_.bytes(2).size();
    if (!results.empty() && bytes > most_bytes) break;
    results.push_back({range_.integer(0), std::string(range_.bytes(1)), std::string(range_.bytes(2))});
    row = range_.step();
  }
  range_.reset();
  if (!row) return row.failure();
  if (results.empty() || results.front().offset != from_offset) {
    if (auto whole = check_gap(from_offset); !whole) return whole.failure();
  }
  return results;
}

// Looked at after the rows: what was trimmed before they were read is in the mark by then.
Status Results::check_gap(std::int64_t from_offset) {
  const auto first = database_->integer(kTrimmedBelow);
  if (!first) return first.failure();
  return from_offset < *first ? Status(error("OT423", {database_->file(), from_offset, *first})) : ok_status();
}

Result<ResultRange> Results::range() {
  const auto first = database_->integer(kTrimmedBelow);
  if (!first) return first.failure();
  const auto last = database_->integer(kLastResult);
  if (!last) return last.failure();
  return ResultRange{*first, *last + 1};
}

}  // namespace otmetka::queue::embedded
