// The queue on a Kafka cluster. Several processes publish, several serve, several read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "model/result.h"
#include "queue/kafka/options.h"
#include "queue/source.h"

namespace otmetka::queue {

enum class KafkaRole {
  kServe,   // a worker of the group: takes submissions and commits results
  kClient,  // publishes, reads results, handles dead letters
};

// The parts are those of EmbeddedQueue and belong to one thread each, except where queue/source.h says any. They live as long as
// the queue. Those that need a connection of their own make it at their first call.
//
// A worker's transactional id is GROUP-INSTANCE, and its place in the group is kept for it while it restarts: one that was
// killed and comes back within session.timeout.ms goes on where its last commit stood, and nobody else notices.
//
// Errors are those of queue/kafka/client.h, OT440 to OT453. None but OT440, OT442, OT450 and OT453 is worth another try.
// OT444 (another worker took this one's instance) and OT447 end the process: nothing more can be committed by it.
class KafkaQueue {
 public:
  // kServe: OT441 where a topic that it needs is not there. Ends what an earlier run of this instance has left open.
  static Result<std::unique_ptr<KafkaQueue>> open(const KafkaOptions& options, KafkaRole role);
  ~KafkaQueue();

  SubmissionSource& source();  // role kServe only
  ResultSink& sink();          // role kServe only
  SubmissionPublisher& publisher();
  ResultSource& results();     // of partition 0
  DeadLetterStore& dead_letters();

  // .results has several partitions, and all results of one learner and assignment stand in one of them: read each with a
  // position of its own. A new reader at every call; its thread is one of its own, too.
  std::unique_ptr<ResultSource> results_of(std::int32_t partition) const;
  Result<std::int32_t> results_partitions() const;

  // The cluster and the topics' prefix: what a gradebook files its positions under.
  Result<std::string> id() const;

  // Results that came too late to be this worker's and were left out, since the start. Any thread.
  std::uint64_t stale_results() const;

  // Producers that the brokers let write no more and that were replaced, since the start. Any thread.
  std::uint64_t fenced_producers() const;

 private:
  struct Parts;
  explicit KafkaQueue(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace otmetka::queue
