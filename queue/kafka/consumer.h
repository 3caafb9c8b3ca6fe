// A consumer that reads one record at a time and can be woken: what the source, the results and the dead letters read with.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "queue/kafka/client.h"

namespace otmetka::queue::kafka {

// The first record that is kept and the one to come; the second for a read_committed reader, below every open transaction.
struct Marks {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

// One thread; wake() from any. Errors are the client's (client.h), and OT423 where the records asked for are gone.
class Consumer {
 public:
  // read_committed, no commits of its own; reads what it is assigned.
  static Result<std::unique_ptr<Consumer>> open(const KafkaOptions& options, const Settings& defaults, Settings fixed,
                                                Client::OnRebalance on_rebalance = {});
  ~Consumer();  // leaves the group, unless it has a fixed place there

  Status subscribe(const std::vector<std::string>& topics);

  // Exactly these partitions with their offsets; an empty list or nullptr: none. Forgets what was put back or paused.
  Status assign(const rd_kafka_topic_partition_list_t* partitions);
  Status assign(const std::string& topic, std::int32_t partition, std::int64_t offset);

  // The next record, waiting up to `wait`; null: none came in time, or wake(). Rebalances happen in here.
  Result<Polled> next(std::chrono::milliseconds wait);

  // The same; what is there already is found however short the wait is.
  Result<Polled> first(std::chrono::milliseconds wait);

  // One look, which takes up no wake() and may find nothing although there is something. Rebalances happen in here.
  Result<Polled> look(std::chrono::milliseconds wait);

  // Is the next one then.
  void put_back(Polled message) { ahead_.push_front(std::move(message)); }

  // A look for what the group has to say; a record that comes all the same is kept for later.
  Status mind(std::chrono::milliseconds wait);

  // Whether everything below the high marks of what is assigned has been read. Reads on for up to 2 s to find out; false as
  // well where that was not enough.
  Result<bool> at_end();

  // Of what is assigned. What is paused already, or is not, stays so.
  void pause(const std::string& topic, std::int32_t partition);
  void resume(const std::string& topic, std::int32_t partition);

  // How many records of what is assigned are still to come, about, by what the brokers' last answers said: asks nobody, so that
  // for what is paused it is what was known then. nullopt: there was no answer yet.
  std::optional<std::int64_t> behind() const;

  Result<Marks> marks(const std::string& topic, std::int32_t partition) const;

  // Ends a next() that waits, now or the next one.
  void wake();

  const Client& client() const { return *client_; }
  rd_kafka_t* handle() const { return client_->handle(); }

 private:
  using Place = std::pair<std::string, std::int32_t>;  // topic and partition
  explicit Consumer(const KafkaOptions& options) : options_(options) {}
  Status failure_of(const rd_kafka_message_t& message) const;
  Polled take_ahead();
  void reached(const rd_kafka_message_t& end);
  // For a read_committed reader.
  Status find_edges(rd_kafka_topic_partition_list_t& list, std::int64_t which, const Until& until) const;
  Result<bool> ends_reached(const rd_kafka_topic_partition_list_t& high, bool paused_too) const;

  std::unique_ptr<Client> client_;
  std::unique_ptr<rd_kafka_queue_t, Destroy> queue_;
  std::deque<Polled> ahead_;  // read already
  std::map<Place, std::int64_t> begun_;  // where what is assigned was to begin
  std::map<Place, std::int64_t> ends_;  // where a partition was read to when it had no more
  std::set<Place> paused_;
  std::atomic<bool> woken_{false};
  KafkaOptions options_;
};

}  // namespace otmetka::queue::kafka
