#include "queue/embedded/recovery.h"

#include "queue/embedded/schema.h"

namespace otmetka::queue::embedded {
namespace {

// Every row of `commits` at or below the results that were had is true, so the greatest says the most.
constexpr const char* kFinishedBelow = "SELECT ifnull(max(submissions_below), 0) FROM commits WHERE results_below <= ?1";
constexpr const char* kGoBack = "UPDATE progress SET next = min(next, ?1), metadata = '' WHERE partition = 0";
constexpr const char* kForgetLetters =
    "DELETE FROM dead_letters WHERE offset >= ?1 AND offset IN (SELECT offset FROM submissions)";
constexpr const char* kCount = "SELECT count(*) FROM submissions WHERE offset >= ?1 AND offset < ?2";

Result<std::int64_t> first_integer(Database& database, const char* sql, std::int64_t first, std::int64_t second = 0) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.failure();
  statement->bind(1, first);
  if (second != 0) statement->bind(2, second);
  const auto row = statement->step();
  if (!row) return row.failure();
  return *row ? statement->integer(0) : 0;
}

Status change(Database& database, const char* sql, std::int64_t value) {
  auto statement = database.prepare(sql);
  return statement ? statement->bind(1, value).run() : Status(statement.failure());
}

Result<std::string> text(const DatabaseOptions& options, const char* sql) {
  auto database = Database::open(options, kQueueSchema);
  return database ? (*database)->text(sql) : Result<std::string>(database.failure());
}

}  // namespace

Result<std::int64_t> grade_again(const DatabaseOptions& options, std::int64_t results_had_below) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto transaction = Transaction::begin(**database);
  if (!transaction) return transaction.failure();
  const auto from = first_integer(**database, kFinishedBelow, results_had_below);
  if (!from) return from.failure();
  const auto next = (*database)->integer("SELECT next FROM progress WHERE partition = 0");
  if (!next) return next.failure();
  const auto count = first_integer(**database, kCount, *from, *next);
  if (!count) return count.failure();
  if (auto gone = change(**database, kForgetLetters, *from); !gone) return gone.failure();
  if (auto back = change(**database, kGoBack, *from); !back) return back.failure();
  // They speak of results of which this gradebook has missed some.
  if (auto cleared = (*database)->execute("DELETE FROM commits"); !cleared) return cleared.failure();
  if (auto done = transaction->commit(); !done) return done.failure();
  return count;
}

Result<std::string> read_id(const DatabaseOptions& options) { return text(options, "SELECT id FROM identity"); }
Result<std::string> new_id(const DatabaseOptions& options) { return text(options, "SELECT lower(hex(randomblob(16)))"); }

Status write_id(const DatabaseOptions& options, const std::string& id) {
  auto database = Database::open(options, kQueueSchema);
  if (!database) return database.failure();
  auto update = (*database)->prepare("UPDATE identity SET id = ?1");
  return update ? update->text(1, id).run() : Status(update.failure());
}

}  // namespace otmetka::queue::embedded
