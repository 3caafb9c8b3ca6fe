#include "queue/embedded/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

namespace otmetka::queue::embedded {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kWalRetry{5};
constexpr milliseconds kLongestPause{50};  // between two looks whether a lock is free
// Results are 1–2 KiB: on pages of 4 KiB a third of the file, and of every write, would be empty. Set when the file is made.
constexpr std::int64_t kPageBytes = 16'384;

Error newer_version(const std::string& file, std::int64_t theirs, std::int64_t ours) {
  return error("OT407", {file, theirs, ours});
}

bool disk_is_full(int primary, int os_error) {
  return primary == SQLITE_FULL || (primary == SQLITE_IOERR && (os_error == ENOSPC || os_error == EDQUOT));
}

bool not_allowed(int primary, int os_error) {
  return primary == SQLITE_READONLY || primary == SQLITE_PERM || primary == SQLITE_AUTH ||
         (primary == SQLITE_CANTOPEN && (os_error == EACCES || os_error == EPERM || os_error == EROFS));
}

// Made by us rather than by SQLite so that nobody else may read it; SQLite gives its -wal and -shm the same mode. Never
// opens a file that is there: closing it again would drop the locks of this process's other connections to it.
void make_private_file(const std::string& file) {
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

}  // namespace

Database::Database(sqlite3* handle, const DatabaseOptions& options)
    : handle_(handle), file_(options.file), busy_timeout_(options.busy_timeout), leaving_(options.leaving) {}

milliseconds Database::patience() const {
  return leaving_ != nullptr && *leaving_ ? std::min(busy_timeout_, kLeavingTimeout) : busy_timeout_;
}

// SQLite's own handler, but that it looks at the clock and at `leaving` each time. 0: give up.
int Database::wait_for_lock(void* self, int tries) {
  auto& database = *static_cast<Database*>(self);
  if (tries == 0) database.waiting_since_ = Clock::now();
  const auto left = std::chrono::ceil<milliseconds>(database.waiting_since_ + database.patience() - Clock::now());
  if (left <= milliseconds(0)) return 0;
  std::this_thread::sleep_for(std::min({left, milliseconds(1 + 2 * tries), kLongestPause}));
  return 1;
}

Error Database::failure(int code) const {
  const int primary = code & 255;
  const int os_error = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    return retryable_error("OT408", {file_, std::int64_t{std::chrono::ceil<std::chrono::seconds>(patience()).count()}});
  }
  if (disk_is_full(primary, os_error)) return retryable_error("OT404", {file_});
  const std::string reason = os_error != 0 && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)
                                 ? std::string(std::strerror(os_error))
                                 : std::string(handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
  if (primary == SQLITE_CORRUPT) return error("OT405", {file_, reason});
  if (primary == SQLITE_NOTADB) return error("OT406", {file_});
  if (not_allowed(primary, os_error)) return error("OT403", {file_, reason});
  return error("OT409", {file_, reason});
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options, const Schema& schema) {
  make_private_file(options.file);
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.file.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> database(new Database(handle, options));
  if (code != SQLITE_OK) return database->failure(code);
  Status ready = database->set_up(options, schema);
  if (!ready) return ready.failure();
  return database;
}

// user_version and application_id tell at once whether anything is to be done: the usual opening writes nothing.
Status Database::set_up(const DatabaseOptions& options, const Schema& schema) {
  sqlite3_busy_handler(handle_.get(), &Database::wait_for_lock, this);
  const auto version = checked_version(schema);
  if (!version) return version.failure();
  if (*version == 0) {
    if (auto made = create(schema); !made) return made;
  } else if (*version < static_cast<std::int64_t>(schema.migrations.size())) {
    if (auto migrated = migrate(schema); !migrated) return migrated;
  }
  const std::int64_t wal_bytes = 2 * kPageBytes * options.checkpoint_pages;  // kept of a -wal file that has grown beyond
  std::string settings = "PRAGMA synchronous = FULL; PRAGMA cache_size = -" + std::to_string(options.cache_kib) +
                         "; PRAGMA wal_autocheckpoint = " + std::to_string(options.checkpoint_pages) +
                         "; PRAGMA journal_size_limit = " + std::to_string(wal_bytes);
  if (options.most_pages > 0) settings += "; PRAGMA max_page_count = " + std::to_string(options.most_pages);
  return execute(settings.c_str());
}

// The three are read at one moment: another process may be making the tables between two of them.
Result<std::int64_t> Database::checked_version(const Schema& schema) {
  const bool alone = sqlite3_get_autocommit(handle_.get()) != 0;
  if (alone) {
    if (Status begun = execute("BEGIN"); !begun) return begun.failure();
  }
  const auto version = read_version(schema);
  // A full disk, for one, may have ended it already: what is told is why the version could not be read.
  if (alone) static_cast<void>(execute("ROLLBACK"));
  return version;
}

