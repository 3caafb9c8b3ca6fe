#include "gradebook/postgres/connection.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "gradebook/postgres/sqlstate.h"

namespace otmetka::gradebook::postgres {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kGlance{100};  // between two looks at `leaving`

// Before the operator's own, which win: a server that is gone without a word is noticed within half a minute.
constexpr std::array kKeywordsBefore{"fallback_application_name", "keepalives_idle", "tcp_user_timeout"};
constexpr std::array kValuesBefore{"otmetka", "15", "30000"};

// In seconds; 0 or absent: ours.
std::optional<milliseconds> asked_timeout(PGconn* handle) {
  std::optional<milliseconds> found;
  PQconninfoOption* options = PQconninfo(handle);
  for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr; ++option) {
    if (std::strcmp(option->keyword, "connect_timeout") != 0 || option->val == nullptr) continue;
    int seconds = 0;
    std::from_chars(option->val, option->val + std::strlen(option->val), seconds);
    if (seconds > 0) found = std::chrono::seconds(seconds);
  }
  PQconninfoFree(options);
  return found;
}

void hear_no_notices(void*, const PGresult*) {}

}  // namespace

std::int64_t Rows::changed() const {
  const std::string_view text = PQcmdTuples(result_.get());
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::int64_t Rows::integer(int row, int column) const {
  const std::string_view bytes = this->bytes(row, column);
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  if (bytes.size() == sizeof(std::int32_t)) return static_cast<std::int32_t>(value);
  return static_cast<std::int64_t>(value);
}

std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column), static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

Error Connection::lost(const std::string& reason) {
  handle_.reset();
  names_.clear();
  return retryable_error("OT470", {options_.place, reason});
}

Status Connection::ready() {
  if (connected() && PQstatus(handle_.get()) == CONNECTION_OK) return ok_status();
  handle_.reset();
  names_.clear();
  if (Status done = connect(); !done) {
    handle_.reset();
    return done;
  }
  if (options_.settings.empty()) return ok_status();
  Status set = execute(options_.settings);
  if (!set) handle_.reset();
  return set;
}

Status Connection::connect() {
  std::vector<const char*> keywords(kKeywordsBefore.begin(), kKeywordsBefore.end());
  std::vector<const char*> values(kValuesBefore.begin(), kValuesBefore.end());
  keywords.insert(keywords.end(), {"dbname", "client_encoding", nullptr});
  values.insert(values.end(), {options_.dsn.c_str(), "UTF8", nullptr});
  handle_.reset(PQconnectStartParams(keywords.data(), values.data(), 1));
  if (handle_ == nullptr) return lost("out of memory");
  if (PQstatus(handle_.get()) == CONNECTION_BAD) return refused_connection();
  PQsetErrorVerbosity(handle_.get(), PQERRORS_VERBOSE);  // the only way to learn the SQLSTATE of a refusal
  PQsetNoticeReceiver(handle_.get(), hear_no_notices, nullptr);
  if (Status done = finish_connecting(); !done) return done;
  PQsetErrorVerbosity(handle_.get(), PQERRORS_DEFAULT);
  PQsetnonblocking(handle_.get(), 1);
  return ok_status();
}

Status Connection::finish_connecting() {
  const auto deadline = Clock::now() + asked_timeout(handle_.get()).value_or(options_.connect_timeout);
  short events = POLLOUT;
  while (true) {
    if (Status waited = wait(events, deadline); !waited) return waited;
    switch (PQconnectPoll(handle_.get())) {
      case PGRES_POLLING_OK: return ok_status();
      case PGRES_POLLING_FAILED: return refused_connection();
      case PGRES_POLLING_READING: events = POLLIN; break;
      default: events = POLLOUT; break;
    }
  }
}

Error Connection::refused_connection() {
  const Refusal refusal = refusal_of(PQerrorMessage(handle_.get()));
  const bool wants_password = PQconnectionNeedsPassword(handle_.get()) != 0;
  handle_.reset();
  if (wants_password) return error("OT471", {options_.place, refusal.reason});
  if (refusal.sqlstate.empty()) return retryable_error("OT470", {options_.place, refusal.reason});
  return failure_of(options_.place, refusal.sqlstate, refusal.reason);
}

Error Connection::failure(const PGresult* result) {
  const char* sqlstate = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (sqlstate == nullptr || PQstatus(handle_.get()) == CONNECTION_BAD) {
    return lost(refusal_of(message != nullptr ? message : PQerrorMessage(handle_.get())).reason);
  }
  return failure_of(options_.place, sqlstate, message == nullptr ? "" : message);
}

Status Connection::wait(short events, Clock::time_point deadline) {
  std::optional<Clock::time_point> leave_by;
  while (true) {
    const auto now = Clock::now();
    if (options_.leaving != nullptr && *options_.leaving && !leave_by) leave_by = now + kLeavingTimeout;
    const auto until = leave_by ? std::min(deadline, *leave_by) : deadline;
    if (now >= until) return lost(std::strerror(ETIMEDOUT));
    pollfd watched{PQsocket(handle_.get()), events, 0};
    const auto left = std::chrono::ceil<milliseconds>(until - now);
    if (::poll(&watched, 1, static_cast<int>(std::min(left, kGlance).count())) > 0) return ok_status();
  }
}

