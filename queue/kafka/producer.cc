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

struct DestroyHeaders {
  void operator()(rd_kafka_headers_t* headers) const { rd_kafka_headers_destroy(headers); }
};
using OwnHeaders = std::unique_ptr<rd_kafka_headers_t, DestroyHeaders>;

OwnHeaders headers_of(const Sent& sent) {
  OwnHeaders out(rd_kafka_headers_new(sent.headers.size()));
  for (const auto& [name, value] : sent.headers) {
    rd_kafka_header_add(out.get(), name, -1, value.data(), static_cast<ssize_t>(value.size()));
  }
  return out;
}

// A null pointer says that there is none: a tombstone, or no key.
const char* bytes_of(std::string_view text) { return text.empty() ? "" : text.data(); }

}  // namespace

Result<std::unique_ptr<Producer>> Producer::open(const KafkaOptions& options, Settings fixed) {
  fixed.insert(fixed.end(), {{"enable.idempotence", "true"}, {"acks", "all"}});
  // A transaction that follows its predecessor at once finds it unfinished at the coordinator, and each such answer costs the back-off.
  const Settings defaults{{"linger.ms", "5"},
                          {"retry.backoff.ms", "10"},
                          {"compression.codec", "lz4"},
                          {"partitioner", "murmur2_random"},
                          {"queue.buffering.max.messages", "1000000"},
                          {"message.max.bytes", std::to_string(options.message_bytes + 4'096)}};
  auto client = Client::open(RD_KAFKA_PRODUCER, options, defaults, fixed, {}, &delivered);
  if (!client) return client.failure();
  return std::unique_ptr<Producer>(new Producer(std::move(*client)));
}

Status Producer::send(const Sent& sent, Deliveries* deliveries, const Until& until) {
  OwnHeaders headers = headers_of(sent);
  const char* const key = sent.key.empty() ? nullptr : sent.key.data();
  const char* const value = sent.value ? bytes_of(*sent.value) : nullptr;
  const std::size_t size = sent.value ? sent.value->size() : 0;
  if (deliveries != nullptr) {
    const std::lock_guard lock(deliveries->mutex);
    ++deliveries->under_way;
  }
  while (true) {
    // What librdkafka's macros come to: they cast, and its arrays of arguments take only what is not const.
    const auto code = rd_kafka_producev(handle(), RD_KAFKA_VTYPE_TOPIC, sent.topic.c_str(), RD_KAFKA_VTYPE_MSGFLAGS, RD_KAFKA_MSG_F_COPY,
                                        RD_KAFKA_VTYPE_OPAQUE, deliveries, RD_KAFKA_VTYPE_KEY, key, sent.key.size(),
                                        RD_KAFKA_VTYPE_VALUE, value, size, RD_KAFKA_VTYPE_HEADERS, headers.get(), RD_KAFKA_VTYPE_END);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      static_cast<void>(headers.release());  // the message's now
      return ok_status();
    }
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL && !until.is_over()) {
      rd_kafka_poll(handle(), 10);
      continue;
    }
    if (deliveries != nullptr) {
      const std::lock_guard lock(deliveries->mutex);
      --deliveries->under_way;
    }
    return client_->error_of(code, sent.topic);
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
