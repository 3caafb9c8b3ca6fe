#include "queue/kafka/producer.h"

#include <algorithm>

namespace otmetka::queue::kafka {
namespace {

using std::chrono::milliseconds;

void delivered(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* /*opaque*/) {
  auto* deliveries = static_cast<Deliveries*>(message->_private);
  if (deliveries == nullptr) return;
  const std::lock_guard lock(deliveries->mutex);
  --deliveries->under_way;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR || deliveries->failed) return;
  deliveries->failed.emplace(message->err, rd_kafka_topic_name(message->rkt));
}

// librdkafka takes what it copies as not const, and no bytes at all as a tombstone where the pointer is null.
struct Bytes {
  std::string topic;
  std::string key;
  std::string value;
};

std::vector<rd_kafka_vu_t> values_of(const Sent& sent, Bytes& bytes, Deliveries* deliveries) {
  std::vector<rd_kafka_vu_t> values;
  values.reserve(5 + sent.headers.size());
  const auto add = [&values](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
    rd_kafka_vu_t& added = values.emplace_back();
    added.vtype = type;
    return added;
  };
  add(RD_KAFKA_VTYPE_TOPIC).u.cstr = bytes.topic.c_str();
  add(RD_KAFKA_VTYPE_MSGFLAGS).u.i = RD_KAFKA_MSG_F_COPY;
  add(RD_KAFKA_VTYPE_OPAQUE).u.ptr = deliveries;
  if (!sent.key.empty()) {
    rd_kafka_vu_t& key = add(RD_KAFKA_VTYPE_KEY);
    key.u.mem = {bytes.key.data(), bytes.key.size()};
  }
  if (sent.value) {
    rd_kafka_vu_t& body = add(RD_KAFKA_VTYPE_VALUE);
    body.u.mem = {bytes.value.data(), bytes.value.size()};
  }
  for (const auto& [name, value] : sent.headers) {
    rd_kafka_vu_t& header = add(RD_KAFKA_VTYPE_HEADER);
    header.u.header = {name.c_str(), value.data(), static_cast<ssize_t>(value.size())};
  }
  return values;
}

}  // namespace

Result<std::unique_ptr<Producer>> Producer::open(const KafkaOptions& options, Settings fixed) {
  fixed.insert(fixed.end(), {{"enable.idempotence", "true"}, {"acks", "all"}});
  const Settings defaults{{"linger.ms", "5"},
                          {"compression.codec", "lz4"},
                          {"partitioner", "murmur2_random"},
                          {"queue.buffering.max.messages", "1000000"},
                          {"message.max.bytes", std::to_string(options.message_bytes + 4'096)}};
  auto client = Client::open(RD_KAFKA_PRODUCER, options, defaults, fixed, {}, &delivered);
  if (!client) return client.failure();
  return std::unique_ptr<Producer>(new Producer(std::move(*client)));
}

Status Producer::send(const Sent& sent, Deliveries* deliveries, const Until& until) {
  Bytes bytes{std::string(sent.topic), std::string(sent.key), std::string(sent.value.value_or(std::string_view()))};
  const std::vector<rd_kafka_vu_t> values = values_of(sent, bytes, deliveries);
  if (deliveries != nullptr) {
    const std::lock_guard lock(deliveries->mutex);
    ++deliveries->under_way;
  }
  while (true) {
    const ClientError failed(rd_kafka_produceva(handle(), values.data(), values.size()));
    if (failed == nullptr) return ok_status();
    if (rd_kafka_error_code(failed.get()) == RD_KAFKA_RESP_ERR__QUEUE_FULL && !until.is_over()) {
      rd_kafka_poll(handle(), 10);
      continue;
    }
    if (deliveries != nullptr) {
      const std::lock_guard lock(deliveries->mutex);
      --deliveries->under_way;
    }
    return client_->error_of(*failed, bytes.topic);
  }
}

// The deliveries of other threads are counted in here as well, and theirs by them: nobody waits for long in one poll.
Status Producer::wait(Deliveries& deliveries, const Until& until) {
  bool given_up = false;
  while (true) {
    {
      const std::lock_guard lock(deliveries.mutex);
      if (deliveries.under_way == 0) {
        if (!deliveries.failed) return ok_status();
        return client_->error_of(deliveries.failed->first, deliveries.failed->second);
      }
    }
    if (!given_up && until.is_over()) {
      rd_kafka_purge(handle(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
      given_up = true;  // each of them is reported now
    }
    rd_kafka_poll(handle(), 5);
  }
}

}  // namespace otmetka::queue::kafka
