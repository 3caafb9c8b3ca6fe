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
#include <span>
#include <vector>

#include "engine/bounds.h"
#include "engine/grade_record.h"
#include "queue/offset_ledger.h"
#include "queue/source.h"

namespace otmetka::engine {

struct CommitPolicy {
  std::chrono::milliseconds interval{250};  // the longest that a finished result waits while others are under way
  std::size_t records = kCommitRecords;     // a commit is due at once when so many wait
  std::size_t bytes = kCommitBytes;         // or so much of them, and a commit holds no more than one result beyond it
};

// A commit with what must be given back to the bounds when it has succeeded.
struct DueCommit {
  queue::Commit commit;
  std::size_t records = 0;
  std::size_t bytes = 0;         // of the submissions
  std::size_t result_bytes = 0;
  std::vector<Stamp> stamps = {};  // one a record
};

// Thread-safe. take() by the poll loop, finish() by the lanes, next_commit() and committed() by the committer.
class InFlight {
 public:
  InFlight(Bounds bounds, CommitPolicy policy) : bounds_(bounds), policy_(policy) {}

  // Continues where an earlier run stopped. Before any other call.
  void restore(std::span<const queue::PartitionProgress> progress);

  struct Room {
    std::size_t records = 0;
    std::size_t bytes = 0;
  };
  // Waits up to `wait` for room for one record at least.
  Room room(std::chrono::milliseconds wait);

  // Marks records started; returns those that an earlier run had not finished.
  std::vector<Work> take(std::vector<queue::Record> records);

  // `postponed`: so many more have been tried and wait to be tried again; they hold up nobody's commit until resumed().
  void finish(std::vector<Finished> finished, std::size_t postponed = 0);
  void resumed(std::size_t postponed);

  // Whether there is room for more results.
  bool may_grade() const;

  // Waits for a commit to be due: so many results, or the oldest has waited its interval, or nothing else is under way.
  // nullopt: closed, and nothing is left to commit.
  std::optional<DueCommit> next_commit();
  void committed(const DueCommit& due);

  // Neither more records nor more results will come (what was taken and not finished is polled again after a restart):
  // what is finished is committed at once.
  void close();

  void stop_waiting();  // room() answers at once from now on

  std::size_t held() const;

  struct Held {
    std::size_t records = 0;
    std::size_t bytes = 0;
    std::size_t result_bytes = 0;
    std::optional<Timestamp> oldest = {};  // when the one held that was published first was published
  };
  Held all_held() const;

 private:
  using Clock = std::chrono::steady_clock;
  bool due(Clock::time_point now) const;
  DueCommit collect();

  Bounds bounds_;
  CommitPolicy policy_;
  mutable std::mutex mutex_;
  std::condition_variable room_changed_;
  std::condition_variable finished_changed_;
  std::map<std::int32_t, queue::OffsetLedger> ledgers_;
  std::deque<Finished> finished_;
  Clock::time_point oldest_finished_{};
  std::size_t records_ = 0;  // taken, not committed
  std::size_t bytes_ = 0;
  std::size_t finished_bytes_ = 0;  // of finished_
  std::size_t result_bytes_ = 0;    // finished, not committed
  std::size_t grading_ = 0;         // taken, neither finished nor postponed
  std::map<std::chrono::sys_time<std::chrono::milliseconds>, std::size_t> published_;  // of those held, when and how many
  bool closed_ = false;
  bool stopped_ = false;
};

}  // namespace otmetka::engine
