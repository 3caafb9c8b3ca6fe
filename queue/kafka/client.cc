#include "queue/kafka/client.h"

#include <algorithm>
#include <array>
#include <limits>
#include <thread>

namespace otmetka::queue::kafka {
namespace {

using std::chrono::milliseconds;

// Named by this queue's own options, or what its promises rest on.
constexpr std::array kOurs{"bootstrap.servers", "metadata.broker.list", "group.id", "group.instance.id", "transactional.id",
                           "enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "isolation.level",
                           "enable.idempotence", "acks", "request.required.acks", "enable.partition.eof", "auto.offset.reset",
                           "partition.assignment.strategy"};

bool is_fenced(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
         code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID;
}

bool is_refusal(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED: return true;
    default: return false;
  }
}

bool passes(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR__RETRY:
    case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:  // the partitions are lost, and the next poll joins again
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS:
    case RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT:
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS: return true;
    default: return false;
  }
}

// How long a broker may not have heard of a topic that another has made a moment ago.
constexpr milliseconds kNews{1'000};
constexpr milliseconds kPause{20};  // between two questions

constexpr std::chrono::seconds kSilence{3};  // after which somebody who waits is told
constexpr std::chrono::seconds kLeaving{2};
constexpr int kSliceMs = 1'000;

struct Metadata {
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
  int partitions = 0;
};

rd_kafka_resp_err_t metadata_of(rd_kafka_t* handle, const std::string& topic, int timeout, Metadata& out) {
  rd_kafka_topic_t* const asked = rd_kafka_topic_new(handle, topic.c_str(), nullptr);
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code = rd_kafka_metadata(handle, 0, asked, &metadata, timeout);
  rd_kafka_topic_destroy(asked);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return code;
  if (metadata->topic_cnt == 1) out = {metadata->topics[0].err, metadata->topics[0].partition_cnt};
  rd_kafka_metadata_destroy(metadata);
  return code;
}

}  // namespace

int timeout_of(milliseconds time) {
  return static_cast<int>(std::clamp<milliseconds::rep>(time.count(), 0, std::numeric_limits<int>::max()));
}

int time_left(std::chrono::steady_clock::time_point until) {
  return timeout_of(std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now()));
}

Until::Until(const KafkaOptions& options)
    : begun_(std::chrono::steady_clock::now()), until_(begun_ + options.patience), leaving_(options.leaving) {}

int Until::left() const {
  if (leaving_ != nullptr && *leaving_ && !leave_by_) leave_by_ = std::chrono::steady_clock::now() + kLeaving;
  return time_left(leave_by_ ? std::min(*leave_by_, until_) : until_);
}

int Until::slice() const { return std::clamp(left(), 1, kSliceMs); }

std::chrono::seconds Until::waited() const {
  return std::chrono::round<std::chrono::seconds>(std::chrono::steady_clock::now() - begun_);
}

Client::Client(const KafkaOptions& options, OnRebalance on_rebalance) : options_(options), on_rebalance_(std::move(on_rebalance)) {}

Result<std::unique_ptr<Client>> Client::open(rd_kafka_type_t type, const KafkaOptions& options, const Settings& defaults,
                                             const Settings& fixed, OnRebalance on_rebalance, OnDelivery on_delivery) {
  std::unique_ptr<Client> client(new Client(options, std::move(on_rebalance)));
  std::unique_ptr<rd_kafka_conf_t, Destroy> configuration(rd_kafka_conf_new());
  rd_kafka_conf_set_opaque(configuration.get(), client.get());
  rd_kafka_conf_set_log_cb(configuration.get(), &Client::log);
  rd_kafka_conf_set_error_cb(configuration.get(), &Client::fail);
  if (client->on_rebalance_) rd_kafka_conf_set_rebalance_cb(configuration.get(), &Client::rebalance);
  if (on_delivery != nullptr) rd_kafka_conf_set_dr_msg_cb(configuration.get(), on_delivery);
  if (auto configured = client->configure(configuration.get(), defaults, fixed); !configured) return configured.failure();
  std::array<char, 512> why{};
  client->handle_ = rd_kafka_new(type, configuration.get(), why.data(), why.size());
  if (client->handle_ == nullptr) return error("OT446", {std::string("kafka.*"), std::string(why.data())});
  static_cast<void>(configuration.release());  // the handle's now
  if (type == RD_KAFKA_CONSUMER) rd_kafka_poll_set_consumer(client->handle_);
  return client;
}

