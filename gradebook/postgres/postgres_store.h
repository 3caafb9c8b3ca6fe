// The gradebook in a PostgreSQL database.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gradebook/postgres/connection.h"
#include "gradebook/postgres/writer.h"
#include "gradebook/store.h"

namespace otmetka::gradebook {

struct PostgresOptions {
  std::string dsn;          // gradebook/postgres/dsn.h
  bool must_exist = false;  // OT421 instead of making the tables: for those who only read
  std::string queue_id = "default";  // which source the positions are of, as in SqliteOptions
  std::string schema = "otmetka";    // the tables' name space in the database; made if it is not there
  std::size_t writers = 4;           // transactions at once, a connection each, which is made when it is first wanted
  std::chrono::milliseconds lock_timeout{30'000};  // how long to wait for another writer's rows
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds answer_timeout{60'000};
  const std::atomic<bool>* leaving = nullptr;  // once true, nobody is waited for longer than a second; outlives the store
};

// Any thread, any number of processes; writers of different rows and partitions do not wait for each other. What apply() has
// answered for is as durable as the server's settings make it; synchronous_commit = off is not accepted. Errors as in
// gradebook/postgres/connection.h; OT420 the position is another one (nothing was written), OT422 a row that does not decode,
// OT474 tables of a newer version, OT477 a DSN that cannot be read.
//
// A connection that was lost is made anew by the next call. Nothing of a failed apply() was written, but where the answer to
// its COMMIT was lost: then apply() with the same `expected` is right whichever way that went.
class PostgresStore final : public Store {
 public:
  static Result<std::unique_ptr<PostgresStore>> open(const PostgresOptions& options);

  Status put_spec(const SpecRow& spec) override;
  Result<std::optional<SpecRow>> spec(const std::string& sha256) override;
  using Store::apply;
  Result<Applied> apply(std::span<const Arrival> results, std::span<const Move> moves) override;
  using Store::position;
  Result<std::int64_t> position(std::int32_t partition) override;
  // On a connection of its own: may take as long as it likes and call the store from inside.
  Status visit(const Filter& filter, const std::function<bool(const Standing&)>& visit,
               const std::function<void(const Error&)>& damaged = {}) override;
  Result<Outcome> outcome(const std::string& tenant, const std::string& submission_id) override;
  Result<std::vector<HistoryRow>> history(const RowKey& row) override;
  Result<std::int64_t> conflicts() override;

 private:
  PostgresStore(const PostgresOptions& options, const std::string& place);
  postgres::ConnectionOptions connection_options(const std::string& place, const std::string& settings) const;

  PostgresOptions options_;

  postgres::Writers writers_;

  std::mutex read_mutex_;
  postgres::Connection reader_;
};

}  // namespace otmetka::gradebook
