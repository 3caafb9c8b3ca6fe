#include "queue/kafka/submission_source.h"

#include <algorithm>

#include "queue/kafka/headers.h"
#include "queue/kafka/names.h"

namespace otmetka::queue::kafka {
namespace {

using std::chrono::milliseconds;

}  // namespace

// Eager assignment only: with cooperative-sticky librdkafka 2.0.2 loses its assignment to a commit under way.
Result<std::unique_ptr<Source>> Source::open(const KafkaOptions& options, Ownership& ownership) {
  std::unique_ptr<Source> source(new Source(options, ownership));
  const Settings defaults{{"session.timeout.ms", "45000"},
                          {"queued.max.messages.kbytes", "65536"},  // at 1,024 this version falls to a hundredth of its speed
                          {"max.poll.interval.ms", "300000"}};
  const Settings fixed{{"group.id", options.group},
                       {"group.instance.id", options.instance},
                       {"partition.assignment.strategy", "range,roundrobin"}};
  auto consumer = Consumer::open(options, defaults, fixed, [self = source.get()](rd_kafka_resp_err_t code, auto* partitions) {
    self->rebalance(code, *partitions);
  });
  if (!consumer) return consumer.failure();
  source->consumer_ = std::move(*consumer);
  for (const Lane lane : options.lanes) {
    source->topics_.emplace_back(lane_topic(options, lane), lane);
    if (const auto there = source->consumer_->client().partitions_of(source->topics_.back().first); !there) {
      return there.failure();
    }
  }
  return source;
}

Source::~Source() { listener_ = nullptr; }

std::int32_t Source::partition_of(const rd_kafka_topic_partition_t& partition) const {
  return queue_partition(lane_of_topic(options_, partition.topic).value_or(Lane::kSubmissions), partition.partition);
}

Record Source::record_of(const rd_kafka_message_t& message) const {
  const std::string_view topic = rd_kafka_topic_name(message.rkt);
  Lane lane = Lane::kSubmissions;
  for (const auto& [name, of] : topics_) {
    if (name == topic) lane = of;
  }
  const std::int32_t partition = queue_partition(lane, message.partition);
  const auto epoch = epochs_.find(partition);
  Record record;
  record.position = {partition, message.offset, epoch == epochs_.end() ? 0 : epoch->second};
  record.payload = payload_of(message);
  record.encoding = encoding_of(message);
  record.published_at = published_at(message);
  record.traceparent = header_of(message, "traceparent").value_or(std::string_view());
  record.journey = journey_of(message);
  return record;
}

Status Source::join() {
  if (joined_) return ok_status();
  std::vector<std::string> names;
  for (const auto& [name, lane] : topics_) names.push_back(name);
  if (auto subscribed = consumer_->subscribe(names); !subscribed) return subscribed;
  const Until until(options_);
  while (!joined_) {
    auto record = consumer_->look(milliseconds(50));
    if (!record) return record.failure();
    if (*record != nullptr) consumer_->put_back(std::move(*record));
    if (failure_) return *failure_;
    if (!joined_ && until.is_over()) {
      return retryable_error("OT450", {options_.group, std::chrono::ceil<std::chrono::seconds>(options_.patience).count()});
    }
  }
  return ok_status();
}

Result<std::vector<PartitionProgress>> Source::committed() {
  if (auto joined = join(); !joined) return joined.failure();
  std::vector<PartitionProgress> all;
  for (const auto& [partition, progress] : progress_) all.push_back(progress);
  return all;
}

// Records that were read before their partition went, in the same call, are dropped: the next owner reads them.
Result<std::vector<Record>> Source::poll(std::size_t most_records, std::size_t most_bytes, milliseconds wait) {
  if (auto joined = join(); !joined) return joined.failure();
  std::vector<Record> records;
  if (most_records == 0) {
    const Status minded = consumer_->mind(wait);
    if (failure_) return *failure_;
    if (!minded) return minded.failure();
    return records;
  }
  std::size_t bytes = 0;
  // To be sure that nothing is there the brokers are asked, and that lasts for as long as they are away (librdkafka 2.0.2 asks without
  // a time limit): nobody is told of a rebalance meanwhile. See let_go().
  auto message = wait > milliseconds(0) ? consumer_->next(wait) : consumer_->first(wait);
  while (message && *message != nullptr) {
    bytes += (*message)->len;
    if (!records.empty() && bytes > most_bytes) {
      consumer_->put_back(std::move(*message));
      break;
    }
    records.push_back(record_of(**message));
    if (records.size() >= most_records) break;
    message = consumer_->next(milliseconds(0));
  }
  std::erase_if(records, [this](const Record& record) {
    const auto here = progress_.find(record.position.partition);
    return here == progress_.end() || here->second.epoch != record.position.epoch;
  });
  if (failure_) return *failure_;
  if (!message && records.empty()) return message.failure();
  return records;
}

Result<bool> Source::at_end() {
  if (auto joined = join(); !joined) return joined.failure();
  const auto end = consumer_->at_end();
  if (failure_) return *failure_;
  return end;
}

void Source::pause(std::span<const std::int32_t> partitions) {
  for (const std::int32_t partition : partitions) {
    if (progress_.contains(partition)) consumer_->pause(lane_topic(options_, lane_of(partition)), topic_partition(partition));
  }
}

void Source::resume(std::span<const std::int32_t> partitions) {
  for (const std::int32_t partition : partitions) {
    if (progress_.contains(partition)) consumer_->resume(lane_topic(options_, lane_of(partition)), topic_partition(partition));
  }
}

void Source::rebalance(rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t& partitions) {
  if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    if (auto taken = take(partitions); !taken) {
      failure_ = taken.failure();
      static_cast<void>(consumer_->assign(nullptr));
    }
    joined_ = true;
    return;
  }
  if (code != RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS) failure_ = consumer_->client().error_of(code, options_.group);
  let_go(partitions);
}

