#include "engine/in_flight.h"

#include <algorithm>

namespace otmetka::engine {
namespace {

// Capacity, since that is what the memory holds.
std::size_t bytes_of(const Finished& finished) {
  std::size_t bytes = sizeof(Finished);
  if (finished.result) bytes += finished.result->payload.capacity() + finished.result->key.capacity();
  if (finished.dead_letter) bytes += finished.dead_letter->record.payload.capacity();
  if (finished.forwarded) bytes += finished.forwarded->record.payload.capacity();
  return bytes;
}

auto whole_ms(Timestamp at) { return std::chrono::floor<std::chrono::milliseconds>(at); }

bool contains(std::span<const std::int32_t> partitions, std::int32_t partition) {
  return std::find(partitions.begin(), partitions.end(), partition) != partitions.end();
}

}  // namespace

void InFlight::restore(std::span<const queue::PartitionProgress> progress) {
  const std::lock_guard lock(mutex_);
  for (const auto& p : progress) {
    partitions_.insert_or_assign(p.partition, Partition{.ledger = queue::OffsetLedger(p.next, p.metadata), .epoch = p.epoch});
  }
}

InFlight::Partition* InFlight::find(std::int32_t partition, std::uint32_t epoch) {
  const auto found = partitions_.find(partition);
  return found == partitions_.end() || found->second.epoch != epoch ? nullptr : &found->second;
}

void InFlight::leave(std::span<const std::int32_t> partitions) {
  const std::lock_guard lock(mutex_);
  for (const std::int32_t partition : partitions) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end() || found->second.leaving) continue;
    found->second.leaving = true;
    ++leaving_;
  }
  finished_changed_.notify_all();
}

bool InFlight::drained(std::span<const std::int32_t> partitions, std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return drained_changed_.wait_for(lock, most, [&] {
    return std::ranges::all_of(partitions, [&](std::int32_t partition) {
      const auto found = partitions_.find(partition);
      return found == partitions_.end() || found->second.grading + found->second.uncommitted == 0;
    });
  });
}

void InFlight::drop(std::span<const std::int32_t> partitions) {
  const std::lock_guard lock(mutex_);
  for (const std::int32_t partition : partitions) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end()) continue;
    const Partition& gone = found->second;
    records_ -= gone.records;
    bytes_ -= gone.bytes;
    if (!closed_) grading_ -= gone.grading;
    aside_ -= gone.aside.size();
    if (gone.leaving) --leaving_;
    partitions_.erase(found);
  }
  std::erase_if(finished_, [&](const Finished& one) {
    if (!contains(partitions, one.position.partition)) return false;
    finished_bytes_ -= bytes_of(one);
    result_bytes_ -= bytes_of(one);
    return true;
  });
  answers_wait_ = answers_wait_ && !finished_.empty();
  room_changed_.notify_all();
  finished_changed_.notify_all();
}

bool InFlight::wants(const queue::Position& position) const {
  const std::lock_guard lock(mutex_);
  const auto found = partitions_.find(position.partition);
  return found != partitions_.end() && found->second.epoch == position.epoch && !found->second.leaving;
}

void InFlight::set_aside(const queue::Position& position) {
  const std::lock_guard lock(mutex_);
  Partition* const of = find(position.partition, position.epoch);
  if (of == nullptr || closed_) return;
  if (of->aside.insert(position.offset).second) ++aside_;
  finished_changed_.notify_all();
}

bool InFlight::stop_grading(Partition& of, std::int64_t offset) {
  if (closed_) return false;
  --of.grading;
  --grading_;
  if (of.aside.empty() || of.aside.erase(offset) == 0) return false;
  --aside_;
  return true;
}

void InFlight::forget(std::span<const queue::Position> works) {
  const std::lock_guard lock(mutex_);
  for (const queue::Position& work : works) {
    if (Partition* const of = find(work.partition, work.epoch)) stop_grading(*of, work.offset);
  }
  finished_changed_.notify_all();
  drained_changed_.notify_all();
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
    const auto [at, unknown] = partitions_.try_emplace(record.position.partition, Partition{.epoch = record.position.epoch});
    Partition& of = at->second;
    if (of.epoch != record.position.epoch || of.ledger.finished_before(record.position.offset)) continue;
    of.ledger.start(record.position.offset);
    ++of.records;
    ++of.grading;
    of.bytes += record.payload.size();
    ++of.published[whole_ms(record.published_at)];
    ++records_;
    ++grading_;
    bytes_ += record.payload.size();
    fresh.push_back({std::move(record), 0});
  }
  return fresh;
}

