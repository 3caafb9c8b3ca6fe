#include "engine/gradebook_feed.h"

#include <algorithm>

#include "engine/bounds.h"
#include "engine/fault.h"
#include "queue/codec.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 5'000;
constexpr std::size_t kHurriedBatch = 500;  // some tens of milliseconds
constexpr milliseconds kWait{1'000};
constexpr int kQuietPolls = 2;           // before it leaves: the first may have been ended by the wake of stop()
constexpr milliseconds kTidy{1'000};  // for what on_applied has left when the feed is to leave

// A row without these would be nobody's, and the engine makes none.
bool is_somebodys(const ScoredResult& result) {
  return !result.submission.value.empty() && !result.assignment.value.empty() && !result.learner.value.empty();
}

}  // namespace

Status GradebookFeed::run() {
  Status done = without_throwing([this] { return follow(); });
  heartbeat_.rest();
  return done;
}

Status GradebookFeed::follow() {
  const auto start = store_.position(options_.partition);
  if (!start) return start.failure();
  std::int64_t position = *start;
  bool more = tidy(position, false);
  int quiet = 0;  // polls in a row, begun when it was to leave, that nothing came of
  while (true) {
    heartbeat_.beat();
    const bool leaving = stopping_;
    if (leaving && time_is_up() && !patience_.failing()) return ok_status();
    const auto next = step(position, leaving || more ? milliseconds(0) : kWait);
    if (!next) {
      if (auto again = after_failure(next.failure()); !again) return again;
      continue;
    }
    const bool moved = *next != position;
    if (moved || !store_failure_) worked();
    position = *next;
    if (moved || more) more = tidy(position, leaving);
    quiet = leaving && !moved ? quiet + 1 : 0;
    if (quiet >= kQuietPolls && !more) return store_failure_ ? Status(*store_failure_) : ok_status();
  }
}

void GradebookFeed::stop() {
  stopping_ = true;
  results_.wake();
}

void GradebookFeed::hurry() {
  leave_by_ = Clock::now() + Patience::kWhenLeaving;
  hurrying_ = true;
}

bool GradebookFeed::time_is_up() const { return Clock::now() >= leave_by_.load(); }

Status GradebookFeed::after_failure(const Error& failure) {
  if (!failure.retryable) return failure;
  if (!patience_.failing()) tell({"gradebook_failing", failure.code(), 0});
  return patience_.again() ? ok_status() : Status(failure);
}

void GradebookFeed::worked() {
  if (patience_.failing()) tell({"gradebook_well", {}, 0});
  patience_.renew();
  store_failure_.reset();
}

bool GradebookFeed::tidy(std::int64_t position, bool leaving) {
  if (leaving) tidy_until_ = std::min(tidy_until_, Clock::now() + kTidy);
  return !hurrying_ && Clock::now() < tidy_until_ && options_.on_applied && options_.on_applied(position);
}

void GradebookFeed::tell(Event event) const {
  if (options_.on_event) options_.on_event(event);
}

Result<gradebook::Applied> GradebookFeed::apply(std::span<const gradebook::Arrival> batch, const gradebook::Move& move) {
  if (options_.before_apply) {
    if (Status ready = options_.before_apply(batch); !ready) return ready.failure();
  }
  return store_.apply(batch, std::span(&move, 1));
}

// Somebody else has written it: one such record must not keep everybody's results out for good. Said once of each.
void GradebookFeed::pass_over(const queue::ResultRecord& record, const std::string& code) {
  if (record.offset < passed_over_) return;
  passed_over_ = record.offset + 1;
  tell({"result_passed_over", code, 1, std::to_string(options_.partition) + "/" + std::to_string(record.offset)});
}

// One batch; the position behind it.
Result<std::int64_t> GradebookFeed::step(std::int64_t position, milliseconds wait) {
  const auto records = results_.poll_results(position, hurrying_ ? kHurriedBatch : kBatch, kFeedBytes, wait);
  if (!records) return records.failure();
  if (records->empty()) return position;
  std::vector<gradebook::Arrival> batch;  // views into the records
  batch.reserve(records->size());
  for (const queue::ResultRecord& record : *records) {
    auto result = queue::decode_result_head(record.payload);
    if (result && is_somebodys(*result)) {
      batch.push_back({std::move(*result), record.payload});
    } else {
      pass_over(record, result ? "OT381" : result.failure().code());
    }
  }
  const std::int64_t next = records->back().offset + 1;
  const auto applied = apply(batch, {.partition = options_.partition, .expected = position, .next = next});
  if (!applied) {
    store_failure_ = applied.failure();
    return applied.failure();
  }
  applied_ += batch.size();
  conflicts_ += applied->conflicts;
  if (applied->conflicts > 0) tell({"conflicts", {}, applied->conflicts});
  return next;
}

}  // namespace otmetka::engine
