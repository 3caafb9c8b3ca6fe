#include "queue/kafka/names.h"

#include <unistd.h>

#include <array>
#include <cassert>

namespace otmetka::queue::kafka {
namespace {

constexpr std::array kLanes{Lane::kSubmissions, Lane::kPrograms, Lane::kBatch, Lane::kRetry};
constexpr std::array<std::string_view, 4> kNames{"submissions", "programs", "batch", "retry"};

}  // namespace

std::string_view lane_name(Lane lane) { return kNames[static_cast<std::size_t>(lane)]; }

std::string lane_topic(const KafkaOptions& options, Lane lane) { return options.prefix + "." + std::string(lane_name(lane)); }
std::string results_topic(const KafkaOptions& options) { return options.prefix + ".results"; }
std::string specs_topic(const KafkaOptions& options) { return options.prefix + ".specs"; }
std::string dead_letters_topic(const KafkaOptions& options) { return options.prefix + ".dead-letters"; }
std::string group_of(const KafkaOptions& options) { return options.group.empty() ? options.prefix + ".workers" : options.group; }

std::string instance_of(const KafkaOptions& options) {
  if (!options.instance.empty()) return options.instance;
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0' ? name.data() : "worker";
}

std::int32_t queue_partition(Lane lane, std::int32_t partition) {
  assert(partition >= 0 && partition < kLaneStride);
  return static_cast<std::int32_t>(lane) * kLaneStride + partition;
}

std::int32_t topic_partition(std::int32_t partition) { return partition % kLaneStride; }

std::optional<Lane> lane_of_topic(const KafkaOptions& options, std::string_view topic) {
  if (topic.size() <= options.prefix.size() || !topic.starts_with(options.prefix) || topic[options.prefix.size()] != '.') {
    return std::nullopt;
  }
  topic.remove_prefix(options.prefix.size() + 1);
  for (const Lane lane : kLanes) {
    if (lane_name(lane) == topic) return lane;
  }
  return std::nullopt;
}

}  // namespace otmetka::queue::kafka
