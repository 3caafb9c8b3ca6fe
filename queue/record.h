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

// The topics that submissions come from, where there are several: pausing is by partition, so each lane has a topic of its own.
enum class Lane { kSubmissions, kPrograms, kBatch, kRetry };

// A partition as Position and PartitionProgress name it: those of .submissions have their own numbers, those of the other lanes
// stand above, kLaneStride apart (no topic has so many).
inline constexpr std::int32_t kLaneStride = 1 << 20;
inline Lane lane_of(std::int32_t partition) { return static_cast<Lane>(partition / kLaneStride); }

// Where a record came from. `epoch` tells apart the times that a partition was assigned to this worker, from 0 on: a late
// result of an earlier epoch is dropped. The embedded queue has one partition, 0, and never changes its epoch. Kafka's
// partitions are those of several topics, in one numbering.
struct Position {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::uint32_t epoch = 0;
};

// What lies behind a copy that another worker has forwarded.
struct Journey {
  bool forwarded = false;
  std::int32_t attempts = 0;   // tries that failed, in all
  std::int32_t rounds = 0;     // times that it was sent to .retry
  std::int32_t suspected = 0;  // workers that ended while they graded it
  Timestamp not_before = {};   // of the next try

  friend bool operator==(const Journey&, const Journey&) = default;
};

// A published submission: bytes as they came, not decoded yet.
struct Record {
  Position position;
  std::string payload;
  Encoding encoding = Encoding::kProtobuf;
  Timestamp published_at;
  std::string traceparent = {};  // W3C trace context, where the publisher gave one: it goes on into the result
  Journey journey = {};
};

// A submission on its way to the topic of another lane, with its bytes as they came. The copy is not another submission:
// whoever grades it gives the one result. `record.position` is where it was taken from; its journey is what the copy will have.
struct Forwarded {
  Lane to = Lane::kSubmissions;
  std::string key;
  Record record;
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
