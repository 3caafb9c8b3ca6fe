// What the results that have come for one row make of it: the rules (gradebook/rules.h) as changes to a store's tables.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "gradebook/rules.h"
#include "gradebook/store.h"

namespace otmetka::gradebook {

// Those of one row one after another, and rows in the order of their keys: a batch then touches each page of a store once,
// and writers lock their rows in one order. The order of arrival does not matter, by the rules.
std::vector<const Arrival*> in_key_order(std::span<const Arrival> results);
bool is_same_row(const Arrival& a, const Arrival& b);

// Arrivals and stored results of the history go by the numbers that the plan was given them with.
struct RowChange {
  std::optional<std::size_t> hold;     // the arrival that the row holds now; absent: it stays as it is
  bool keep_old = false;               // what the row held, as it is stored, goes to the history
  std::vector<std::size_t> add;        // arrivals that go to the history
  std::vector<std::pair<std::size_t, std::size_t>> replace;  // stored in the history → the arrival whose bytes it takes
  std::vector<std::size_t> remove;     // stored in the history, and in the row now
};

// One row at a time; one thread. What the views in the versions point to outlives the plan.
class RowPlan {
 public:
  void clear();

  // First what the store has: the holder of the row, and of the submissions that arrive what stands in the row's history,
  // numbered from 0.
  void set_holder(const RowVersion& stored);
  void add_history(const RowVersion& stored);

  // Then what has come, in any order.
  void take(const RowVersion& arrived, std::size_t arrival, Applied& applied);

  RowChange change() const;

 private:
  enum class Origin { kRow, kHistory, kArrival };
  struct Entry {
    RowVersion version;
    Origin origin;
    std::size_t number;                  // in the history, if it was there
    std::optional<std::size_t> arrival;  // whose bytes it has; absent: the stored ones
  };

  bool settle(std::size_t entry);

  std::vector<Entry> entries_;
  std::size_t history_ = 0;
  std::optional<std::size_t> holder_;
};

}  // namespace otmetka::gradebook
