// Brings one result into the tables, by the rules.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gradebook/row_plan.h"
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

  // A stored result, as far as the rules ask. Its texts are copies: SQLite's go with the next row.
  struct Stored {
    std::int64_t id = 0;  // in results
    bool failed = false;
    std::optional<Timestamp> submitted_at;
    std::int64_t grade_epoch = 0;
    std::int64_t revision = 0;
    std::string submission;
    std::string content_sha256;
    std::string spec_sha256;
    std::string result_id;

    explicit Stored(const Statement& row);
    RowVersion version() const;
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
  Status read_stored(const Incoming& incoming);
  Status carry_out(const RowChange& change, const Incoming& incoming);
  Result<std::int64_t> insert(const Incoming& incoming);
  Status take_bytes(const Incoming& incoming, std::int64_t id);
  Status note(Statement& statement, const Incoming& incoming, std::int64_t id);

  queue::embedded::Database& database_;
  std::map<std::pair<std::string, std::string>, std::int64_t> assignments_;  // by assignment and tenant
  std::optional<Stored> holder_;  // of the row at hand, and what stands in its history of the same submission
  std::vector<Stored> history_;
  RowPlan plan_;
  Statement add_assignment_;
  Statement find_assignment_;
  Statement any_holder_;
  Statement same_submission_;
  Statement insert_;
  Statement take_bytes_;
  Statement select_holder_;
  Statement hold_;
  Statement add_history_;
  Statement drop_history_;
  Statement count_conflict_;
};

}  // namespace otmetka::gradebook