void InFlight::finish(std::vector<Finished> finished, std::span<const queue::Position> postponed) {
  const std::lock_guard lock(mutex_);
  for (const queue::Position& one : postponed) {
    if (Partition* const of = find(one.partition, one.epoch)) stop_grading(*of, one.offset);
  }
  for (Finished& one : finished) {
    Partition* const of = find(one.position.partition, one.position.epoch);
    if (of == nullptr) continue;
    if (!stop_grading(*of, one.position.offset)) answers_wait_ = true;
    ++of->uncommitted;
    if (finished_.empty()) oldest_finished_ = Clock::now();
    const std::size_t bytes = bytes_of(one);
    finished_bytes_ += bytes;
    result_bytes_ += bytes;
    finished_.push_back(std::move(one));
  }
  finished_changed_.notify_all();
  drained_changed_.notify_all();
}

void InFlight::resumed(std::vector<Work>& works) {
  const std::lock_guard lock(mutex_);
  std::erase_if(works, [&](const Work& work) {
    Partition* const of = find(work.record.position.partition, work.record.position.epoch);
    if (of == nullptr || of->leaving) return true;
    ++of->grading;
    ++grading_;
    return false;
  });
}

bool InFlight::may_grade() const {
  const std::lock_guard lock(mutex_);
  return result_bytes_ < bounds_.result_bytes;
}

bool InFlight::due(Clock::time_point now) const {
  if (finished_.empty()) return closed_;
  const std::size_t awaited = answers_wait_ ? grading_ - aside_ : grading_;
  return finished_.size() >= policy_.records || finished_bytes_ >= policy_.bytes || awaited == 0 || leaving_ > 0 ||
         now - oldest_finished_ >= policy_.interval;
}

DueCommit InFlight::collect() {
  DueCommit out;
  const std::size_t n = std::min(finished_.size(), policy_.records);
  std::map<std::int32_t, Partition*> touched;
  for (std::size_t i = 0; i < n && out.result_bytes < policy_.bytes; ++i) {
    Finished& one = finished_.front();
    out.result_bytes += bytes_of(one);
    Partition& of = partitions_.at(one.position.partition);
    of.ledger.finish(one.position.offset);
    touched[one.position.partition] = &of;
    if (one.result) out.commit.results.push_back(std::move(*one.result));
    if (one.dead_letter) out.commit.dead_letters.push_back(std::move(*one.dead_letter));
    if (one.forwarded) out.commit.forwarded.push_back(std::move(*one.forwarded));
    out.places.push_back({one.position.partition, one.position.epoch, one.bytes});
    out.stamps.push_back(one.stamp);
    finished_.pop_front();
  }
  finished_bytes_ -= out.result_bytes;
  answers_wait_ = answers_wait_ && !finished_.empty();
  oldest_finished_ = Clock::now();
  for (const auto& [partition, of] : touched) {
    out.commit.progress.push_back({partition, of->ledger.next(), of->ledger.metadata(), of->epoch});
    of->metadata_bytes = out.commit.progress.back().metadata.size();
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
  result_bytes_ -= due.result_bytes;
  for (std::size_t i = 0; i < due.places.size(); ++i) {
    const DueCommit::Place& place = due.places[i];
    Partition* const of = find(place.partition, place.epoch);
    if (of == nullptr) continue;
    --of->records;
    --of->uncommitted;
    of->bytes -= place.bytes;
    --records_;
    bytes_ -= place.bytes;
    const auto at = of->published.find(whole_ms(due.stamps[i].published_at));
    if (at != of->published.end() && --at->second == 0) of->published.erase(at);
  }
  room_changed_.notify_all();
  drained_changed_.notify_all();
}

void InFlight::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  grading_ = aside_ = 0;
  for (auto& [number, of] : partitions_) {
    of.grading = 0;
    of.aside.clear();
  }
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
  for (const auto& [number, of] : partitions_) {
    if (of.published.empty()) continue;
    const Timestamp oldest = of.published.begin()->first;
    out.oldest = out.oldest ? std::min(*out.oldest, oldest) : oldest;
  }
  return out;
}

std::vector<InFlight::PartitionHeld> InFlight::partitions() const {
  const std::lock_guard lock(mutex_);
  std::vector<PartitionHeld> out;
  for (const auto& [number, of] : partitions_) out.push_back({number, of.records, of.bytes, of.metadata_bytes});
  return out;
}

std::size_t InFlight::held() const {
  const std::lock_guard lock(mutex_);
  return records_;
}

bool InFlight::wait_idle(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return drained_changed_.wait_for(lock, most, [&] {
    return std::ranges::all_of(partitions_, [](const auto& one) { return one.second.grading + one.second.uncommitted == 0; });
  });
}

}  // namespace otmetka::engine
