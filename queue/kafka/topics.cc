#include "queue/kafka/topics.h"

#include <algorithm>
#include <array>
#include <memory>

#include "queue/kafka/admin.h"
#include "queue/kafka/names.h"

namespace otmetka::queue {
namespace {

using namespace kafka;
using std::chrono::milliseconds;

using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, DestroyAdmin>;
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, DestroyAdmin>;

struct Wanted {
  std::string name;
  bool compacted = false;
  bool one_partition = false;
  std::size_t message_bytes = 0;  // 0: the brokers' default will do
};

std::vector<Wanted> wanted_topics(const KafkaOptions& options) {
  std::vector<Wanted> out;
  for (const Lane lane : {Lane::kSubmissions, Lane::kPrograms, Lane::kBatch, Lane::kRetry}) {
    out.push_back({lane_topic(options, lane), false, false, 0});
  }
  const std::size_t large = options.message_bytes + 4'096;
  out.push_back({results_topic(options), false, false, large});
  out.push_back({specs_topic(options), true, true, large});
  out.push_back({dead_letters_topic(options), true, true, large});
  return out;
}

Settings settings_of(const Wanted& wanted, const TopicPlan& plan) {
  Settings out{{"cleanup.policy", wanted.compacted ? "compact" : "delete"}};
  if (!wanted.compacted) {
    out.emplace_back("retention.ms", std::to_string(std::chrono::duration_cast<milliseconds>(plan.retention).count()));
  }
  if (wanted.message_bytes > 0) out.emplace_back("max.message.bytes", std::to_string(wanted.message_bytes));
  if (plan.replication >= 3) out.emplace_back("min.insync.replicas", "2");
  return out;
}

Result<NewTopic> new_topic(const Wanted& wanted, const TopicPlan& plan) {
  std::array<char, 512> why{};
  NewTopic topic(
      rd_kafka_NewTopic_new(wanted.name.c_str(), wanted.one_partition ? 1 : plan.partitions, plan.replication, why.data(), why.size()));
  if (topic == nullptr) return error("OT449", {wanted.name, std::string(why.data())});
  for (const auto& [name, value] : settings_of(wanted, plan)) rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str());
  return topic;
}

// OT451 for each setting that is not what it must be; max.message.bytes may be more.
void compare(const Wanted& wanted, const rd_kafka_ConfigResource_t& resource, std::vector<Message>& out) {
  std::size_t count = 0;
  const rd_kafka_ConfigEntry_t** const entries = rd_kafka_ConfigResource_configs(&resource, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = rd_kafka_ConfigEntry_name(entries[i]);
    const char* const text = rd_kafka_ConfigEntry_value(entries[i]);
    const std::string value = text == nullptr ? "" : text;
    const std::string policy = wanted.compacted ? "compact" : "delete";
    if (name == "cleanup.policy" && value != policy) out.push_back({"OT451", {wanted.name, name, value, policy}});
    if (name == "max.message.bytes" && std::strtoull(value.c_str(), nullptr, 10) < wanted.message_bytes) {
      out.push_back({"OT451", {wanted.name, name, value, std::to_string(wanted.message_bytes)}});
    }
  }
}

Result<std::vector<Message>> check_settings(const Client& client, const Wanted& wanted, milliseconds patience) {
  const AdminOptions options = admin_options(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, patience);
  const Queue queue(rd_kafka_queue_new(client.handle()));
  const Resource asked(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, wanted.name.c_str()));
  std::array resources{asked.get()};
  rd_kafka_DescribeConfigs(client.handle(), resources.data(), resources.size(), options.get(), queue.get());
  const auto event = answer(client, queue, patience);
  if (!event) return event.failure();
  std::size_t count = 0;
  const auto* const result = rd_kafka_event_DescribeConfigs_result(event->get());
  const rd_kafka_ConfigResource_t** const found = rd_kafka_DescribeConfigs_result_resources(result, &count);
  std::vector<Message> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_ConfigResource_error(found[i]);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return client.error_of(code, wanted.name);
    compare(wanted, *found[i], out);
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> create_topics(const KafkaOptions& options, const TopicPlan& plan) {
  const auto client = reach(options);
  if (!client) return client.failure();
  std::vector<NewTopic> topics;
  std::vector<rd_kafka_NewTopic_t*> asked;
  for (const Wanted& wanted : wanted_topics(options)) {
    auto topic = new_topic(wanted, plan);
    if (!topic) return topic.failure();
    asked.push_back(topic->get());
    topics.push_back(std::move(*topic));
  }
  const AdminOptions admin = admin_options(**client, RD_KAFKA_ADMIN_OP_CREATETOPICS, options.patience);
  const Queue queue(rd_kafka_queue_new((*client)->handle()));
  rd_kafka_CreateTopics((*client)->handle(), asked.data(), asked.size(), admin.get(), queue.get());
  const auto event = answer(**client, queue, options.patience);
  if (!event) return event.failure();
  std::size_t count = 0;
  const rd_kafka_topic_result_t** const results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()), &count);
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = rd_kafka_topic_result_name(results[i]);
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) made.push_back(name);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR && code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) return (*client)->error_of(code, name);
    if (const auto there = (*client)->partitions_of(name); !there) return there.failure();
  }
  return made;
}

Status delete_topics(const KafkaOptions& options) {
  const auto client = reach(options);
  if (!client) return client.failure();
  std::vector<std::unique_ptr<rd_kafka_DeleteTopic_t, DestroyAdmin>> topics;
  std::vector<rd_kafka_DeleteTopic_t*> asked;
  for (const Wanted& wanted : wanted_topics(options)) {
    topics.emplace_back(rd_kafka_DeleteTopic_new(wanted.name.c_str()));
    asked.push_back(topics.back().get());
  }
  const AdminOptions admin = admin_options(**client, RD_KAFKA_ADMIN_OP_DELETETOPICS, options.patience);
  const Queue queue(rd_kafka_queue_new((*client)->handle()));
  rd_kafka_DeleteTopics((*client)->handle(), asked.data(), asked.size(), admin.get(), queue.get());
  const auto event = answer(**client, queue, options.patience);
  if (!event) return event.failure();
  std::size_t count = 0;
  const rd_kafka_topic_result_t** const results =
      rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event->get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) continue;
    return (*client)->error_of(code, rd_kafka_topic_result_name(results[i]));
  }
  return ok_status();
}

Result<std::vector<Message>> check_topics(const KafkaOptions& options) {
  const auto client = reach(options);
  if (!client) return client.failure();
  std::vector<Message> out;
  for (const Wanted& wanted : wanted_topics(options)) {
    auto found = check_settings(**client, wanted, options.patience);
    if (!found && found.failure().code() != "OT441") return found.failure();
    if (!found) {
      out.push_back(found.failure().message);
      continue;
    }
    out.insert(out.end(), found->begin(), found->end());
    const auto partitions = (*client)->partitions_of(wanted.name);
    if (!partitions) return partitions.failure();
    if (wanted.one_partition && *partitions != 1) {
      out.push_back({"OT451", {wanted.name, std::string("partitions"), std::to_string(*partitions), std::string("1")}});
    }
  }
  return out;
}

}  // namespace otmetka::queue
