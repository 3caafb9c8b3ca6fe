#include "queue/kafka/kafka_queue.h"

#include <cassert>

#include "queue/kafka/dead_letters.h"
#include "queue/kafka/names.h"
#include "queue/kafka/ownership.h"
#include "queue/kafka/publisher.h"
#include "queue/kafka/results.h"
#include "queue/kafka/sink.h"
#include "queue/kafka/submission_source.h"

namespace otmetka::queue {

using namespace kafka;

struct KafkaQueue::Parts {
  KafkaOptions options;
  Ownership ownership;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<Results> results;
  std::unique_ptr<DeadLetters> dead_letters;
  std::unique_ptr<Source> source;  // outlives the sink, which commits in its name
  std::unique_ptr<Sink> sink;

  Status begin_serving();
};

// What an earlier run has left open is ended before the group is joined: it would hold back the committed offsets.
Status KafkaQueue::Parts::begin_serving() {
  const bool exactly_once = options.delivery == Delivery::kExactlyOnce;
  auto opened = Source::open(options, ownership);
  if (!opened) return opened.failure();
  source = std::move(*opened);
  const Client& client = source->consumer().client();
  for (const std::string& topic : {results_topic(options), dead_letters_topic(options)}) {
    if (const auto there = client.partitions_of(topic); !there) return there.failure();
  }
  const std::string transactional_id = options.group + "-" + options.instance;
  auto producer = exactly_once ? TransactionalSink::open_producer(options, transactional_id) : Producer::open(options);
  if (!producer) return producer.failure();
  // librdkafka looks once a second for the leaders of topics that it has not met: the first result would wait for that.
  std::vector<std::string> written{results_topic(options), dead_letters_topic(options)};
  for (const Lane lane : options.lanes) written.push_back(lane_topic(options, lane));
  for (const std::string& topic : written) {
    if (const auto there = (*producer)->client().partitions_of(topic); !there) return there.failure();
  }
  if (exactly_once) {
    sink = std::make_unique<TransactionalSink>(options, ownership, source->consumer(), std::move(*producer));
  } else {
    sink = std::make_unique<AcknowledgedSink>(options, ownership, source->consumer(), std::move(*producer));
  }
  return ok_status();
}

KafkaQueue::KafkaQueue(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
KafkaQueue::~KafkaQueue() = default;

Result<std::unique_ptr<KafkaQueue>> KafkaQueue::open(const KafkaOptions& options, KafkaRole role) {
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  parts->options.group = group_of(options);
  parts->options.instance = instance_of(options);
  parts->publisher = std::make_unique<Publisher>(parts->options);
  parts->results = std::make_unique<Results>(parts->options, 0);
  parts->dead_letters = std::make_unique<DeadLetters>(parts->options);
  if (role == KafkaRole::kServe) {
    if (auto begun = parts->begin_serving(); !begun) return begun.failure();
  }
  return std::unique_ptr<KafkaQueue>(new KafkaQueue(std::move(parts)));
}

SubmissionSource& KafkaQueue::source() {
  assert(parts_->source);
  return *parts_->source;
}

ResultSink& KafkaQueue::sink() {
  assert(parts_->sink);
  return *parts_->sink;
}

SubmissionPublisher& KafkaQueue::publisher() { return *parts_->publisher; }
ResultSource& KafkaQueue::results() { return *parts_->results; }
DeadLetterStore& KafkaQueue::dead_letters() { return *parts_->dead_letters; }

std::unique_ptr<ResultSource> KafkaQueue::results_of(std::int32_t partition) const {
  return std::make_unique<Results>(parts_->options, partition);
}

Result<std::int32_t> KafkaQueue::results_partitions() const {
  const auto client = Client::open(RD_KAFKA_PRODUCER, parts_->options, {}, {});
  if (!client) return client.failure();
  return (*client)->partitions_of(results_topic(parts_->options));
}

Result<std::string> KafkaQueue::id() const {
  const KafkaOptions& options = parts_->options;
  const auto client = Client::open(RD_KAFKA_PRODUCER, options, {}, {});
  if (!client) return client.failure();
  if (auto there = (*client)->answers(); !there) return there.failure();
  const std::unique_ptr<char, void (*)(char*)> cluster(rd_kafka_clusterid((*client)->handle(), timeout_of(options.patience)),
                                                       [](char* text) { rd_kafka_mem_free(nullptr, text); });
  return "kafka:" + (cluster == nullptr ? options.brokers : std::string(cluster.get())) + "/" + options.prefix;
}

std::uint64_t KafkaQueue::stale_results() const { return parts_->sink == nullptr ? 0 : parts_->sink->stale(); }
std::uint64_t KafkaQueue::fenced_producers() const { return parts_->sink == nullptr ? 0 : parts_->sink->fenced(); }

}  // namespace otmetka::queue
