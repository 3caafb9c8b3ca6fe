// What travels through a queue.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/message.h"
#include "model/time.h"

namespace otmetka::queue {

enum class Encoding { kProtobuf = 1, kJson = 2 };

// Where a record came from. `epoch` tells apart the times that a partition was assigned to this worker, from 0 on: a late
// result of an earlier epoch is dropped. The embedded queue has one partition, 0, and never changes its epoch. Kafka's
// partitions are those of several topics, in one numbering (queue/kafka/names.h).
struct Position {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::uint32_t epoch = 0;
};

// A published submission: bytes as they came, not decoded yet.
struct Record {
  Position position;
  std::string payload;
  Encoding encoding = Encoding::kProtobuf;
  Timestamp published_at;
  std::string traceparent = {};  // W3C trace context, where the publisher gave one: it goes on into the result
};

// A submission to publish.
struct Outgoing {
  std::string key;  // learner and assignment: what a partition is chosen by
  std::string payload;
  Encoding encoding = Encoding::kProtobuf;
};

// A work that could not be graded, with its bytes as they came and the reason.
struct DeadLetter {
  std::int64_t id = 0;  // given by the queue
  Record record;
  Message reason;       // its id is the OT code
  std::int32_t attempts = 1;
  Timestamp parked_at;
  std::string submission_id;  // where the record could be decoded
  std::string assignment_id;
  std::string learner_id;
};

// A scored result on its way to the gradebook: protobuf bytes of otmetka.v1.ScoredResult.
struct ResultRecord {
  std::int64_t offset = 0;  // given by the queue
  std::string key;
  std::string payload;
  Position source = {};          // of the submission
  std::string traceparent = {};  // of the submission
};

// What is done of one partition: everything below `next`, less the unfinished offsets that `unfinished` lists.
// The text form (OffsetLedger::metadata) fits Kafka's commit metadata.
struct PartitionProgress {
  std::int32_t partition = 0;
  std::int64_t next = 0;       // the first offset not known to be finished
  std::string metadata;        // encoded: which offsets at or above `next` are finished already
  std::uint32_t epoch = 0;     // of the records that were finished
};

}  // namespace otmetka::queue
