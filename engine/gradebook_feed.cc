#include "engine/gradebook_feed.h"

#include <thread>

#include "queue/codec.h"

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kBatch = 5'000;
constexpr milliseconds kWait{1'000};
constexpr milliseconds kPause{100};
constexpr milliseconds kPatience{30'000};  // how long the store may go on being busy

}  // namespace

Status GradebookFeed::run() {
  const auto start = store_.position();
  if (!start) return start.failure();
  std::int64_t position = *start;
  milliseconds patience = kPatience;
  while (true) {
    const bool leaving = stopping_;
    const auto next = step(position, leaving ? milliseconds(0) : kWait);
    if (next) {
      if (leaving && *next == position) return ok_status();
      position = *next;
      patience = kPatience;
    } else if (!next.failure().retryable || patience <= milliseconds(0)) {
      return next.failure();
    } else {
      std::this_thread::sleep_for(kPause);
      patience -= kPause;
    }
  }
}

void GradebookFeed::stop() {
  stopping_ = true;
  results_.wake();
}

// One batch; the position behind it.
Result<std::int64_t> GradebookFeed::step(std::int64_t position, milliseconds wait) {
  const auto records = results_.poll_results(position, kBatch, wait);
  if (!records) return records.failure();
  if (records->empty()) return position;
  std::vector<ScoredResult> batch;
  batch.reserve(records->size());
  for (const queue::ResultRecord& record : *records) {
    auto result = queue::decode_result(record.payload);
    if (!result) return result.failure();
    batch.push_back(std::move(*result));
  }
  const std::int64_t next = records->back().offset + 1;
  const auto applied = store_.apply(batch, position, next);
  if (!applied) return applied.failure();
  applied_ += batch.size();
  conflicts_ += applied->conflicts;
  if (on_applied_) on_applied_(next);
  return next;
}

}  // namespace otmetka::engine
