// How much the worker may hold at once, added up place by place.
#pragma once

#include <cstddef>

namespace otmetka::engine {

// Submissions are counted at the door: a record is taken in only when there is room for it in count and in bytes, and its
// bytes count until the commit that holds its result has succeeded. Results, which may be many times larger than what they
// were made of, are counted when they are made: past `result_bytes` no more are begun until a commit has made room, so all
// that may come on top is what the lane had begun. Memory is bounded whatever the publishers do.
struct Bounds {
  std::size_t records = 65'536;
  std::size_t bytes = 64u << 20;
  std::size_t result_bytes = 32u << 20;
};

// Why 65,536 records and 64 MiB are enough to keep every stage busy:
//   one batch being polled          kPollRecords
//   batches waiting for the lane    kPollRecords × kMostWorkers
//   slices being graded             kSlicesBegun × kLaneGrain × workers
//   results waiting for a commit    kCommitRecords or kCommitBytes
//   results in the commit under way kCommitRecords or kCommitBytes
//   results read by the gradebook   kFeedBytes, beside the bounds: they are in the queue, on the disk
inline constexpr std::size_t kPollRecords = 2'048;
inline constexpr std::size_t kPollBytes = 8u << 20;
inline constexpr std::size_t kLaneGrain = 32;
inline constexpr std::size_t kSlicesBegun = 2;
inline constexpr std::size_t kCommitRecords = 5'000;
inline constexpr std::size_t kCommitBytes = 8u << 20;
inline constexpr std::size_t kFeedBytes = 8u << 20;
inline constexpr std::size_t kMostWorkers = 16;
static_assert(kPollRecords * (kMostWorkers + 1) + kSlicesBegun * kLaneGrain * kMostWorkers + 2 * kCommitRecords <= Bounds{}.records,
              "no room to make progress");
static_assert(2 * kCommitBytes <= Bounds{}.result_bytes, "grading must go on beside a commit");

}  // namespace otmetka::engine
