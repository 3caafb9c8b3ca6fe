#include "queue/embedded/submissions.h"

#include <algorithm>
#include <limits>

#include "queue/embedded/schema.h"

namespace otmetka::queue::embedded {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char* kInsert =
    "INSERT INTO submissions (encoding, published_at, key, payload) VALUES (?1, ?2, ?3, ?4)";
constexpr const char* kRange =
    "SELECT offset, encoding, published_at, payload FROM submissions WHERE offset >= ?1 ORDER BY offset LIMIT ?2";

Record record_of(const Statement& row) {
  Record record;
  record.position.offset = row.integer(0);
  record.encoding = row.integer(1) == static_cast<std::int64_t>(Encoding::kJson) ? Encoding::kJson : Encoding::kProtobuf;
  record.published_at = Timestamp(std::chrono::microseconds(row.integer(2)));
  record.payload = row.bytes(3);
  return record;
}

}  // namespace

Result<std::unique_ptr<Publisher>> Publisher::open(const DatabaseOptions& options, const std::string& bell) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto insert = (*database)->prepare(kInsert);
  if (!insert) return insert.failure();
  auto opened = Bell::open(bell);
  if (!opened) return opened.failure();
  return std::unique_ptr<Publisher>(new Publisher(std::move(*database), std::move(*insert), std::move(*opened)));
}

Status Publisher::publish(std::span<const Outgoing> submissions) {
  if (submissions.empty()) return ok_status();
  const std::lock_guard lock(mutex_);
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return transaction.failure();
  const std::int64_t published_at = now().time_since_epoch().count();
  for (const Outgoing& one : submissions) {
    insert_.bind(1, static_cast<std::int64_t>(one.encoding)).bind(2, published_at).text(3, one.key).blob(4, one.payload);
    if (auto inserted = insert_.run(); !inserted) return inserted;
  }
  if (auto done = transaction->commit(); !done) return done;
  bell_.ring();
  return ok_status();
}

Result<std::unique_ptr<Source>> Source::open(const DatabaseOptions& options, const std::string& bell) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto watch = BellWatch::open(bell);
  if (!watch) return watch.failure();
  std::unique_ptr<Source> source(new Source(std::move(*database), std::move(*watch)));
  if (auto ready = source->prepare(); !ready) return ready.failure();
  return source;
}

Status Source::prepare() {
  auto range = database_->prepare(kRange);
  if (!range) return range.failure();
  auto beyond = database_->prepare("SELECT 1 FROM submissions WHERE offset >= ?1 LIMIT 1");
  if (!beyond) return beyond.failure();
  auto progress = database_->prepare("SELECT next, metadata FROM progress WHERE partition = 0");
  if (!progress) return progress.failure();
  const auto row = progress->step();
  if (!row) return row.failure();
  committed_ = {.partition = 0, .next = progress->integer(0), .metadata = std::string(progress->bytes(1))};
  next_ = committed_.next;
  auto last = database_->prepare("SELECT COALESCE(MAX(offset), 0) FROM submissions");
  if (!last) return last.failure();
  last_ = std::move(*last);
  range_ = std::move(*range);
  beyond_ = std::move(*beyond);
  return ok_status();
}

Result<std::vector<PartitionProgress>> Source::committed() { return std::vector{committed_}; }

// The bell is looked at again after each look at the table, never the other way round: nothing can slip between.
Result<std::vector<Record>> Source::poll(std::size_t most_records, std::size_t most_bytes, milliseconds wait) {
  const auto until = Clock::now() + wait;
  while (true) {
    bell_.forget();
    auto records = read(most_records, most_bytes);
    if (!records || !records->empty()) return records;
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    if (left <= milliseconds(0) || bell_.wait(left)) return records;
  }
}

Result<std::vector<Record>> Source::read(std::size_t most_records, std::size_t most_bytes) {
  std::vector<Record> records;
  std::size_t bytes = 0;
  const auto limit = std::min<std::size_t>(most_records, std::numeric_limits<std::int32_t>::max());
  range_.bind(1, next_).bind(2, static_cast<std::int64_t>(limit));
  auto row = range_.step();
  while (row && *row) {
    bytes += range_.bytes(3).size();
    if (!records.empty() && bytes > most_bytes) break;
    records.push_back(record_of(range_));
    row = range_.step();
  }
  range_.reset();
  if (!row) return row.failure();
  if (!records.empty()) next_ = records.back().position.offset + 1;
  return records;
}

Result<bool> Source::at_end() {
  beyond_.bind(1, next_);
  const auto row = beyond_.step();
  if (!row) return row.failure();
  beyond_.reset();
  return !*row;
}

Result<std::optional<std::int64_t>> Source::unpolled() {
  const auto row = last_.step();
  if (!row) return row.failure();
  const std::int64_t last = last_.integer(0);
  last_.reset();
  return std::optional(std::max<std::int64_t>(0, last + 1 - std::max<std::int64_t>(next_, 1)));  // offsets begin at 1
}

}  // namespace otmetka::queue::embedded