Result<std::int64_t> Database::read_version(const Schema& schema) {
  const auto version = integer("PRAGMA user_version");
  if (!version) return version.failure();
  const auto application = integer("PRAGMA application_id");
  if (!application) return application.failure();
  const auto tables = integer("SELECT count(*) FROM sqlite_master");
  if (!tables) return tables.failure();
  if (*version == 0 && *application == 0 && *tables == 0) return 0;
  if (*application != schema.application_id || *version <= 0) return error("OT406", {file_});
  const auto ours = static_cast<std::int64_t>(schema.migrations.size());
  if (*version > ours) return newer_version(file_, *version, ours);
  return *version;
}

Status Database::create(const Schema& schema) {
  // Both must be set before the first table; of several processes that do so at once all write the same.
  const std::string settings = "PRAGMA page_size = " + std::to_string(kPageBytes) + "; PRAGMA auto_vacuum = INCREMENTAL";
  if (auto set = execute(settings.c_str()); !set) return set;
  if (auto wal = switch_to_wal(); !wal) return wal;
  return migrate(schema);
}

// SQLite does not call its busy handler here. Where the file system cannot do it, SQLite answers with another mode.
Status Database::switch_to_wal() {
  const auto until = Clock::now() + busy_timeout_;
  while (true) {
    const auto mode = text("PRAGMA journal_mode = WAL");
    if (mode) return *mode == "wal" ? ok_status() : Status(error("OT409", {file_, "journal_mode=" + *mode}));
    if (mode.failure().code() != "OT408" || Clock::now() >= until) return mode.failure();
    std::this_thread::sleep_for(kWalRetry);
  }
}

Status Database::migrate(const Schema& schema) {
  auto transaction = Transaction::begin(*this);
  if (!transaction) return transaction.failure();
  const auto version = checked_version(schema);  // another process may have been first
  if (!version) return version.failure();
  for (auto i = static_cast<std::size_t>(*version); i < schema.migrations.size(); ++i) {
    if (auto done = execute(schema.migrations[i]); !done) return done;
  }
  const std::string id = "PRAGMA application_id = " + std::to_string(schema.application_id);
  const std::string now = "PRAGMA user_version = " + std::to_string(schema.migrations.size());
  for (const std::string& sql : {id, now}) {
    if (auto set = execute(sql.c_str()); !set) return set;
  }
  return transaction->commit();
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return Statement(this, statement);
}

Status Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? ok_status() : Status(failure(code));
}

Result<std::int64_t> Database::integer(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.failure();
  const auto row = statement->step();
  if (!row) return row.failure();
  return *row ? statement->integer(0) : 0;
}

Result<std::string> Database::text(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.failure();
  const auto row = statement->step();
  if (!row) return row.failure();
  return *row ? std::string(statement->bytes(0)) : std::string();
}

Statement& Statement::bind(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(handle_.get(), index, value); code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Statement& Statement::bind(int index, const std::optional<std::int64_t>& value) {
  if (value) return bind(index, *value);
  if (const int code = sqlite3_bind_null(handle_.get(), index); code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Statement& Statement::text(int index, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  const int code = sqlite3_bind_text64(handle_.get(), index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) bind_failure_ = code;
  return *this;
}

Statement& Statement::blob(int index, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  if (const int code = sqlite3_bind_blob64(handle_.get(), index, data, value.size(), SQLITE_STATIC); code != SQLITE_OK) {
    bind_failure_ = code;
  }
  return *this;
}

Result<bool> Statement::step() {
  const int code = bind_failure_ == SQLITE_OK ? sqlite3_step(handle_.get()) : bind_failure_;
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Error failed = database_->failure(code);
  bind_failure_ = SQLITE_OK;
  reset();
  return failed;
}

Status Statement::run() {
  const auto stepped = step();
  if (!stepped) return stepped.failure();
  reset();
  return ok_status();
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  if (sqlite3_column_type(handle_.get(), column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(handle_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(data), size);
}

Result<Transaction> Transaction::begin(Database& database) {
  Status begun = database.execute("BEGIN IMMEDIATE");
  if (!begun) return begun.failure();
  return Transaction(database);
}

Transaction::~Transaction() {
  // Some failures have rolled back already; then this one finds nothing to do.
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  Status done = database_->execute("COMMIT");
  if (done) database_ = nullptr;
  return done;
}

}  // namespace otmetka::queue::embedded