// Where to begin is asked for here and not left to librdkafka: the metadata is wanted as well, and offsets outside of what
// the topic keeps must lead to work done again, never to work passed over.
Status Source::take(rd_kafka_topic_partition_list_t& partitions) {
  const Until until(options_);
  while (partitions.cnt > 0) {
    const auto code = rd_kafka_committed(consumer_->handle(), &partitions, until.slice());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) break;
    const Error failed = consumer_->client().error_of(code, options_.group);
    if (!failed.retryable || until.is_over()) return failed;
  }
  std::vector<PartitionProgress> begun;
  for (int i = 0; i < partitions.cnt; ++i) {
    rd_kafka_topic_partition_t& one = partitions.elems[i];
    if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) return consumer_->client().error_of(one.err, one.topic);
    auto progress = progress_of(one);
    if (!progress) return progress.failure();
    one.offset = progress->next;
    begun.push_back(std::move(*progress));
  }
  if (auto assigned = consumer_->assign(&partitions); !assigned) return assigned;
  for (const PartitionProgress& progress : begun) {
    progress_[progress.partition] = progress;
    ownership_.take(progress.partition, progress.epoch);
  }
  if (listener_ != nullptr) listener_->assigned(begun);
  return ok_status();
}

Result<PartitionProgress> Source::progress_of(const rd_kafka_topic_partition_t& committed) {
  const auto marks = consumer_->marks(committed.topic, committed.partition);
  if (!marks) return marks.failure();
  PartitionProgress progress{.partition = partition_of(committed), .next = committed.offset, .metadata = {}};
  progress.epoch = epochs_[progress.partition];
  if (committed.offset < marks->low || committed.offset > marks->high) {
    progress.next = marks->low;
  } else if (committed.metadata != nullptr) {
    progress.metadata.assign(static_cast<const char*>(committed.metadata), committed.metadata_size);
  }
  return progress;
}

void Source::let_go(const rd_kafka_topic_partition_list_t& partitions) {
  std::vector<std::int32_t> gone;
  for (int i = 0; i < partitions.cnt; ++i) gone.push_back(partition_of(partitions.elems[i]));
  const bool lost = rd_kafka_assignment_lost(consumer_->handle()) != 0;
  if (listener_ != nullptr && !gone.empty()) {
    if (lost) {
      listener_->lost(gone);
    } else {
      listener_->revoking(gone, options_.drain);
    }
  }
  if (lost) {
    // At once: a member that is put out and not yet unassigned when the coordinator comes back asks it without a name, and is taken
    // for a stranger in its own place (librdkafka 2.0.2), which ends the consumer.
    ownership_.disown(gone);
    static_cast<void>(consumer_->assign(nullptr));
  }
  ownership_.release(gone);
  for (const std::int32_t partition : gone) {
    ++epochs_[partition];
    progress_.erase(partition);
  }
  if (!lost) static_cast<void>(consumer_->assign(nullptr));
}

}  // namespace otmetka::queue::kafka