// librdkafka checks some of its options against each other only when the client is made; those are OT446 too.
Status Client::configure(rd_kafka_conf_t* configuration, const Settings& defaults, const Settings& fixed) const {
  std::array<char, 512> why{};
  const auto set = [&](const std::string& name, const std::string& value) {
    return rd_kafka_conf_set(configuration, name.c_str(), value.c_str(), why.data(), why.size()) == RD_KAFKA_CONF_OK;
  };
  const auto refused = [&](const std::string& name) { return error("OT446", {"kafka." + name, std::string(why.data())}); };
  for (const auto& [name, value] : defaults) {
    if (!set(name, value)) return refused(name);
  }
  for (const auto& [name, value] : options_.client) {
    if (std::ranges::find(kOurs, name) != kOurs.end()) return error("OT445", {"kafka." + name});
    if (!set(name, value)) return refused(name);
  }
  for (const auto& [name, value] : fixed) {
    if (!set(name, value)) return refused(name);
  }
  return set("bootstrap.servers", options_.brokers) ? ok_status() : Status(refused("bootstrap.servers"));
}

Client::~Client() {
  if (handle_ != nullptr) rd_kafka_destroy(handle_);
}

// "FAIL [thrd:HOST/bootstrap]: …" is how it says that a connection did not come about; a consumer is told of it in no other way.
void Client::log(const rd_kafka_t* handle, int /*level*/, const char* facility, const char* text) {
  auto* const self = static_cast<Client*>(rd_kafka_opaque(handle));
  if (self == nullptr) return;
  const std::string_view words = text;
  const std::size_t thread = words.find("]: ");
  if (std::string_view(facility) == "FAIL") self->note_trouble(std::string(thread == words.npos ? words : words.substr(thread + 3)));
  if (self->options_.on_log) self->options_.on_log(std::string(facility) + " " + text);
}

// That all are down says less than why one of them is.
void Client::fail(rd_kafka_t* /*handle*/, int code, const char* reason, void* self) {
  auto& client = *static_cast<Client*>(self);
  if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || client.last_trouble().empty()) client.note_trouble(reason);
}

void Client::note_trouble(std::string reason) {
  const std::lock_guard lock(mutex_);
  last_trouble_ = std::move(reason);
}

void Client::rebalance(rd_kafka_t* /*handle*/, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions, void* self) {
  static_cast<Client*>(self)->on_rebalance_(code, partitions);
}

std::string Client::last_trouble() const {
  const std::lock_guard lock(mutex_);
  return last_trouble_;
}

Error Client::error_of(rd_kafka_resp_err_t code, const std::string& what) const {
  std::array<char, 512> text{};
  std::string reason = rd_kafka_err2str(code);
  const rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(handle_, text.data(), text.size());
  if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
    if (is_fenced(fatal)) return error("OT444", {options_.instance});
    return error("OT447", {std::string(text.data())});
  }
  if (is_fenced(code)) return error("OT444", {options_.instance});
  if (is_refusal(code)) return error("OT443", {what, reason});
  if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
      code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION) {
    return error("OT441", {what});
  }
  if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) return error("OT448", {what});
  if (!passes(code)) return error("OT449", {what, reason});
  if (const std::string trouble = last_trouble(); !trouble.empty()) reason += "; " + trouble;
  return retryable_error("OT442", {what, reason});
}

Error Client::error_of(const rd_kafka_error_t& failed, const std::string& what) const {
  Error out = error_of(rd_kafka_error_code(&failed), what);
  if (out.code() == "OT449" && rd_kafka_error_is_retriable(&failed) != 0) out = retryable_error("OT442", out.message.args);
  return out;
}

Error Client::no_answer(const Until& until) const {
  if (rd_kafka_type(handle_) == RD_KAFKA_PRODUCER) rd_kafka_poll(handle_, 0);  // for the reason
  return retryable_error("OT440", {options_.brokers, until.waited().count(), last_trouble()});
}

void Client::tell_silence(const Until& until, bool& told) const {
  if (told || until.waited() < kSilence) return;
  told = true;
  if (options_.on_silence) options_.on_silence(last_trouble());
}

Status Client::answers() const {
  const Until until(options_);
  bool told = false;
  while (true) {
    const rd_kafka_metadata_t* metadata = nullptr;
    const auto code = rd_kafka_metadata(handle_, 0, nullptr, &metadata, until.slice());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_metadata_destroy(metadata);
      return ok_status();
    }
    if (!passes(code)) return error_of(code, options_.brokers);
    if (until.is_over()) return no_answer(until);
    tell_silence(until, told);
  }
}

Result<int> Client::partitions_of(const std::string& topic) const {
  const Until until(options_);
  const auto known_by = std::chrono::steady_clock::now() + kNews;
  bool told = false;
  while (true) {
    Metadata found;
    const auto code = metadata_of(handle_, topic, until.slice(), found);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR && found.code == RD_KAFKA_RESP_ERR_NO_ERROR) return found.partitions;
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR && !passes(code)) return error_of(code, topic);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR && until.is_over()) return no_answer(until);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR && (until.is_over() || (!passes(found.code) && time_left(known_by) == 0))) {
      return error_of(found.code, topic);
    }
    tell_silence(until, told);
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace otmetka::queue::kafka
