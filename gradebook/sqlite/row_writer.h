// Brings one result into the tables, by the rules.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "gradebook/rules.h"
#include "gradebook/store.h"
#include "queue/embedded/database.h"

namespace otmetka::gradebook {

// Inside the caller's transaction, on its connection. One thread.
class RowWriter {
 public:
  static Result<std::unique_ptr<RowWriter>> open(queue::embedded::Database& database);

  // At the beginning of each transaction: what the one before has found may have been rolled back.
  void begin() { assignments_.clear(); }
  Status apply(const Arrival& arrival, Applied& applied);

 private:
  using Statement = queue::embedded::Statement;

  // What the table already has of the same submission in the same row.
  struct Earlier {
    std::int64_t duplicate = 0;  // id in results; 0: none
    std::optional<Timestamp> duplicate_submitted_at;
    bool conflict = false;
  };

  // A result with the number of its assignment.
  struct Incoming {
    const ScoredResult& result;
    std::string_view payload;
    std::int64_t assignment;
  };

  explicit RowWriter(queue::embedded::Database& database) : database_(database) {}
  Status prepare();
  Result<std::int64_t> assignment_of(const ScoredResult& result);
  Result<bool> is_known(const Incoming& incoming);
  Status apply_as_first(const Incoming& incoming, Applied& applied);
  Status apply_to_row(const Incoming& incoming, Applied& applied);
  Result<Earlier> find_earlier(const Incoming& incoming);
  Result<std::int64_t> insert(const Incoming& incoming);
  Status take_earlier_time(const Incoming& incoming, std::int64_t id);
  Result<bool> settle(const Incoming& incoming, std::int64_t id);
  Status give_row(const Incoming& incoming, std::int64_t id, std::int64_t displaced);
  Status note(Statement& statement, const Incoming& incoming, std::int64_t id);

  queue::embedded::Database& database_;
  std::map<std::pair<std::string, std::string>, std::int64_t> assignments_;  // by assignment and tenant
  Statement add_assignment_;
  Statement find_assignment_;
  Statement any_holder_;
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
