// Brings results into the tables by the rules, a batch of rows at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradebook/postgres/connection.h"
#include "gradebook/row_plan.h"
#include "gradebook/store.h"

namespace otmetka::gradebook::postgres {

// Inside the caller's transaction, on its connection. One thread. What is there is fetched in one statement, what may change is
// locked in another, the plan is made here, as every store makes it (gradebook/row_plan.h), and written in a few more.
class RowWriter {
 public:
  explicit RowWriter(Connection& connection) : connection_(connection) {}

  // A collision (gradebook/postgres/sqlstate.h): another writer has made one of the rows meanwhile. The transaction is to be
  // rolled back and done again; then its row is seen.
  Status apply(std::span<const Arrival* const> in_key_order, Applied& applied);

  // After a rollback: the assignments that it had made are gone.
  void forget() { assignments_.clear(); }

 private:
  // The arrivals of one row in the batch.
  struct Row {
    std::span<const Arrival* const> arrivals;
    std::int64_t assignment = 0;
    std::optional<RowVersion> holder;
    std::string_view place;   // of its line, as long as it is locked
    bool contested = false;  // what has come may change it
    std::vector<RowVersion> history;  // of the submissions that arrive
  };
  struct Changes;

  Status find_assignments(std::span<const Arrival* const> arrivals);
  Status look_up_assignments(const std::vector<std::pair<std::string, std::string>>& names);
  std::vector<Row> rows_of(std::span<const Arrival* const> batch);
  Status apply_batch(std::span<const Arrival* const> batch, Applied& applied);
  Status fetch_holders(const char* sql, std::vector<Row>& rows);
  Status fetch_history(std::vector<Row>& rows);
  void plan(const Row& row, Changes& changes, Applied& applied);
  Status write(Changes& changes);

  Connection& connection_;
  std::map<std::pair<std::string, std::string>, std::int64_t> assignments_;  // by assignment and tenant
  RowPlan plan_;
  bool changing_ = false;      // most rows of the batch before were to change
  std::vector<Rows> fetched_;  // what the versions of the batch at hand point into
};

}  // namespace otmetka::gradebook::postgres
