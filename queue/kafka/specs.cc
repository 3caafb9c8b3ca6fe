#include "queue/kafka/specs.h"

#include <algorithm>
#include <string_view>

#include "queue/kafka/consumer.h"
#include "queue/kafka/headers.h"
#include "queue/kafka/names.h"
#include "queue/kafka/producer.h"

namespace otmetka::queue {
namespace {

using namespace kafka;
using std::chrono::milliseconds;

constexpr std::int32_t kPartition = 0;
constexpr const char* kCurrent = "otmetka-current";
constexpr std::size_t kHashLength = 64;

PublishedSpec spec_of(const rd_kafka_message_t& message) {
  const std::string_view key(static_cast<const char*>(message.key), message.key == nullptr ? 0 : message.key_len);
  const std::size_t slash = key.rfind('/');
  if (slash == std::string_view::npos || slash == 0 || key.size() - slash - 1 != kHashLength) return {std::string(key), {}, {}, false};
  return {std::string(key.substr(0, slash)), std::string(key.substr(slash + 1)), std::string(payload_of(message)),
          header_of(message, kCurrent) != "0"};
}

}  // namespace

struct SpecTopic::Parts {
  KafkaOptions options;
  std::string topic;
  std::unique_ptr<Consumer> consumer;
  std::unique_ptr<Producer> producer;

  Status open_consumer();
};

SpecTopic::SpecTopic(const KafkaOptions& options) : parts_(new Parts{options, specs_topic(options), nullptr, nullptr}) {}
SpecTopic::~SpecTopic() = default;

Status SpecTopic::publish(const PublishedSpec& spec) {
  Parts& self = *parts_;
  if (spec.bytes.size() > self.options.message_bytes) {
    return error("OT465", {spec.id, static_cast<std::int64_t>(spec.bytes.size()), static_cast<std::int64_t>(self.options.message_bytes)});
  }
  const Until until(self.options);
  if (self.producer == nullptr) {
    auto opened = Producer::open(self.options);
    if (!opened) return opened.failure();
    if (const auto there = (*opened)->client().partitions_of(self.topic); !there) return there.failure();
    self.producer = std::move(*opened);
  }
  const std::string key = spec.id + "/" + spec.sha256;
  Headers headers{{"ce_specversion", "1.0"},       {"ce_id", key},
                  {"ce_type", "otmetka.spec.v1"},  {"ce_source", "/otmetka"},
                  {"ce_time", to_rfc3339(now())},  {"content-type", "application/protobuf"},
                  {kCurrent, spec.current ? "1" : "0"}};
  Deliveries deliveries;
  const Status sent = self.producer->send({self.topic, key, spec.bytes, std::move(headers)}, &deliveries, until);
  const Status done = self.producer->wait(deliveries, until);
  const Status all = sent ? done : sent;
  if (all || all.failure().code() != "OT448") return all;
  return error("OT465", {spec.id, static_cast<std::int64_t>(spec.bytes.size()), static_cast<std::int64_t>(self.options.message_bytes)});
}

Status SpecTopic::Parts::open_consumer() {
  auto opened = Consumer::open(options, {{"queued.max.messages.kbytes", "16384"}}, {{"group.id", options.prefix + ".readers"}});
  if (!opened) return opened.failure();
  const auto partitions = (*opened)->client().partitions_of(topic);
  if (!partitions) return partitions.failure();
  if (*partitions != 1) return error("OT451", {topic, std::string("partitions"), std::to_string(*partitions), std::string("1")});
  const auto marks = (*opened)->marks(topic, kPartition);
  if (!marks) return marks.failure();
  if (auto assigned = (*opened)->assign(topic, kPartition, marks->low); !assigned) return assigned;
  consumer = std::move(*opened);
  return ok_status();
}

Result<std::vector<PublishedSpec>> SpecTopic::read(bool to_the_end) {
  Parts& self = *parts_;
  const Until until(self.options);
  if (self.consumer == nullptr) {
    if (auto opened = self.open_consumer(); !opened) return opened.failure();
    to_the_end = true;
  }
  std::vector<PublishedSpec> out;
  while (true) {
    const auto message = self.consumer->next(milliseconds(to_the_end ? 50 : 0));
    if (!message) return message.failure();
    if (*message != nullptr) {
      // A tombstone: somebody has taken a version away. Who has it already goes on.
      if ((*message)->payload != nullptr) out.push_back(spec_of(**message));
      continue;
    }
    if (!to_the_end) return out;
    const auto all = self.consumer->at_end();
    if (!all) return all.failure();
    if (*all) return out;
    if (until.is_over()) return retryable_error("OT442", {self.topic, std::string("timed out")});
  }
}

}  // namespace otmetka::queue
