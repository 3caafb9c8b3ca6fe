// How much the worker may hold at once, added up place by place.
#pragma once

#include <cstddef>

namespace otmetka::engine {

// Counted at the door: a record is taken in only when there is room for it in count and in bytes, so memory is bounded
// whatever the publishers do. A record's bytes count until the commit that holds its result has succeeded.
struct Bounds {
  std::size_t records = 65'536;
  std::size_t bytes = 64u << 20;
};

// Why 65,536 records and 64 MiB are enough to keep every stage busy:
//   one batch being polled          kPollRecords
//   batches being graded            kPollRecords × (workers + 1)
//   results waiting for a commit    kCommitRecords
//   results in the commit under way kCommitRecords
inline constexpr std::size_t kPollRecords = 2'048;
inline constexpr std::size_t kPollBytes = 8u << 20;
inline constexpr std::size_t kCommitRecords = 5'000;
inline constexpr std::size_t kMostWorkers = 16;
static_assert(kPollRecords * (kMostWorkers + 2) + 2 * kCommitRecords <= Bounds{}.records, "no room to make progress");

}  // namespace otmetka::engine
