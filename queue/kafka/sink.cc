#include "queue/kafka/sink.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "queue/kafka/headers.h"
#include "queue/kafka/names.h"
#include "queue/kafka/shorten.h"

namespace otmetka::queue::kafka {
namespace {

using std::chrono::milliseconds;

constexpr int kPauseMs = 20;         // between two tries
constexpr int kHeartbeatMs = 3'000;  // unless the user says otherwise
constexpr int kAnswerMs = 500;       // to a heartbeat

bool is_fatal(rd_kafka_t* handle) { return rd_kafka_fatal_error(handle, nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR; }

std::string_view metadata_of(const rd_kafka_topic_partition_t& partition) {
  return {static_cast<const char*>(partition.metadata), partition.metadata_size};
}

// The topics were there when the queue was opened. A broker that has just started may not know of them yet.
Status passing(Status status) {
  if (status || status.failure().code() != "OT441") return status;
  const auto& args = status.failure().message.args;
  return retryable_error("OT442", {args.front(), std::string(rd_kafka_err2str(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART))});
}

}  // namespace

Kept keep_owned(const Commit& commit, const Epochs& owned) {
  const auto owns = [&owned](std::int32_t partition, std::uint32_t epoch) {
    const auto found = owned.find(partition);
    return found != owned.end() && found->second == epoch;
  };
  Kept kept;
  for (const ResultRecord& result : commit.results) {
    if (owns(result.source.partition, result.source.epoch)) kept.results.push_back(&result);
  }
  for (const DeadLetter& letter : commit.dead_letters) {
    const Position& at = letter.record.position;
    if (owns(at.partition, at.epoch)) kept.dead_letters.push_back(&letter);
  }
  for (const Forwarded& forwarded : commit.forwarded) {
    const Position& at = forwarded.record.position;
    if (owns(at.partition, at.epoch)) kept.forwarded.push_back(&forwarded);
  }
  for (const PartitionProgress& progress : commit.progress) {
    if (owns(progress.partition, progress.epoch)) kept.progress.push_back(&progress);
  }
  kept.stale = commit.results.size() + commit.dead_letters.size() + commit.forwarded.size() - kept.results.size() -
               kept.dead_letters.size() - kept.forwarded.size();
  return kept;
}

CommitMark mark_of(const Commit& commit) {
  CommitMark mark{.next = {},
                  .results = commit.results.size(),
                  .dead_letters = commit.dead_letters.size(),
                  .forwarded = commit.forwarded.size()};
  for (const PartitionProgress& progress : commit.progress) mark.next.emplace_back(progress.partition, progress.next);
  return mark;
}

Sink::Sink(const KafkaOptions& options, Ownership& ownership, const Consumer& consumer, std::unique_ptr<Producer> producer)
    : options_(options),
      ownership_(ownership),
      consumer_(consumer),
      producer_(std::move(producer)),
      results_topic_(results_topic(options)),
      letters_topic_(dead_letters_topic(options)),
      metadata_bytes_(options.metadata_bytes) {}

Status Sink::commit(const Commit& commit) {
  const Until until(options_);
  while (true) {
    {
      const auto held = ownership_.hold();
      GroupMetadata group(rd_kafka_consumer_group_metadata(consumer_.handle()));
      Kept kept = keep_owned(commit, ownership_.owned());
      kept.group = std::move(group);
      Status done = attempt(commit, kept, until);
      if (done) stale_ += kept.stale;
      if (done || !done.failure().retryable || until.is_over()) return done;
    }
    rd_kafka_poll(producer_->handle(), kPauseMs);
  }
}

// While a worker joins the group anew, the broker takes it for an earlier one of the same place. One that is fenced in truth is told
// so by the group, for good.
Error Sink::among_the_living(Error failed) const {
  if (failed.code() != "OT444") return failed;
  return retryable_error("OT442", {options_.group, std::string(rd_kafka_err2str(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID))});
}

int Sink::polls_of_a_heartbeat() const {
  const auto own = options_.client.find("heartbeat.interval.ms");
  int interval = kHeartbeatMs;
  if (own != options_.client.end()) std::from_chars(own->second.data(), own->second.data() + own->second.size(), interval);
  return (interval + kAnswerMs) / kPauseMs;
}

Status Sink::attempt(const Commit& commit, const Kept& kept, const Until& until) {
  if (unusable_) {
    if (is_fatal(consumer_.handle())) return consumer_.client().error_of(RD_KAFKA_RESP_ERR__FATAL, options_.group);
    if (--polls_left_ > 0) return fenced_producer();
    if (auto replaced = replace_producer(); !replaced) return among_the_living(replaced.failure());
  }
  Status done = passing(write(commit, kept, until));
  if (done) return done;
  if (is_fatal(consumer_.handle())) return consumer_.client().error_of(RD_KAFKA_RESP_ERR__FATAL, options_.group);
  if (!is_fatal(producer_->handle())) return among_the_living(done.failure());
  if (kept.progress.empty() && !kept.empty()) return done;  // nothing in it that the group would refuse to one who has lost his place
  unusable_ = true;
  polls_left_ = polls_of_a_heartbeat();
  return fenced_producer();
}

Error Sink::fenced_producer() const {
  return retryable_error("OT442", {options_.group, std::string(rd_kafka_err2str(rd_kafka_fatal_error(producer_->handle(), nullptr, 0)))});
}

Status Sink::replace_producer() {
  rd_kafka_purge(producer_->handle(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  auto made = new_producer();
  if (!made) return made.failure();
  producer_ = std::move(*made);
  unusable_ = false;
  ++fenced_;
  replaced();
  return ok_status();
}

Status Sink::produce(const Kept& kept, Deliveries* deliveries, const Until& until) {
  for (const ResultRecord* result : kept.results) {
    std::string shorter;
    std::string_view payload = result->payload;
    if (payload.size() > options_.message_bytes) payload = shorter = shorten_result(payload, options_.message_bytes);
    std::string json;
    if (options_.results == Encoding::kJson) json = result_as_json(payload, options_.message_bytes);
    const Headers headers = result_headers(*result, json.empty() ? Encoding::kProtobuf : Encoding::kJson);
    const std::string_view value = json.empty() ? payload : std::string_view(json);
    if (auto sent = producer_->send({results_topic_, result->key, value, headers}, deliveries, until); !sent) return sent;
  }
  for (const DeadLetter* letter : kept.dead_letters) {
    const std::string origin = lane_topic(options_, lane_of(letter->record.position.partition));
    const std::string key = letter_key(letter->record.position, origin);
    const Sent sent{letters_topic_, key, letter->record.payload, letter_headers(*letter, origin)};
    if (auto done = producer_->send(sent, deliveries, until); !done) return done;
  }
  for (const Forwarded* forwarded : kept.forwarded) {
    const std::string origin = lane_topic(options_, lane_of(forwarded->record.position.partition));
    const std::string to = lane_topic(options_, forwarded->to);
    const Sent sent{to, forwarded->key, forwarded->record.payload, forwarded_headers(*forwarded, origin)};
    if (auto done = producer_->send(sent, deliveries, until); !done) return done;
  }
  return ok_status();
}

PartitionList Sink::offsets_of(const Kept& kept) const {
  PartitionList offsets(rd_kafka_topic_partition_list_new(static_cast<int>(kept.progress.size())));
  for (const PartitionProgress* progress : kept.progress) {
    const std::string topic = lane_topic(options_, lane_of(progress->partition));
    rd_kafka_topic_partition_t* one =
        rd_kafka_topic_partition_list_add(offsets.get(), topic.c_str(), topic_partition(progress->partition));
    one->offset = progress->next;
    if (progress->metadata.empty() || progress->metadata.size() > metadata_bytes_) continue;
    one->metadata_size = progress->metadata.size();
    one->metadata = std::malloc(one->metadata_size);  // freed with the list
    std::memcpy(one->metadata, progress->metadata.data(), one->metadata_size);
  }
  return offsets;
}

Result<std::unique_ptr<Producer>> TransactionalSink::open_producer(const KafkaOptions& options, const std::string& transactional_id) {
  // Ten seconds at most: a worker that is gone for good holds up every read_committed reader for so long.
  auto producer = Producer::open(options, {{"transactional.id", transactional_id}, {"transaction.timeout.ms", "10000"}});
  if (!producer) return producer;
  const Until until(options);
  while (true) {
    const ClientError failed(rd_kafka_init_transactions((*producer)->handle(), until.slice()));
    if (failed == nullptr) return producer;
    if (rd_kafka_error_is_retriable(failed.get()) == 0 || until.is_over()) {
      return (*producer)->client().error_of(*failed, transactional_id);
    }
    rd_kafka_poll((*producer)->handle(), kPauseMs);
  }
}

Result<std::unique_ptr<Producer>> TransactionalSink::new_producer() const {
  return open_producer(options(), options().group + "-" + options().instance);
}

// Making the new one has ended whatever the old one had open, in one way or the other.
void TransactionalSink::replaced() {
  in_doubt_ = stage_ == Stage::kCommitting;
  stage_ = Stage::kNone;
}

// The offsets were part of the transaction, nobody else commits for these partitions, and no two commits say the same of one, but
// where metadata had to be left out: of such a partition nothing can be told, and all is written again.
Result<bool> TransactionalSink::was_committed(const Kept& kept) const {
  const PartitionList sent = offsets_of(kept);
  for (int i = 0; i < sent->cnt; ++i) {
    const rd_kafka_topic_partition_t& one = sent->elems[i];
    if (one.metadata_size != kept.progress[static_cast<std::size_t>(i)]->metadata.size()) continue;
    const PartitionList asked(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(asked.get(), one.topic, one.partition);
    const auto code = rd_kafka_committed(consumer().handle(), asked.get(), 1'000);
    const rd_kafka_topic_partition_t& found = asked->elems[0];
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR || found.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return consumer().client().error_of(code != RD_KAFKA_RESP_ERR_NO_ERROR ? code : found.err, one.topic);
    }
    return found.offset == one.offset && metadata_of(found) == metadata_of(one);
  }
  return false;
}

// A transaction whose commit ran out of time is ended, not written again: it may have been committed.
Status TransactionalSink::write(const Commit& commit, const Kept& kept, const Until& until) {
  if (in_doubt_) {
    const auto committed = was_committed(kept);
    if (!committed) return committed.failure();
    in_doubt_ = false;
    if (*committed && mark_of(commit) == mark_) return ok_status();
  }
  const bool was_committing = stage_ == Stage::kCommitting;
  if (auto finished = finish_earlier(until); !finished) return finished;
  CommitMark mark = mark_of(commit);
  if (was_committing && !aborted_ && mark == mark_) return ok_status();
  if (kept.empty()) return ok_status();
  mark_ = std::move(mark);
  if (auto begun = begin(); !begun) return begun;
  if (auto produced = produce(kept, nullptr, until); !produced) {
    // Most likely the transaction has failed meanwhile, and the next try begins another one.
    Error why = produced.failure();
    return why.code() == "OT449" ? retryable_error("OT442", why.message.args) : why;
  }
  if (auto sent = send_offsets(kept, until); !sent) return sent;
  return end(until);
}

Status TransactionalSink::finish_earlier(const Until& until) {
  aborted_ = false;
  if (stage_ == Stage::kCommitting) {
    const Status ended = end(until);
    if (stage_ != Stage::kAborting) return ended;
  }
  if (stage_ == Stage::kNone) return ok_status();
  aborted_ = true;
  return abort(until);
}

Status TransactionalSink::failed(const rd_kafka_error_t& error, const std::string& what) {
  Error out = producer().client().error_of(error, what);
  if (rd_kafka_error_code(&error) == RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE) halve_metadata();
  if (rd_kafka_error_txn_requires_abort(&error) == 0) return out;
  stage_ = Stage::kAborting;
  if (out.code() == "OT449") out = retryable_error("OT442", out.message.args);
  return out;
}

Status TransactionalSink::begin() {
  const ClientError error(rd_kafka_begin_transaction(producer().handle()));
  if (error != nullptr) return failed(*error, options().group);
  stage_ = Stage::kOpen;
  return ok_status();
}

Status TransactionalSink::send_offsets(const Kept& kept, const Until& until) {
  if (kept.progress.empty()) return ok_status();
  const PartitionList offsets = offsets_of(kept);
  while (true) {
    const ClientError error(
        rd_kafka_send_offsets_to_transaction(producer().handle(), offsets.get(), kept.group.get(), until.slice()));
    if (error == nullptr) return ok_status();
    if (rd_kafka_error_is_retriable(error.get()) == 0 || until.is_over()) return failed(*error, options().group);
    rd_kafka_poll(producer().handle(), kPauseMs);
  }
}

Status TransactionalSink::end(const Until& until) {
  stage_ = Stage::kCommitting;
  while (true) {
    const ClientError error(rd_kafka_commit_transaction(producer().handle(), until.slice()));
    if (error == nullptr) {
      stage_ = Stage::kNone;
      return ok_status();
    }
    if (rd_kafka_error_txn_requires_abort(error.get()) != 0 || rd_kafka_error_is_retriable(error.get()) == 0 || until.is_over()) {
      return failed(*error, options().group);
    }
  }
}

Status TransactionalSink::abort(const Until& until) {
  while (true) {
    const ClientError error(rd_kafka_abort_transaction(producer().handle(), until.slice()));
    if (error == nullptr) {
      stage_ = Stage::kNone;
      return ok_status();
    }
    if (rd_kafka_error_is_retriable(error.get()) == 0 || until.is_over()) {
      return producer().client().error_of(*error, options().group);
    }
  }
}

Status AcknowledgedSink::write(const Commit& commit, const Kept& kept, const Until& until) {
  if (CommitMark mark = mark_of(commit); delivered_ != mark) {
    Deliveries deliveries;
    const Status produced = produce(kept, &deliveries, until);
    const Status delivered = producer().wait(deliveries, until);
    if (!produced) return produced;
    if (!delivered) return delivered;
    delivered_ = std::move(mark);
  }
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
  if (!kept.progress.empty()) code = rd_kafka_commit(consumer().handle(), offsets_of(kept).get(), 0);
  if (code == RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE) {
    halve_metadata();
    return retryable_error("OT442", {options().group, std::string(rd_kafka_err2str(code))});
  }
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return consumer().client().error_of(code, options().group);
  delivered_.reset();
  return ok_status();
}

}  // namespace otmetka::queue::kafka
