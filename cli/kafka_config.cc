#include "cli/kafka_config.h"

#include <algorithm>

#include "queue/kafka/names.h"

namespace otmetka::cli {
namespace {

constexpr queue::Lane kLanes[] = {queue::Lane::kSubmissions, queue::Lane::kPrograms, queue::Lane::kBatch, queue::Lane::kRetry};

std::vector<queue::Lane> lanes_of(const std::string& setting) {
  const auto names = comma_separated(setting);
  std::vector<queue::Lane> out;
  for (const queue::Lane lane : kLanes) {
    if (std::find(names.begin(), names.end(), queue::kafka::lane_name(lane)) != names.end()) out.push_back(lane);
  }
  return out;
}

OnSilence& on_silence() {
  static OnSilence tell;
  return tell;
}

}  // namespace

void when_brokers_are_silent(OnSilence tell) { on_silence() = std::move(tell); }

Result<queue::KafkaOptions> kafka_options(const Config& config, const std::string& what) {
  static constexpr std::string_view kOwn = "kafka.";
  const auto place = queue_place(config);
  if (!place) return place.failure();
  if (!place->on_kafka) return error("OT461", {what, config.get("queue")});
  queue::KafkaOptions options;
  options.brokers = place->where;
  options.prefix = config.get("prefix");
  options.group = config.get("group");
  options.instance = config.get("instance");
  if (config.get("delivery") == "at_least_once") options.delivery = queue::Delivery::kAtLeastOnce;
  if (config.get("results_encoding") == "json") options.results = queue::Encoding::kJson;
  options.lanes = lanes_of(config.get("lanes"));
  options.on_silence = [brokers = options.brokers](const std::string& reason) {
    if (on_silence()) on_silence()(brokers, reason);
  };
  for (const Setting& setting : config.settings) {
    if (setting.key.starts_with(kOwn)) options.client[setting.key.substr(kOwn.size())] = setting.value;
  }
  return options;
}

engine::Forwarding forwarding_of(const Config& config) {
  engine::Forwarding out;
  if (!kafka_options(config, "queue")) return out;
  out.lanes = lanes_of(config.get("forward"));
  out.rounds = config.get_int("retry_rounds");
  out.delay = std::chrono::milliseconds(config.get_int("retry_delay_ms"));
  return out;
}

std::string state_folder(const Config& config) {
  if (const std::string& set = config.get("state"); !set.empty()) return set;
  const auto place = queue_place(config);
  if (place && !place->on_kafka) return place->where;
  const auto kafka = kafka_options(config, "queue");
  return kafka ? "otmetka-data/" + queue::kafka::instance_of(*kafka) : std::string("otmetka-data");
}

}  // namespace otmetka::cli
