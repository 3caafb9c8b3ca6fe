// A queue of several partitions in memory, shared with other workers that the test plays: what tests of the engine use where no
// broker need be.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "queue/source.h"

namespace otmetka::engine {

using Partitions = std::vector<std::int32_t>;

// Its worker's partitions change in poll(), as the test says.
class SharedSource final : public queue::SubmissionSource {
 public:
  explicit SharedSource(Partitions partitions) : begun_(std::move(partitions)) {}

  void add(std::int32_t partition, const queue::Outgoing& submission, queue::Journey journey = {}) {
    const std::lock_guard lock(mutex_);
    queue::Record record;
    record.position = {partition, next_[partition]++, epochs_[partition]};
    record.payload = submission.payload;
    record.encoding = submission.encoding;
    record.published_at = now();
    record.journey = journey;
    records_.push_back(std::move(record));
    changed_.notify_all();
  }
  // On the worker's thread; returns when it is done.
  void in_poll(std::function<void(queue::PartitionListener&)> what) {
    std::unique_lock lock(mutex_);
    what_ = std::move(what);
    changed_.notify_all();
    ASSERT_TRUE(changed_.wait_for(lock, std::chrono::seconds(60), [&] { return !what_; }));
  }
  void revoke(const Partitions& partitions, std::chrono::milliseconds most) {
    in_poll([&](queue::PartitionListener& listener) {
      listener.revoking(partitions, most);
      forget(partitions);
    });
  }
  void lose(const Partitions& partitions) {
    in_poll([&](queue::PartitionListener& listener) {
      listener.lost(partitions);
      forget(partitions);
    });
  }
  std::size_t polls() const { return polls_; }
  std::set<std::int32_t> paused() const {
    const std::lock_guard lock(mutex_);
    return paused_;
  }
  std::size_t resumed_unpaused() const { return resumed_unpaused_; }

  Result<std::vector<queue::PartitionProgress>> committed() override {
    std::vector<queue::PartitionProgress> progress;
    for (const std::int32_t partition : begun_) progress.push_back({.partition = partition, .next = 0, .metadata = ""});
    if (listener_ != nullptr) listener_->assigned(progress);
    return progress;
  }
  Result<std::vector<queue::Record>> poll(std::size_t most, std::size_t, std::chrono::milliseconds wait) override {
    std::unique_lock lock(mutex_);
    ++polls_;
    if (most > 0) changed_.wait_for(lock, wait, [&] { return what_ || woken_ || any(); });
    woken_ = false;
    if (what_) {
      lock.unlock();  // the test may ask things while it waits
      what_(*listener_);
      lock.lock();
      what_ = {};
      changed_.notify_all();
    }
    std::vector<queue::Record> out;
    for (auto at = records_.begin(); at != records_.end() && out.size() < most;) {
      if (paused_.contains(at->position.partition)) {
        ++at;
      } else {
        out.push_back(std::move(*at));
        at = records_.erase(at);
      }
    }
    return out;
  }
  Result<bool> at_end() override { return false; }
  void wake() override {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }
  void listen(queue::PartitionListener* listener) override { listener_ = listener; }
  void pause(std::span<const std::int32_t> partitions) override {
    const std::lock_guard lock(mutex_);
    paused_.insert(partitions.begin(), partitions.end());
  }
  void resume(std::span<const std::int32_t> partitions) override {
    const std::lock_guard lock(mutex_);
    for (const std::int32_t partition : partitions) resumed_unpaused_ += paused_.erase(partition) == 0 ? 1 : 0;
  }

 private:
  void forget(const Partitions& partitions) {
    const std::lock_guard lock(mutex_);
    for (const std::int32_t partition : partitions) {
      ++epochs_[partition];
      paused_.erase(partition);
      std::erase_if(records_, [&](const queue::Record& record) { return record.position.partition == partition; });
    }
  }
  bool any() const {
    return std::any_of(records_.begin(), records_.end(), [&](const auto& one) { return !paused_.contains(one.position.partition); });
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Partitions begun_;
  queue::PartitionListener* listener_ = nullptr;
  std::function<void(queue::PartitionListener&)> what_;
  std::map<std::int32_t, std::int64_t> next_;
  std::map<std::int32_t, std::uint32_t> epochs_;
  std::deque<queue::Record> records_;
  std::set<std::int32_t> paused_;
  std::atomic<std::size_t> resumed_unpaused_{0};
  std::atomic<std::size_t> polls_{0};
  bool woken_ = false;
};

}  // namespace otmetka::engine
