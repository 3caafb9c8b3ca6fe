#include "queue/kafka/consumer.h"

#include <algorithm>
#include <thread>

namespace otmetka::queue::kafka {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kSlice{100};    // the longest that a wake can be missed
constexpr milliseconds kShort{1'000};  // a wait in which nothing may have come although it is there
constexpr milliseconds kLook{2'000};   // for an end

std::string topic_of(const rd_kafka_message_t& message) {
  return message.rkt == nullptr ? std::string() : rd_kafka_topic_name(message.rkt);
}

}  // namespace

Result<std::unique_ptr<Consumer>> Consumer::open(const KafkaOptions& options, const Settings& defaults, Settings fixed,
                                                 Client::OnRebalance on_rebalance) {
  fixed.insert(fixed.end(), {{"enable.auto.commit", "false"},
                             {"enable.auto.offset.store", "false"},
                             {"isolation.level", "read_committed"},
                             {"enable.partition.eof", "true"},
                             {"auto.offset.reset", "error"}});  // nothing is passed over in silence
  Settings own{{"allow.auto.create.topics", "false"}, {"fetch.wait.max.ms", "50"}};
  own.insert(own.end(), defaults.begin(), defaults.end());
  auto client = Client::open(RD_KAFKA_CONSUMER, options, own, fixed, std::move(on_rebalance));
  if (!client) return client.failure();
  std::unique_ptr<Consumer> consumer(new Consumer(options));
  consumer->client_ = std::move(*client);
  consumer->queue_.reset(rd_kafka_queue_get_consumer(consumer->handle()));
  return consumer;
}

Consumer::~Consumer() {
  ahead_.clear();
  if (client_ == nullptr) return;
  rd_kafka_consumer_close(handle());
  queue_.reset();
}

Status Consumer::subscribe(const std::vector<std::string>& topics) {
  const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
  for (const std::string& topic : topics) rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  const auto code = rd_kafka_subscribe(handle(), list.get());
  return code == RD_KAFKA_RESP_ERR_NO_ERROR ? ok_status() : Status(client_->error_of(code, topics.front()));
}

Status Consumer::assign(const rd_kafka_topic_partition_list_t* partitions) {
  ahead_.clear();
  ends_.clear();
  paused_.clear();
  begun_.clear();
  for (int i = 0; partitions != nullptr && i < partitions->cnt; ++i) {
    begun_[{partitions->elems[i].topic, partitions->elems[i].partition}] = partitions->elems[i].offset;
  }
  const auto code = rd_kafka_assign(handle(), partitions);
  return code == RD_KAFKA_RESP_ERR_NO_ERROR ? ok_status() : Status(client_->error_of(code, "assign"));
}

Status Consumer::assign(const std::string& topic, std::int32_t partition, std::int64_t offset) {
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
  return assign(list.get());
}

void Consumer::wake() {
  woken_ = true;
  rd_kafka_queue_yield(queue_.get());
}

void Consumer::pause(const std::string& topic, std::int32_t partition) {
  if (!paused_.emplace(topic, partition).second) return;
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  rd_kafka_pause_partitions(handle(), list.get());
}

// librdkafka 2.0.2 reads again from a stale place where what is resumed was not paused.
void Consumer::resume(const std::string& topic, std::int32_t partition) {
  if (paused_.erase({topic, partition}) == 0) return;
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  rd_kafka_resume_partitions(handle(), list.get());
}

// What the group or a broker has to say between the records. Most of it passes by itself.
Status Consumer::failure_of(const rd_kafka_message_t& message) const {
  const std::string topic = topic_of(message);
  if (message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || message.err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE) {
    const auto marks = this->marks(topic, message.partition);
    if (!marks) return marks.failure();
    return error("OT423", {topic, message.offset, marks->low});
  }
  const Error failed = client_->error_of(message.err, topic);
  const bool passes = failed.retryable || failed.code() == "OT441";  // a broker that has just started may not know of it yet
  return passes ? ok_status() : Status(failed);
}

// One call of librdkafka's; the end of a partition is no record.
Result<Polled> Consumer::look(milliseconds wait) {
  if (const auto fatal = rd_kafka_fatal_error(handle(), nullptr, 0); fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client_->error_of(fatal, "consumer");  // librdkafka itself says so once only
  }
  Polled message(rd_kafka_consumer_poll(handle(), timeout_of(wait)));
  if (message == nullptr || message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return message;
  if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    ends_[{topic_of(*message), message->partition}] = message->offset;
    return Polled();
  }
  if (auto passed = failure_of(*message); !passed) return passed.failure();
  return Polled();
}

Polled Consumer::take_ahead() {
  if (ahead_.empty()) return Polled();
  Polled message = std::move(ahead_.front());
  ahead_.pop_front();
  return message;
}

Status Consumer::mind(milliseconds wait) {
  auto message = look(wait);
  if (!message) return message.failure();
  if (*message != nullptr) ahead_.push_back(std::move(*message));
  return ok_status();
}

std::optional<std::int64_t> Consumer::behind() const {
  const PartitionList positions(rd_kafka_topic_partition_list_new(static_cast<int>(begun_.size())));
  for (const auto& [place, offset] : begun_) rd_kafka_topic_partition_list_add(positions.get(), place.first.c_str(), place.second);
  if (rd_kafka_position(handle(), positions.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  auto behind = static_cast<std::int64_t>(ahead_.size());
  for (int i = 0; i < positions->cnt; ++i) {
    const rd_kafka_topic_partition_t& one = positions->elems[i];
    const Place place{one.topic, one.partition};
    Marks marks;
    const auto code = rd_kafka_get_watermark_offsets(handle(), one.topic, one.partition, &marks.low, &marks.high);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR || marks.high < 0) return std::nullopt;
    const auto end = ends_.find(place);
    const std::int64_t at = std::max({one.offset, begun_.at(place), end == ends_.end() ? -1 : end->second});
    behind += std::max<std::int64_t>(0, marks.high - at);
  }
  return behind;
}

Result<Polled> Consumer::next(milliseconds wait) {
  if (!ahead_.empty()) return take_ahead();
  const auto until = Clock::now() + wait;
  while (true) {
    const milliseconds left{time_left(until)};
    auto message = look(std::min(left, kSlice));
    if (!message || *message != nullptr) return message;
    if (woken_.exchange(false) || Clock::now() >= until) return Polled();
  }
}

Result<Polled> Consumer::first(milliseconds wait) {
  if (!ahead_.empty()) return take_ahead();
  const bool woken = woken_;
  auto message = next(wait);
  if (!message || *message != nullptr || wait >= kShort || woken) return message;
  const auto end = at_end();
  if (!end && !end.failure().retryable) return end.failure();
  return take_ahead();
}

// Not by rd_kafka_query_watermark_offsets: that of librdkafka 2.0.2 waits for a broker that is away whatever time it is given.
Result<Marks> Consumer::marks(const std::string& topic, std::int32_t partition) const {
  const PartitionList one(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(one.get(), topic.c_str(), partition);
  const Until until(options_);
  Marks marks;
  if (auto found = find_edges(*one, RD_KAFKA_OFFSET_BEGINNING, until); !found) return found.failure();
  marks.low = one->elems[0].offset;
  if (auto found = find_edges(*one, RD_KAFKA_OFFSET_END, until); !found) return found.failure();
  marks.high = one->elems[0].offset;
  return marks;
}

// A position is where the last record ended; records of transactions' own may follow it, and then only the end tells.
Result<bool> Consumer::ends_reached(const rd_kafka_topic_partition_list_t& high, bool paused_too) const {
  const PartitionList positions(rd_kafka_topic_partition_list_copy(&high));
  if (const auto code = rd_kafka_position(handle(), positions.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client_->error_of(code, "position");
  }
  for (int i = 0; i < high.cnt; ++i) {
    const Place place{high.elems[i].topic, high.elems[i].partition};
    if (!paused_too && paused_.contains(place)) continue;
    const auto end = ends_.find(place);
    const std::int64_t at = std::max(positions->elems[i].offset, end == ends_.end() ? -1 : end->second);
    if (at < high.elems[i].offset) return false;
  }
  return true;
}

// Of all partitions in one request for each broker: a request waits behind the fetches under way, and one by one they took seconds.
Status Consumer::find_edges(rd_kafka_topic_partition_list_t& list, std::int64_t which, const Until& until) const {
  if (list.cnt == 0) return ok_status();
  while (true) {
    for (int i = 0; i < list.cnt; ++i) list.elems[i].offset = which;  // asks for it, where a time would stand
    auto code = rd_kafka_offsets_for_times(handle(), &list, until.slice());
    for (int i = 0; i < list.cnt && code == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) code = list.elems[i].err;
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return ok_status();
    const Error failed = client_->error_of(code, list.elems[0].topic);
    if ((!failed.retryable && failed.code() != "OT441") || until.is_over()) return failed;
    std::this_thread::sleep_for(milliseconds(20));
  }
}

Result<bool> Consumer::at_end() {
  if (!ahead_.empty()) return false;
  rd_kafka_topic_partition_list_t* assigned = nullptr;
  if (const auto code = rd_kafka_assignment(handle(), &assigned); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client_->error_of(code, "assignment");
  }
  const PartitionList high(assigned);
  if (auto known = find_edges(*high, RD_KAFKA_OFFSET_END, Until(options_)); !known) return known.failure();
  const auto until = Clock::now() + kLook;
  while (true) {
    const auto reached = ends_reached(*high, false);
    if (!reached) return reached;
    if (*reached) return ends_reached(*high, true);
    if (Clock::now() >= until) return false;
    auto message = look(milliseconds(10));
    if (!message) return message.failure();
    if (*message != nullptr) {
      put_back(std::move(*message));
      return false;
    }
  }
}

}  // namespace otmetka::queue::kafka
