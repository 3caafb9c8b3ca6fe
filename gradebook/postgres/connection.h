// libpq as this project uses it: prepared statements in binary, errors with a code, a lost connection made anew. The only
// part that speaks to the server.
#pragma once

#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradebook/postgres/parameters.h"
#include "model/result.h"

namespace otmetka::gradebook::postgres {

// What a statement answered. Rows and columns from 0; views live as long as this.
class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result) {}

  int count() const { return PQntuples(result_.get()); }
  std::int64_t changed() const;  // rows that the statement wrote
  bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  std::int64_t integer(int row, int column) const;  // of a bigint, an integer or a boolean
  std::string_view bytes(int row, int column) const;
  std::string text(int row, int column) const { return std::string(bytes(row, column)); }

 private:
  friend class Connection;
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

struct ConnectionOptions {
  std::string dsn;
  std::string place;     // argument 0 of every error
  std::string settings;  // SQL for each new connection
  std::chrono::milliseconds connect_timeout{10'000};  // unless the DSN has a connect_timeout
  std::chrono::milliseconds answer_timeout{60'000};   // for one statement
  const std::atomic<bool>* leaving = nullptr;  // once true, nobody is waited for longer than kLeavingTimeout; outlives the rest
};

inline constexpr std::chrono::milliseconds kLeavingTimeout{1'000};

// One thread at a time. Argument 0 of an error is the place, and no argument holds a password:
// OT470 not reachable or lost (retryable); OT471 who asks is not let in; OT472 there is no such database; OT473 not allowed;
// OT475 the server's disk is full (retryable); OT476 not now: locked, deadlocked, too many connections (retryable), argument
// 1 is the SQLSTATE; OT479 anything else, with its SQLSTATE.
class Connection {
 public:
  explicit Connection(ConnectionOptions options) : options_(std::move(options)) {}

  // `sql` is made of the program's literals, never of data, and prepared at its first use. Connects where it is not
  // connected; a connection that turns out to be lost is made anew once, unless a transaction was under way.
  Result<Rows> run(const char* sql, std::span<const Parameter> parameters = {});
  Status execute(const std::string& sql);  // several statements, without parameters

  // The rows as they come, without keeping them; false ends it, and with it the connection.
  using TakeRow = std::function<Result<bool>(const Rows& row)>;
  Result<bool> stream(const char* sql, std::span<const Parameter> parameters, const TakeRow& take);

  bool connected() const { return handle_ != nullptr; }
  bool in_transaction() const { return connected() && PQtransactionStatus(handle_.get()) != PQTRANS_IDLE; }
  const std::string& place() const { return options_.place; }

 private:
  struct Finish {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };

  Status ready();
  Status connect();
  Status finish_connecting();
  Result<Rows> run_once(const char* sql, std::span<const Parameter> parameters);
  Result<std::string> prepared(const char* sql, std::span<const Parameter> parameters);
  Status send(const std::string& name, std::span<const Parameter> parameters);
  Result<Rows> receive();
  Status await_answer();
  Status wait(short events, std::chrono::steady_clock::time_point deadline);
  Error refused_connection();
  Error failure(const PGresult* result);
  Error lost(const std::string& reason);

  ConnectionOptions options_;
  std::unique_ptr<PGconn, Finish> handle_;
  std::map<const char*, std::string> names_;  // of prepared statements, by the literal
};

// BEGIN … COMMIT; leaving scope without commit() rolls back.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection, const char* how = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
  Transaction(Transaction&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace otmetka::gradebook::postgres
