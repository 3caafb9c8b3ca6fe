// Where submissions come from and where results go. Two implementations each, embedded/ and kafka/, under one contract
// suite (tests/contract/queue_contract.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/result.h"
#include "queue/record.h"

namespace otmetka::queue {

// Told what becomes of partitions where several workers share them. Called by committed() and poll(), on their thread.
class PartitionListener {
 public:
  virtual ~PartitionListener() = default;

  // These are this worker's now: their records follow, from `next` on, with their epoch.
  virtual void assigned(std::span<const PartitionProgress> progress) = 0;

  // These go to another worker when this returns, in `most` at the latest: finish what is under way, have it committed, and
  // then let go of the rest. What the sink is given of them afterwards it leaves out.
  virtual void revoking(std::span<const std::int32_t> partitions, std::chrono::milliseconds most) = 0;

  // These are another worker's already: the sink leaves out whatever is still given of them.
  virtual void lost(std::span<const std::int32_t> partitions) = 0;
};

// One consumer of the submissions. poll() and committed() belong to one thread; wake() may be called from any thread and
// from a signal handler's thread.
class SubmissionSource {
 public:
  virtual ~SubmissionSource() = default;

  // What the last commit of an earlier run said is done, of each partition that this worker has now; poll() begins at each
  // partition's `next`. The records at or above it that `metadata` marks finished are polled too: the caller's OffsetLedger
  // knows them and passes them by.
  virtual Result<std::vector<PartitionProgress>> committed() = 0;

  // At most `most_records` records and about `most_bytes` bytes (one record at least, whatever its size), in offset order
  // within a partition, each once; waits up to `wait` for the first. An empty vector: nothing came in time; with no wait: nothing
  // is there, which may take a broker's answer to know, so that one who shares the queue should wait a little. With no record to
  // be taken (0) it only minds the worker's place among others: to be done every few seconds while there is no room.
  virtual Result<std::vector<Record>> poll(std::size_t most_records, std::size_t most_bytes,
                                           std::chrono::milliseconds wait) = 0;

  // Whether everything published so far has been polled: what --until-empty asks.
  virtual Result<bool> at_end() = 0;

  // How many of those published so far are still to be polled, about, where the queue can tell at once; else nullopt. On
  // poll()'s thread.
  virtual Result<std::optional<std::int64_t>> unpolled() { return std::optional<std::int64_t>{}; }

  // Ends a poll that waits, now or the next one.
  virtual void wake() = 0;

  // Who is told of partitions that come and go; before committed(), nullptr: nobody. Outlives the source or is taken away
  // again. A queue that has one worker at a time never tells anything.
  virtual void listen(PartitionListener* /*listener*/) {}

  // No more of these partitions until resume(), but for a record or two; polls must go on. Expensive (what was fetched
  // already is fetched again): keep seconds between the two. On poll()'s thread. A queue of one partition need not.
  virtual void pause(std::span<const std::int32_t> /*partitions*/) {}
  virtual void resume(std::span<const std::int32_t> /*partitions*/) {}
};

// What one commit makes durable together: all of it or nothing.
struct Commit {
  std::vector<ResultRecord> results;
  std::vector<DeadLetter> dead_letters;
  std::vector<PartitionProgress> progress;
  // What goes on to another lane's topic. Only where the queue has such: the embedded one has none (OT454).
  std::vector<Forwarded> forwarded = {};
};

// commit() belongs to one thread, better not the source's: while brokers fail it may wait long, and polls must go on. An
// error that is retryable may be tried again with the same commit, before any other: nothing of it has been written, or it
// is not known yet and will be by then. Results, letters and progress of a partition that this worker does not have any
// more (or of an earlier epoch) are left out.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  virtual Status commit(const Commit& commit) = 0;
};

// Publishes submissions; durable when publish() returns. Any thread, several processes.
class SubmissionPublisher {
 public:
  virtual ~SubmissionPublisher() = default;
  virtual Status publish(std::span<const Outgoing> submissions) = 0;
};

// The results that can be read: those below `first` were trimmed, and the next one to come will be `next`.
struct ResultRange {
  std::int64_t first = 0;
  std::int64_t next = 0;
};

// Reads the results of one partition in their order, from a position that its caller keeps. One thread; wake() from any.
class ResultSource {
 public:
  virtual ~ResultSource() = default;
  virtual Result<ResultRange> range() = 0;
  // At most `most_records` and about `most_bytes` of them (one at least), waiting up to `wait` for the first.
  // OT423 where results at or above `from_offset` were trimmed: they are never passed over in silence.
  virtual Result<std::vector<ResultRecord>> poll_results(std::int64_t from_offset, std::size_t most_records,
                                                         std::size_t most_bytes, std::chrono::milliseconds wait) = 0;
  virtual void wake() = 0;
};

// What `otmetka dlq` does.
class DeadLetterStore {
 public:
  virtual ~DeadLetterStore() = default;
  // At most `most` letters whose id is greater than `after` (0: from the first), oldest first, without their payloads.
  virtual Result<std::vector<DeadLetter>> list(std::int64_t after, std::size_t most) = 0;
  virtual Result<DeadLetter> show(std::int64_t id) = 0;  // with its payload
  // Publishes the record again as a new submission, its revision raised by one, and removes the letter: one transaction.
  virtual Status replay(std::int64_t id) = 0;
  virtual Status drop(std::int64_t id) = 0;
};

}  // namespace otmetka::queue
