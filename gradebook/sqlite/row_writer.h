// Brings one result into the tables, by the rules.
#pragma once

#include <memory>

#include "gradebook/rules.h"
#include "gradebook/store.h"
#include "queue/embedded/database.h"

namespace otmetka::gradebook {

// Inside the caller's transaction, on its connection. One thread.
class RowWriter {
 public:
  static Result<std::unique_ptr<RowWriter>> open(queue::embedded::Database& database);
  Status apply(const ScoredResult& result, Applied& applied);

 private:
  using Statement = queue::embedded::Statement;

  // What the table already has of the same submission in the same row.
  struct Earlier {
    std::int64_t duplicate = 0;  // id in results; 0: none
    std::optional<Timestamp> duplicate_submitted_at;
    bool conflict = false;
  };

  explicit RowWriter(queue::embedded::Database& database) : database_(database) {}
  Status prepare();
  Result<Earlier> find_earlier(const ScoredResult& result);
  Result<std::int64_t> insert(const ScoredResult& result);
  Status take_earlier_time(const ScoredResult& result, std::int64_t id);
  Result<bool> settle(const ScoredResult& result, std::int64_t id);
  Status give_row(const ScoredResult& result, std::int64_t id, std::int64_t displaced);
  Status note(Statement& statement, const ScoredResult& result, std::int64_t id);

  queue::embedded::Database& database_;
  Statement earlier_;
  Statement insert_;
  Statement take_time_;
  Statement holder_;
  Statement hold_;
  Statement add_history_;
  Statement drop_history_;
  Statement count_conflict_;
};

}  // namespace otmetka::gradebook
