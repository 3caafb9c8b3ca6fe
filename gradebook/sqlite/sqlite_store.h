// The gradebook in one SQLite file.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "gradebook/sqlite/row_writer.h"
#include "gradebook/store.h"
#include "queue/embedded/database.h"
#include "queue/embedded/files.h"

namespace otmetka::gradebook {

struct SqliteOptions {
  std::string file;        // its folder is made (0700) if it is not there, the file is 0600
  bool must_exist = false;  // OT421 instead of making it, OT416 when not allowed: for those who only read
  // Which queue the positions are of (EmbeddedQueue::id()): a gradebook may be fed by a new queue when the old one is gone,
  // and must then begin at its beginning.
  std::string queue_id = "default";
  std::chrono::milliseconds busy_timeout{30'000};
  std::int32_t cache_kib = 32'768;  // of the writer; readers take 2 MiB
  std::int64_t most_pages = 0;      // of 16 KiB; 0: no bound but the disk's
  const std::atomic<bool>* leaving = nullptr;  // once true, nobody is waited for longer than 0.3 s; outlives the store
};

// Any thread, any number of processes; writers wait for each other. WAL, synchronous=FULL: what apply() has answered for is
// on the disk. Errors, argument 0 is the file: OT402 to OT409 as queue/embedded/embedded_queue.h has them, OT414 a folder
// stands where the file should be, OT420 the position is another one (nothing was written), OT422 a row that does not decode.
class SqliteStore final : public Store {
 public:
  static Result<std::unique_ptr<SqliteStore>> open(const SqliteOptions& options);

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
  Status check_place() const override;

 private:
  using Database = queue::embedded::Database;
  using Statement = queue::embedded::Statement;

  explicit SqliteStore(SqliteOptions options) : options_(std::move(options)) {}
  Status prepare();
  Result<std::unique_ptr<Database>> connect(std::int32_t cache_kib) const;
  Status move_position(const Move& move);

  SqliteOptions options_;
  queue::embedded::FileIdentity identity_;

  std::mutex write_mutex_;
  std::unique_ptr<Database> writer_;
  std::unique_ptr<RowWriter> rows_;
  Statement move_;
  Statement start_;
  Statement put_spec_;

  std::mutex read_mutex_;
  std::unique_ptr<Database> reader_;
  Statement position_;
  Statement select_spec_;
  Statement outcome_;
  Statement history_;
  Statement conflicts_;
};

}  // namespace otmetka::gradebook
