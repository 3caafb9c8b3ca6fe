// What the two sinks do alike: leave out what is not this worker's any more, and produce the rest.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "queue/kafka/consumer.h"
#include "queue/kafka/options.h"
#include "queue/kafka/ownership.h"
#include "queue/kafka/producer.h"
#include "queue/source.h"

namespace otmetka::queue::kafka {

// The part of a commit that is this worker's. Points into the commit.
struct Kept {
  std::vector<const ResultRecord*> results;
  std::vector<const DeadLetter*> dead_letters;
  std::vector<const PartitionProgress*> progress;
  std::vector<const Forwarded*> forwarded;
  GroupMetadata group;  // as it was before it was asked what is owned: of a later one the broker would believe that all of it is
  std::size_t stale = 0;

  bool empty() const { return results.empty() && dead_letters.empty() && progress.empty() && forwarded.empty(); }
};
Kept keep_owned(const Commit& commit, const Epochs& owned);

// Which commit it is, as far as that can be told without keeping it.
struct CommitMark {
  std::vector<std::pair<std::int32_t, std::int64_t>> next;
  std::size_t results = 0;
  std::size_t dead_letters = 0;
  std::size_t forwarded = 0;

  friend bool operator==(const CommitMark&, const CommitMark&) = default;
};
CommitMark mark_of(const Commit& commit);

// One thread but stale() and fenced(). Errors are the client's.
class Sink : public ResultSink {
 public:
  // A rebalance waits while a try lasts, and gets through between two of them. A producer that may write no more is replaced as
  // long as the group knows this worker: brokers refuse one whose transaction was open for too long, as they do while they are away,
  // in the same words as one whose place somebody else has taken. That is for the group to say, and it gets the time of a heartbeat
  // to say it: a new producer would put out the one of whoever has the place now.
  Status commit(const Commit& commit) final;

  // Results and letters that came too late, since the start.
  std::uint64_t stale() const { return stale_; }
  // Producers that might write no more and were replaced, since the start.
  std::uint64_t fenced() const { return fenced_; }

 protected:
  // `consumer` is whose group the offsets are committed for.
  Sink(const KafkaOptions& options, Ownership& ownership, const Consumer& consumer, std::unique_ptr<Producer> producer);

  virtual Result<std::unique_ptr<Producer>> new_producer() const = 0;
  virtual void replaced() {}

  // All that was kept of the commit, which may be nothing, or an error. After one that is retryable it is called again with
  // the same commit, until the patience is over; less of it may be kept by then.
  virtual Status write(const Commit& commit, const Kept& kept, const Until& until) = 0;

  Status produce(const Kept& kept, Deliveries* deliveries, const Until& until);
  // What is to be committed. Metadata that would be too large for the brokers is left out: work is then done again.
  PartitionList offsets_of(const Kept& kept) const;
  // The brokers take less than was thought.
  void halve_metadata() { metadata_bytes_ /= 2; }

  const Consumer& consumer() const { return consumer_; }
  Producer& producer() { return *producer_; }
  const KafkaOptions& options() const { return options_; }

 private:
  Status attempt(const Commit& commit, const Kept& kept, const Until& until);
  Status replace_producer();
  int polls_of_a_heartbeat() const;
  Error among_the_living(Error failed) const;
  Error fenced_producer() const;

  KafkaOptions options_;
  Ownership& ownership_;
  const Consumer& consumer_;
  std::unique_ptr<Producer> producer_;
  std::string results_topic_;
  std::string letters_topic_;
  std::size_t metadata_bytes_;
  bool unusable_ = false;  // the producer, for good
  int polls_left_ = 0;     // until it is replaced; counted, not by the clock, which goes on while the process is held
  std::atomic<std::uint64_t> stale_{0};
  std::atomic<std::uint64_t> fenced_{0};
};

// Results, letters and offsets in one transaction. Keeps nothing itself: the commit is the caller's until it has succeeded,
// and after an abort all of it is produced again.
class TransactionalSink final : public Sink {
 public:
  // Ends whatever transaction an earlier run has left open: before the source reads anything.
  static Result<std::unique_ptr<Producer>> open_producer(const KafkaOptions& options, const std::string& transactional_id);
  TransactionalSink(const KafkaOptions& options, Ownership& ownership, const Consumer& consumer, std::unique_ptr<Producer> producer)
      : Sink(options, ownership, consumer, std::move(producer)) {}

 protected:
  Status write(const Commit& commit, const Kept& kept, const Until& until) override;
  Result<std::unique_ptr<Producer>> new_producer() const override;
  void replaced() override;

 private:
  enum class Stage { kNone, kOpen, kCommitting, kAborting };
  Status finish_earlier(const Until& until);
  Status begin();
  Status send_offsets(const Kept& kept, const Until& until);
  Status end(const Until& until);
  Status abort(const Until& until);
  Status failed(const rd_kafka_error_t& error, const std::string& what);
  Result<bool> was_committed(const Kept& kept) const;

  Stage stage_ = Stage::kNone;  // of the transaction
  CommitMark mark_;             // of the one that is, or was last
  bool aborted_ = false;        // the earlier one, just now
  bool in_doubt_ = false;       // its commit was under way when the producer became unusable
};

// Offsets once every result and letter has been acknowledged.
class AcknowledgedSink final : public Sink {
 public:
  AcknowledgedSink(const KafkaOptions& options, Ownership& ownership, const Consumer& consumer, std::unique_ptr<Producer> producer)
      : Sink(options, ownership, consumer, std::move(producer)) {}

 protected:
  Status write(const Commit& commit, const Kept& kept, const Until& until) override;

 private:
  Result<std::unique_ptr<Producer>> new_producer() const override { return Producer::open(options()); }

  std::optional<CommitMark> delivered_;  // whose results are acknowledged and whose offsets are not yet
};

}  // namespace otmetka::queue::kafka
