// What the engine holds between taking a record and committing its result: the bounds, the offset ledgers, and the
// results that wait for a commit.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "engine/bounds.h"
#include "engine/due_commit.h"
#include "engine/grade_record.h"
#include "queue/offset_ledger.h"
#include "queue/source.h"

namespace otmetka::engine {

// Thread-safe. take() and what tells of partitions by the poll loop, finish() by the lanes, next_commit() and committed() by
// the committer. A partition's records count until their commit or until it is dropped; what comes later of it is late: it is
// left out and counts nowhere.
class InFlight {
 public:
  InFlight(Bounds bounds, CommitPolicy policy) : bounds_(bounds), policy_(policy) {}

  // Continues where an earlier run stopped.
  void restore(std::span<const queue::PartitionProgress> progress);

  // These go soon: nothing more of them is to be begun, and what is finished is committed at once.
  void leave(std::span<const std::int32_t> partitions);
  // Waits up to `most` until nothing of them is being graded or waits for its commit.
  bool drained(std::span<const std::int32_t> partitions, std::chrono::milliseconds most);
  // These are another worker's. Gives back their room.
  void drop(std::span<const std::int32_t> partitions);

  // Whether it is worth beginning.
  bool wants(const queue::Position& position) const;
  // Goes to the lane of programs, where it may be for long: until it is finished, postponed or forgotten it keeps no answer's
  // commit back. What is not wanted any more changes nothing.
  void set_aside(const queue::Position& position);
  // Were taken, and nobody will begin them.
  void forget(std::span<const queue::Position> works);

  struct Room {
    std::size_t records = 0;
    std::size_t bytes = 0;
  };
  // Waits up to `wait` for room for one record at least.
  Room room(std::chrono::milliseconds wait);

  // Marks records started; returns those that an earlier run had not finished.
  std::vector<Work> take(std::vector<queue::Record> records);

  // `postponed` have been tried and wait to be tried again; they hold up nobody's commit until resumed(), which leaves out
  // those that are not wanted any more.
  void finish(std::vector<Finished> finished, std::span<const queue::Position> postponed = {});
  void resumed(std::vector<Work>& works);

  // Whether there is room for more results.
  bool may_grade() const;

  // Waits for a commit to be due: so many results, or the oldest has waited its interval, or nothing else is under way; for
  // one with answers in it, nothing but what was set aside.
  // nullopt: closed, and nothing is left to commit.
  std::optional<DueCommit> next_commit();
  void committed(const DueCommit& due);

  // Neither more records nor more results will come (what was taken and not finished is polled again after a restart):
  // what is finished is committed at once.
  void close();

  void stop_waiting();  // room() answers at once from now on

  std::size_t held() const;
  // Waits up to `most` until nothing is being graded or waits for its commit.
  bool wait_idle(std::chrono::milliseconds most);

  struct Held {
    std::size_t records = 0;
    std::size_t bytes = 0;
    std::size_t result_bytes = 0;
    std::optional<Timestamp> oldest = {};  // when the one held that was published first was published
  };
  Held all_held() const;

  struct PartitionHeld {
    std::int32_t partition = 0;
    std::size_t records = 0;
    std::size_t bytes = 0;
    std::size_t metadata_bytes = 0;  // of its progress, as it was last committed
  };
  std::vector<PartitionHeld> partitions() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Partition {
    queue::OffsetLedger ledger{};
    std::uint32_t epoch = 0;
    bool leaving = false;
    std::size_t records = 0;  // taken, not committed
    std::size_t bytes = 0;
    std::size_t grading = 0;      // taken, neither finished nor postponed
    std::set<std::int64_t> aside = {};  // of those, the offsets of what was set aside
    std::size_t uncommitted = 0;  // finished
    std::size_t metadata_bytes = 0;
    std::map<std::chrono::sys_time<std::chrono::milliseconds>, std::size_t> published = {};  // of those held, when and how many
  };
  Partition* find(std::int32_t partition, std::uint32_t epoch);  // null: it is not, or not any more, this worker's
  bool stop_grading(Partition& of, std::int64_t offset);  // true: it was set aside
  bool due(Clock::time_point now) const;
  DueCommit collect();

  Bounds bounds_;
  CommitPolicy policy_;
  mutable std::mutex mutex_;
  std::condition_variable room_changed_;
  std::condition_variable finished_changed_;
  std::condition_variable drained_changed_;
  std::map<std::int32_t, Partition> partitions_;
  std::deque<Finished> finished_;
  Clock::time_point oldest_finished_{};
  std::size_t records_ = 0;  // of all partitions, as in Partition
  std::size_t bytes_ = 0;
  std::size_t grading_ = 0;
  std::size_t aside_ = 0;
  bool answers_wait_ = false;       // finished_ may hold some that were not set aside
  std::size_t finished_bytes_ = 0;  // of finished_
  std::size_t result_bytes_ = 0;    // finished, not committed
  std::size_t leaving_ = 0;         // partitions
  bool closed_ = false;
  bool stopped_ = false;
};

}  // namespace otmetka::engine
