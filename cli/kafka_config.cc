#include "cli/kafka_config.h"

#include <algorithm>

#include "queue/kafka/names.h"

namespace otmetka::cli {

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
  options.lanes.clear();
  const auto lanes = comma_separated(config.get("lanes"));
  for (const queue::Lane lane : {queue::Lane::kSubmissions, queue::Lane::kPrograms, queue::Lane::kBatch, queue::Lane::kRetry}) {
    if (std::find(lanes.begin(), lanes.end(), queue::kafka::lane_name(lane)) != lanes.end()) options.lanes.push_back(lane);
  }
  for (const Setting& setting : config.settings) {
    if (setting.key.starts_with(kOwn)) options.client[setting.key.substr(kOwn.size())] = setting.value;
  }
  return options;
}

}  // namespace otmetka::cli
