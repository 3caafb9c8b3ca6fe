// Which partitions this worker has, and since when. Between its source, which is told by the group, and its sink, which must
// not commit for a partition that is another's.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>

#include "queue/record.h"

namespace otmetka::queue::kafka {

// Thread-safe. The source takes and releases; the sink holds still what there is for as long as a commit lasts.
class Ownership {
 public:
  void take(std::int32_t partition, std::uint32_t epoch) {
    const std::lock_guard lock(mutex_);
    epochs_[partition] = epoch;
  }

  // Returns only when no commit is under way: past this line nothing is committed for these partitions.
  void release(std::span<const std::int32_t> partitions) {
    const std::lock_guard lock(mutex_);
    for (const std::int32_t partition : partitions) epochs_.erase(partition);
  }

  std::unique_lock<std::mutex> hold() { return std::unique_lock(mutex_); }

  // While held.
  bool owns(std::int32_t partition, std::uint32_t epoch) const {
    const auto found = epochs_.find(partition);
    return found != epochs_.end() && found->second == epoch;
  }

 private:
  std::mutex mutex_;
  std::map<std::int32_t, std::uint32_t> epochs_;
};

}  // namespace otmetka::queue::kafka
