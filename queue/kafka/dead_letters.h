// The dead letters of .dead-letters, for those who look after them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "queue/kafka/consumer.h"
#include "queue/kafka/producer.h"
#include "queue/source.h"

namespace otmetka::queue::kafka {

// A compacted topic of one partition: a letter's key says which record it is, so that a repeated one replaces the first, and a
// tombstone takes it away. Its id is its offset plus one. The first call reads the topic through; a hundred bytes or so of each
// letter stay in memory. One thread. OT412: there is no letter of that number; OT453: somebody else is replaying at this moment.
class DeadLetters final : public DeadLetterStore {
 public:
  explicit DeadLetters(const KafkaOptions& options);
  Result<std::vector<DeadLetter>> list(std::int64_t after, std::size_t most) override;
  Result<DeadLetter> show(std::int64_t id) override;
  Status replay(std::int64_t id) override;
  Status drop(std::int64_t id) override;

 private:
  Status open();
  Status catch_up();
  void note(const rd_kafka_message_t& message);
  void forget(const std::string& key);
  Result<std::vector<DeadLetter>> read(std::int64_t from_offset, std::size_t most, bool bare);
  Status remove(std::int64_t id, const Outgoing* again);
  Status write(const std::string& key, const Outgoing* again);
  Status attempt(const std::string& key, const Outgoing* again, const Until& until);

  KafkaOptions options_;
  std::string topic_;
  std::unique_ptr<Consumer> consumer_;
  std::unique_ptr<Producer> producer_;
  std::map<std::int64_t, std::string> keys_;              // of the letters that are there, by offset
  std::unordered_map<std::string, std::int64_t> offsets_;  // and back
  std::int64_t next_ = -1;                                // to be noted; -1: nothing was read yet
};

}  // namespace otmetka::queue::kafka
