// SQLite as this project uses it: WAL, durable at commit, errors with a code. The embedded queue and the SQLite gradebook
// are its only users; nothing else includes sqlite3.h.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/result.h"

namespace otmetka::queue::embedded {

// What a file must be. `migrations[i]` takes it from version i to i + 1; the version stands in PRAGMA user_version.
struct Schema {
  std::int32_t application_id;  // PRAGMA application_id: tells our files from anybody's
  std::span<const char* const> migrations;
};

struct DatabaseOptions {
  std::string file;
  std::chrono::milliseconds busy_timeout{30'000};  // how long to wait for another process that is writing
  std::int32_t cache_kib = 2'048;
  std::int32_t checkpoint_pages = 1'000;  // of 16 KiB: how long the -wal file gets before it is merged into the file
  std::int64_t most_pages = 0;  // of 16 KiB; the file never grows beyond. 0: SQLite's own bound, 16 TiB
  const std::atomic<bool>* leaving = nullptr;  // once true, nobody is waited for longer than kLeavingTimeout; outlives the rest
};

inline constexpr std::chrono::milliseconds kLeavingTimeout{300};

class Statement;

// One connection: one thread at a time. Error codes, argument 0 is the file: OT404 full disk (retryable), OT405 damaged,
// OT406 not ours, OT407 of a newer version, OT408 busy past the timeout (retryable), OT403 not allowed, OT409 anything else.
class Database {
 public:
  // Opens, creates (0600) and migrates under SQLite's own lock, so that any number of processes may do it at once.
  static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options, const Schema& schema);

  // `sql` is made of the program's literals, never of data.
  Result<Statement> prepare(const char* sql);
  Status execute(const char* sql);
  Result<std::int64_t> integer(const char* sql);  // first column of the first row; 0 where there is none
  Result<std::string> text(const char* sql);      // the same of a text or blob; empty where there is none

  std::int64_t changes() const { return sqlite3_changes64(handle_.get()); }
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
  const std::string& file() const { return file_; }

  // What the last call on this connection that returned `code` failed of.
  Error failure(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  Database(sqlite3* handle, const DatabaseOptions& options);
  Status set_up(const DatabaseOptions& options, const Schema& schema);
  Status create(const Schema& schema);
  Status migrate(const Schema& schema);
  Result<std::int64_t> checked_version(const Schema& schema);
  Result<std::int64_t> read_version(const Schema& schema);
  Status switch_to_wal();
  std::chrono::milliseconds patience() const;
  static int wait_for_lock(void* self, int tries);

  std::unique_ptr<sqlite3, Close> handle_;
  std::string file_;
  std::chrono::milliseconds busy_timeout_;
  const std::atomic<bool>* leaving_;
  std::chrono::steady_clock::time_point waiting_since_{};  // for the lock that was asked for last
};

// A prepared statement. What is bound must live until the next reset(). step() after an error resets by itself.
class Statement {
 public:
  Statement() = default;
  Statement(const Database* database, sqlite3_stmt* handle) : database_(database), handle_(handle) {}

  Statement& bind(int index, std::int64_t value);  // index from 1
  Statement& bind(int index, const std::optional<std::int64_t>& value);
  Statement& text(int index, std::string_view value);
  Statement& blob(int index, std::string_view value);

  Result<bool> step();  // true: a row is there
  Status run();         // one step for its effect, and reset
  void reset() { sqlite3_reset(handle_.get()); }

  std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }  // column from 0
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::string_view bytes(int column) const;  // of a text or blob; lives until the next step or reset

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  const Database* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int bind_failure_ = SQLITE_OK;
};

// BEGIN IMMEDIATE … COMMIT; leaving scope without commit() rolls back.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace otmetka::queue::embedded