// Until the next PQgetResult() does not block.
Status Connection::await_answer() {
  const auto deadline = Clock::now() + options_.answer_timeout;
  while (true) {
    const int unsent = PQflush(handle_.get());
    if (unsent == 0 && PQisBusy(handle_.get()) == 0) return ok_status();
    if (unsent >= 0) {
      if (Status waited = wait(static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), deadline); !waited) return waited;
    }
    if (unsent < 0 || PQconsumeInput(handle_.get()) == 0) return failure(nullptr);
  }
}

// The last result of what was sent, or its first error.
Result<Rows> Connection::receive() {
  Rows last(nullptr);
  while (true) {
    if (Status answered = await_answer(); !answered) return answered.failure();
    PGresult* result = PQgetResult(handle_.get());
    if (result == nullptr) break;
    const auto had = PQresultStatus(last.result_.get());
    const bool failed = last.result_ != nullptr && had != PGRES_TUPLES_OK && had != PGRES_COMMAND_OK;
    if (failed) {
      PQclear(result);
    } else {
      last.result_.reset(result);
    }
  }
  const auto status = PQresultStatus(last.result_.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return last;
  return failure(last.result_.get());
}

Status Connection::execute(const std::string& sql) {
  if (Status there = connected() ? ok_status() : ready(); !there) return there;
  if (PQsendQuery(handle_.get(), sql.c_str()) == 0) return failure(nullptr);
  const auto done = receive();
  return done ? ok_status() : Status(done.failure());
}

Result<std::string> Connection::prepared(const char* sql, std::span<const Parameter> parameters) {
  if (const auto known = names_.find(sql); known != names_.end()) return known->second;
  std::vector<Oid> types;
  for (const Parameter& parameter : parameters) types.push_back(parameter.type);
  const std::string name = "s" + std::to_string(names_.size());
  if (PQsendPrepare(handle_.get(), name.c_str(), sql, static_cast<int>(types.size()), types.data()) == 0) return failure(nullptr);
  const auto done = receive();
  if (!done) return done.failure();
  names_.emplace(sql, name);
  return name;
}

Status Connection::send(const std::string& name, std::span<const Parameter> parameters) {
  std::vector<const char*> values;
  std::vector<int> lengths;
  const std::vector<int> formats(parameters.size(), 1);
  for (const Parameter& parameter : parameters) {
    values.push_back(parameter.bytes.data());
    lengths.push_back(static_cast<int>(parameter.bytes.size()));
  }
  const int sent = PQsendQueryPrepared(handle_.get(), name.c_str(), static_cast<int>(parameters.size()), values.data(), lengths.data(),
                                       formats.data(), 1);
  return sent == 1 ? ok_status() : Status(failure(nullptr));
}

Result<Rows> Connection::run_once(const char* sql, std::span<const Parameter> parameters) {
  if (Status there = ready(); !there) return there.failure();
  const auto name = prepared(sql, parameters);
  if (!name) return name.failure();
  if (Status sent = send(*name, parameters); !sent) return sent.failure();
  return receive();
}

Result<Rows> Connection::run(const char* sql, std::span<const Parameter> parameters) {
  const bool was_idle = connected() && !in_transaction();
  auto rows = run_once(sql, parameters);
  // Nothing was begun on a connection that stood idle: what ended it did so before.
  if (!rows && was_idle && !connected() && (options_.leaving == nullptr || !*options_.leaving)) return run_once(sql, parameters);
  return rows;
}

Result<bool> Connection::stream(const char* sql, std::span<const Parameter> parameters, const TakeRow& take) {
  const auto name = prepared(sql, parameters);
  if (!name) return name.failure();
  if (Status sent = send(*name, parameters); !sent) return sent.failure();
  PQsetSingleRowMode(handle_.get());
  while (true) {
    if (Status answered = await_answer(); !answered) return answered.failure();
    const Rows row(PQgetResult(handle_.get()));
    if (row.result_ == nullptr) return true;
    const auto status = PQresultStatus(row.result_.get());
    if (status == PGRES_TUPLES_OK) continue;  // the end
    if (status != PGRES_SINGLE_TUPLE) return failure(row.result_.get());
    if (const auto more = take(row); !more || !*more) {
      handle_.reset();  // the rest is not wanted, and a cancel would only be slower
      names_.clear();
      return more;
    }
  }
}

Result<Transaction> Transaction::begin(Connection& connection, const char* how) {
  const auto begun = connection.run(how);
  if (!begun) return begun.failure();
  return Transaction(connection);
}

Transaction::~Transaction() {
  // A connection that is lost has rolled back already.
  if (connection_ != nullptr && connection_->in_transaction()) static_cast<void>(connection_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  Status done = connection_->execute("COMMIT");
  if (done) connection_ = nullptr;
  return done;
}

}  // namespace otmetka::gradebook::postgres
