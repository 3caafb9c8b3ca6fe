#include "queue/kafka/settled.h"

#include <cstdint>
#include <string>

#include "queue/kafka/client.h"
#include "queue/kafka/names.h"

namespace otmetka::queue {
namespace {

using namespace kafka;

Result<std::int64_t> end_of(const Client& client, const std::string& topic, int partition, std::chrono::milliseconds patience) {
  const PartitionList one(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(one.get(), topic.c_str(), partition)->offset = RD_KAFKA_OFFSET_END;  // as Consumer::find_edges()
  auto code = rd_kafka_offsets_for_times(client.handle(), one.get(), timeout_of(patience));
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) code = one->elems[0].err;
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return client.error_of(code, topic);
  return one->elems[0].offset;
}

}  // namespace

Result<bool> results_settled(const KafkaOptions& options) {
  const auto open = [&](const char* isolation) {
    return Client::open(RD_KAFKA_CONSUMER, options, {}, {{"group.id", options.prefix + ".readers"}, {"isolation.level", isolation}});
  };
  const auto committed = open("read_committed");
  if (!committed) return committed.failure();
  const auto all = open("read_uncommitted");
  if (!all) return all.failure();
  const std::string topic = results_topic(options);
  const auto partitions = (*all)->partitions_of(topic);
  if (!partitions) return partitions.failure();
  for (int partition = 0; partition < *partitions; ++partition) {
    const auto last = end_of(**all, topic, partition, options.patience);
    if (!last) return last.failure();
    const auto visible = end_of(**committed, topic, partition, options.patience);
    if (!visible) return visible.failure();
    if (*visible < *last) return false;
  }
  return true;
}

}  // namespace otmetka::queue
