#include "engine/in_flight.h"

#include <algorithm>

namespace otmetka::engine {
namespace {

// Capacity, since that is what the memory holds.
std::size_t bytes_of(const Finished& finished) {
  std::size_t bytes = sizeof(Finished);
  if (finished.result) bytes += finished.result->payload.capacity() + finished.result->key.capacity();
  if (finished.dead_letter) bytes += finished.dead_letter->record.payload.capacity();
  return bytes;
}

auto whole_ms(Timestamp at) { return std::chrono::floor<std::chrono::milliseconds>(at); }

}  // namespace

void InFlight::restore(std::span<const queue::PartitionProgress> progress) {
  const std::lock_guard lock(mutex_);
  for (const auto& p : progress) ledgers_.insert_or_assign(p.partition, queue::OffsetLedger(p.next, p.metadata));
}

InFlight::Room InFlight::room(std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  room_changed_.wait_for(lock, wait, [&] { return stopped_ || (records_ < bounds_.records && bytes_ < bounds_.bytes); });
  if (records_ >= bounds_.records || bytes_ >= bounds_.bytes) return {};
  return {bounds_.records - records_, bounds_.bytes - bytes_};
}

std::vector<Work> InFlight::take(std::vector<queue::Record> records) {
  std::vector<Work> fresh;
  fresh.reserve(records.size());
  const std::lock_guard lock(mutex_);
  for (queue::Record& record : records) {
    queue::OffsetLedger& ledger = ledgers_[record.position.partition];
    if (ledger.finished_before(record.position.offset)) continue;
    ledger.start(record.position.offset);
    ++records_;
    ++grading_;
    bytes_ += record.payload.size();
    ++published_[whole_ms(record.published_at)];
    fresh.push_back({std::move(record), 0});
  }
  return fresh;
}

void InFlight::finish(std::vector<Finished> finished, std::size_t postponed) {
  const std::lock_guard lock(mutex_);
  if (!finished.empty() && finished_.empty()) oldest_finished_ = Clock::now();
  grading_ -= finished.size() + postponed;
  for (Finished& one : finished) {
    const std::size_t bytes = bytes_of(one);
    finished_bytes_ += bytes;
    result_bytes_ += bytes;
    finished_.push_back(std::move(one));
  }
  finished_changed_.notify_all();
}

void InFlight::resumed(std::size_t postponed) {
  const std::lock_guard lock(mutex_);
  grading_ += postponed;
}

bool InFlight::may_grade() const {
  const std::lock_guard lock(mutex_);
  return result_bytes_ < bounds_.result_bytes;
}

bool InFlight::due(Clock::time_point now) const {
  if (finished_.empty()) return closed_;
  return finished_.size() >= policy_.records || finished_bytes_ >= policy_.bytes || grading_ == 0 ||
         now - oldest_finished_ >= policy_.interval;
}

DueCommit InFlight::collect() {
  DueCommit out;
  const std::size_t n = std::min(finished_.size(), policy_.records);
  std::map<std::int32_t, std::uint32_t> touched;  // with their epochs
  for (std::size_t i = 0; i < n && out.result_bytes < policy_.bytes; ++i) {
    Finished& one = finished_.front();
    out.result_bytes += bytes_of(one);
    ledgers_[one.position.partition].finish(one.position.offset);
    touched[one.position.partition] = one.position.epoch;
    if (one.result) out.commit.results.push_back(std::move(*one.result));
    if (one.dead_letter) out.commit.dead_letters.push_back(std::move(*one.dead_letter));
    out.stamps.push_back(one.stamp);
    ++out.records;
    out.bytes += one.bytes;
    finished_.pop_front();
  }
  finished_bytes_ -= out.result_bytes;
  oldest_finished_ = Clock::now();
  for (const auto& [partition, epoch] : touched) {
    const queue::OffsetLedger& ledger = ledgers_[partition];
    out.commit.progress.push_back({partition, ledger.next(), ledger.metadata(), epoch});
  }
  return out;
}

std::optional<DueCommit> InFlight::next_commit() {
  std::unique_lock lock(mutex_);
  while (!due(Clock::now())) {
    if (finished_.empty()) {
      finished_changed_.wait(lock);
    } else {
      finished_changed_.wait_until(lock, oldest_finished_ + policy_.interval);
    }
  }
  if (finished_.empty()) return std::nullopt;
  return collect();
}

void InFlight::committed(const DueCommit& due) {
  const std::lock_guard lock(mutex_);
  records_ -= due.records;
  bytes_ -= due.bytes;
  result_bytes_ -= due.result_bytes;
  for (const Stamp& stamp : due.stamps) {
    const auto at = published_.find(whole_ms(stamp.published_at));
    if (at != published_.end() && --at->second == 0) published_.erase(at);
  }
  room_changed_.notify_all();
}

void InFlight::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  grading_ = 0;
  finished_changed_.notify_all();
}

void InFlight::stop_waiting() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  room_changed_.notify_all();
}

InFlight::Held InFlight::all_held() const {
  const std::lock_guard lock(mutex_);
  Held out{records_, bytes_, result_bytes_};
  if (!published_.empty()) out.oldest = published_.begin()->first;
  return out;
}

std::size_t InFlight::held() const {
  const std::lock_guard lock(mutex_);
  return records_;
}

}  // namespace otmetka::engine
