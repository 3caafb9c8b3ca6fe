#include "gradebook/row_plan.h"

#include <algorithm>
#include <tuple>

namespace otmetka::gradebook {
namespace {

auto key_of(const Arrival& r) { return std::tie(r.head.assignment, r.head.tenant, r.head.learner, r.head.attempt_no); }

}  // namespace

std::vector<const Arrival*> in_key_order(std::span<const Arrival> results) {
  std::vector<const Arrival*> ordered;
  ordered.reserve(results.size());
  for (const Arrival& result : results) ordered.push_back(&result);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return key_of(*a) < key_of(*b); });
  return ordered;
}

bool is_same_row(const Arrival& a, const Arrival& b) { return key_of(a) == key_of(b); }

void RowPlan::clear() {
  entries_.clear();
  history_ = 0;
  holder_.reset();
}

void RowPlan::set_holder(const RowVersion& stored) {
  holder_ = entries_.size();
  entries_.push_back({stored, Origin::kRow, 0, std::nullopt});
}

void RowPlan::add_history(const RowVersion& stored) { entries_.push_back({stored, Origin::kHistory, history_++, std::nullopt}); }

void RowPlan::take(const RowVersion& arrived, std::size_t arrival, Applied& applied) {
  bool conflict = false;
  bool reproduced = false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& known = entries_[i];
    if (is_duplicate(arrived, known.version)) {
      ++applied.duplicates;
      if (!is_earlier(arrived.submitted_at, known.version.submitted_at)) return;
      known.version.submitted_at = arrived.submitted_at;
      known.arrival = arrival;
      settle(i);
      return;
    }
    conflict = conflict || is_conflict(arrived, known.version);
    reproduced = reproduced || is_reproduction(arrived, known.version);
  }
  entries_.push_back({arrived, Origin::kArrival, 0, arrival});
  ++(settle(entries_.size() - 1) ? applied.stored : applied.history);
  // Each content of a version by one spec beyond the first counts once, in whatever order they come.
  if (conflict && !reproduced) ++applied.conflicts;
}

// Whether the entry holds the row now.
bool RowPlan::settle(std::size_t entry) {
  const bool holds = !holder_ || holder_ == entry || compare(entries_[entry].version, entries_[*holder_].version) > 0;
  if (holds) holder_ = entry;
  return holds;
}

RowChange RowPlan::change() const {
  RowChange out;
  if (holder_) out.hold = entries_[*holder_].arrival;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (i == holder_) {
      if (entry.origin == Origin::kHistory) out.remove.push_back(entry.number);
    } else if (entry.origin == Origin::kHistory) {
      if (entry.arrival) out.replace.emplace_back(entry.number, *entry.arrival);
    } else if (entry.arrival) {
      out.add.push_back(*entry.arrival);
    } else {
      out.keep_old = true;  // the row's own, that holds it no longer
    }
  }
  return out;
}

}  // namespace otmetka::gradebook
