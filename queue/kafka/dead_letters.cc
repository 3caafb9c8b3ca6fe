#include "queue/kafka/dead_letters.h"

#include <algorithm>

#include "queue/dead_letter.h"
#include "queue/kafka/headers.h"
#include "queue/kafka/names.h"
#include "queue/kafka/sink.h"

namespace otmetka::queue::kafka {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::int32_t kPartition = 0;

std::string key_of(const rd_kafka_message_t& message) {
  return message.key == nullptr ? std::string() : std::string(static_cast<const char*>(message.key), message.key_len);
}

}  // namespace

DeadLetters::DeadLetters(const KafkaOptions& options) : options_(options), topic_(dead_letters_topic(options)) {}

Status DeadLetters::open() {
  if (consumer_ != nullptr) return ok_status();
  auto consumer = Consumer::open(options_, {{"queued.max.messages.kbytes", "16384"}}, {{"group.id", options_.prefix + ".readers"}});
  if (!consumer) return consumer.failure();
  const auto partitions = (*consumer)->client().partitions_of(topic_);
  if (!partitions) return partitions.failure();
  if (*partitions != 1) return error("OT451", {topic_, std::string("partitions"), std::to_string(*partitions), std::string("1")});
  consumer_ = std::move(*consumer);
  return ok_status();
}

void DeadLetters::forget(const std::string& key) {
  const auto known = offsets_.find(key);
  if (known == offsets_.end()) return;
  keys_.erase(known->second);
  offsets_.erase(known);
}

// A letter without a key is somebody else's: nobody could take it away.
void DeadLetters::note(const rd_kafka_message_t& message) {
  const std::string key = key_of(message);
  forget(key);
  if (key.empty() || message.payload == nullptr) return;
  keys_.emplace(message.offset, key);
  offsets_.emplace(key, message.offset);
}

Status DeadLetters::catch_up() {
  if (auto opened = open(); !opened) return opened;
  const auto marks = consumer_->marks(topic_, kPartition);
  if (!marks) return marks.failure();
  next_ = std::max(next_, marks->low);
  if (next_ >= marks->high) return ok_status();
  if (auto assigned = consumer_->assign(topic_, kPartition, next_); !assigned) return assigned;
  while (true) {
    const auto message = consumer_->first(milliseconds(0));
    if (!message) return message.failure();
    if (*message == nullptr) break;
    note(**message);
    next_ = (*message)->offset + 1;
  }
  const auto all = consumer_->at_end();
  if (!all) return all.failure();
  if (!*all) return retryable_error("OT442", {topic_, std::string("timed out")});
  next_ = std::max(next_, marks->high);  // what lies before it and was no letter is a transaction's own
  return ok_status();
}

Result<std::vector<DeadLetter>> DeadLetters::read(std::int64_t from_offset, std::size_t most, bool bare) {
  std::vector<DeadLetter> letters;
  auto wanted = keys_.lower_bound(from_offset);
  if (wanted == keys_.end() || most == 0) return letters;
  if (auto assigned = consumer_->assign(topic_, kPartition, wanted->first); !assigned) return assigned.failure();
  while (wanted != keys_.end() && letters.size() < most) {
    auto message = consumer_->first(milliseconds(0));
    if (!message) return message.failure();
    if (*message == nullptr) return retryable_error("OT442", {topic_, std::string("timed out")});
    while (wanted != keys_.end() && wanted->first < (*message)->offset) ++wanted;  // compacted away since
    if (wanted == keys_.end() || wanted->first != (*message)->offset) continue;
    letters.push_back(letter_of(**message));
    if (bare) letters.back().record.payload = {};
    ++wanted;
  }
  return letters;
}

Result<std::vector<DeadLetter>> DeadLetters::list(std::int64_t after, std::size_t most) {
  if (auto ready = catch_up(); !ready) return ready.failure();
  return read(after, most, true);
}

Result<DeadLetter> DeadLetters::show(std::int64_t id) {
  if (auto ready = catch_up(); !ready) return ready.failure();
  if (!keys_.contains(id - 1)) return error("OT412", {id});
  auto letters = read(id - 1, 1, false);
  if (!letters) return letters.failure();
  if (letters->empty() || letters->front().id != id) return error("OT412", {id});
  return std::move(letters->front());
}

Status DeadLetters::replay(std::int64_t id) {
  const auto letter = show(id);
  if (!letter) return letter.failure();
  const Outgoing again = submission_again(*letter);
  return remove(id, &again);
}

Status DeadLetters::drop(std::int64_t id) {
  if (auto ready = catch_up(); !ready) return ready;
  return keys_.contains(id - 1) ? remove(id, nullptr) : Status(error("OT412", {id}));
}

Status DeadLetters::remove(std::int64_t id, const Outgoing* again) {
  const std::string key = keys_.at(id - 1);
  if (auto written = write(key, again); !written) {
    producer_.reset();  // whatever state it is in: the next one ends what this one has left open
    if (written.failure().code() != "OT444") return written;
    return retryable_error("OT453", {topic_});
  }
  forget(key);
  return ok_status();
}

// One name for all who replay: who is killed half-way holds up the submissions' readers until the next one comes, or for ten
// seconds, and two at a time fence each other instead of publishing a letter twice.
Status DeadLetters::write(const std::string& key, const Outgoing* again) {
  const Until until(options_);
  if (producer_ == nullptr) {
    auto producer = TransactionalSink::open_producer(options_, options_.prefix + ".replay");
    if (!producer) return producer.failure();
    producer_ = std::move(*producer);
  }
  return attempt(key, again, until);
}

Status DeadLetters::attempt(const std::string& key, const Outgoing* again, const Until& until) {
  rd_kafka_t* const handle = producer_->handle();
  const Client& client = producer_->client();
  if (const ClientError failed(rd_kafka_begin_transaction(handle)); failed != nullptr) return client.error_of(*failed, topic_);
  if (again != nullptr) {
    const std::string target = lane_topic(options_, Lane::kSubmissions);
    const Sent submission{target, again->key, again->payload, submission_headers(*again, "replay-" + key, now())};
    if (auto sent = producer_->send(submission, nullptr, until); !sent) return sent;
  }
  if (auto sent = producer_->send({topic_, key, std::nullopt, {}}, nullptr, until); !sent) return sent;
  while (true) {
    const ClientError failed(rd_kafka_commit_transaction(handle, until.slice()));
    if (failed == nullptr) return ok_status();
    if (rd_kafka_error_is_retriable(failed.get()) == 0 || until.is_over()) return client.error_of(*failed, topic_);
  }
}

}  // namespace otmetka::queue::kafka
