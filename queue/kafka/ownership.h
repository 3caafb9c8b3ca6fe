// Which partitions this worker has, and since when. Between its source, which is told by the group, and its sink, which must
// not commit for a partition that is another's.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>

#include "queue/record.h"

namespace otmetka::queue::kafka {

using Epochs = std::map<std::int32_t, std::uint32_t>;  // of partitions

// Thread-safe. The source takes and releases; the sink says for how long a commit lasts.
class Ownership {
 public:
  void take(std::int32_t partition, std::uint32_t epoch) {
    const std::lock_guard lock(mutex_);
    epochs_[partition] = epoch;
  }

  // What begins to be committed from now on leaves these out.
  void disown(std::span<const std::int32_t> partitions) {
    const std::lock_guard lock(mutex_);
    for (const std::int32_t partition : partitions) epochs_.erase(partition);
  }

  // Returns only when no commit is under way: past this line nothing is committed for these partitions.
  void release(std::span<const std::int32_t> partitions) {
    disown(partitions);
    const std::lock_guard nothing_under_way(committing_);
  }

  std::unique_lock<std::mutex> hold() { return std::unique_lock(committing_); }

  Epochs owned() const {
    const std::lock_guard lock(mutex_);
    return epochs_;
  }

 private:
  std::mutex committing_;
  mutable std::mutex mutex_;
  Epochs epochs_;
};

}  // namespace otmetka::queue::kafka
