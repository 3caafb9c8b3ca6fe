#include "queue/kafka/publisher.h"

#include <array>
#include <cstdio>
#include <random>

#include "queue/kafka/headers.h"
#include "queue/kafka/names.h"

namespace otmetka::queue::kafka {
namespace {


std::string random_name() {
  std::random_device random;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%08x%08x", random(), random());
  return text.data();
}

}  // namespace

Publisher::Publisher(const KafkaOptions& options)
    : options_(options), topic_(lane_topic(options, Lane::kSubmissions)), name_(random_name()) {}

Result<Producer*> Publisher::producer() {
  const std::lock_guard lock(opening_);
  if (producer_ == nullptr) {
    auto opened = Producer::open(options_, {});
    if (!opened) return opened.failure();
    if (const auto there = (*opened)->client().partitions_of(topic_); !there) return there.failure();
    producer_ = std::move(*opened);
  }
  return producer_.get();
}

Status Publisher::publish(std::span<const Outgoing> submissions) {
  if (submissions.empty()) return ok_status();
  const auto producer = this->producer();
  if (!producer) return producer.failure();
  const Until until(options_);
  Deliveries deliveries;
  Status sent = ok_status();
  for (const Outgoing& one : submissions) {
    const std::string id = name_ + "-" + std::to_string(published_.fetch_add(1));
    sent = (*producer)->send({topic_, one.key, one.payload, submission_headers(one, id, now())}, &deliveries, until);
    if (!sent) break;
  }
  const Status done = (*producer)->wait(deliveries, until);
  return sent ? done : sent;
}

}  // namespace otmetka::queue::kafka
