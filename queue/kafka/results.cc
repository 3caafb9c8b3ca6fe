#include "queue/kafka/results.h"

#include "queue/kafka/headers.h"
#include "queue/kafka/names.h"

namespace otmetka::queue::kafka {

using std::chrono::milliseconds;

Results::Results(const KafkaOptions& options, std::int32_t partition)
    : options_(options), topic_(results_topic(options)), partition_(partition) {}

Status Results::open() {
  const std::lock_guard lock(opening_);
  if (consumer_ != nullptr) return ok_status();
  auto consumer = Consumer::open(options_, {{"queued.max.messages.kbytes", "16384"}}, {{"group.id", options_.prefix + ".readers"}});
  if (!consumer) return consumer.failure();
  const auto partitions = (*consumer)->client().partitions_of(topic_);
  if (!partitions) return partitions.failure();
  if (partition_ >= *partitions) return error("OT441", {topic_ + "/" + std::to_string(partition_)});
  consumer_ = std::move(*consumer);
  if (woken_) consumer_->wake();
  return ok_status();
}

void Results::wake() {
  const std::lock_guard lock(opening_);
  woken_ = consumer_ == nullptr;
  if (consumer_ != nullptr) consumer_->wake();
}

Result<ResultRange> Results::range() {
  if (auto opened = open(); !opened) return opened.failure();
  const auto marks = consumer_->marks(topic_, partition_);
  if (!marks) return marks.failure();
  return ResultRange{marks->low, marks->high};
}

// What was read goes on without a break, as long as the caller asks for what comes after it.
Status Results::go_to(std::int64_t offset) {
  if (offset == next_) return ok_status();
  const auto marks = consumer_->marks(topic_, partition_);
  if (!marks) return marks.failure();
  if (offset < marks->low) return error("OT423", {topic_, offset, marks->low});
  if (auto assigned = consumer_->assign(topic_, partition_, offset); !assigned) return assigned;
  next_ = offset;
  return ok_status();
}

ResultRecord Results::record_of(const rd_kafka_message_t& message) const {
  ResultRecord record;
  record.offset = message.offset;
  if (message.key != nullptr) record.key.assign(static_cast<const char*>(message.key), message.key_len);
  record.payload = payload_of(message);
  record.traceparent = header_of(message, "traceparent").value_or(std::string_view());
  return record;
}

Result<std::vector<ResultRecord>> Results::poll_results(std::int64_t from_offset, std::size_t most_records, std::size_t most_bytes,
                                                        milliseconds wait) {
  if (auto opened = open(); !opened) return opened.failure();
  if (auto there = go_to(from_offset); !there) return there.failure();
  std::vector<ResultRecord> results;
  std::size_t bytes = 0;
  auto message = consumer_->first(wait);
  while (message && *message != nullptr) {
    bytes += (*message)->len;
    if (!results.empty() && bytes > most_bytes) {
      consumer_->put_back(std::move(*message));
      break;
    }
    results.push_back(record_of(**message));
    if (results.size() >= most_records) break;
    message = consumer_->next(milliseconds(0));
  }
  if (!results.empty()) next_ = results.back().offset + 1;
  if (!message && results.empty()) {
    next_ = -1;
    return message.failure();
  }
  return results;
}

}  // namespace otmetka::queue::kafka
