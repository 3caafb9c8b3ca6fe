#include "queue/kafka/rewind.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <thread>

#include "queue/kafka/admin.h"
#include "queue/kafka/consumer.h"
#include "queue/kafka/names.h"

namespace otmetka::queue {
namespace {

using namespace kafka;
using std::chrono::milliseconds;

Result<PartitionList> partitions_of_lanes(const KafkaOptions& options, const Client& client) {
  PartitionList out(rd_kafka_topic_partition_list_new(16));
  for (const Lane lane : options.lanes) {
    const std::string topic = lane_topic(options, lane);
    const auto count = client.partitions_of(topic);
    if (!count) return count.failure();
    for (int partition = 0; partition < *count; ++partition) rd_kafka_topic_partition_list_add(out.get(), topic.c_str(), partition);
  }
  return out;
}

// A time behind the last record is the end.
Status place_by_time(const KafkaOptions& options, const Consumer& consumer, Timestamp time, rd_kafka_topic_partition_list_t& list) {
  for (int i = 0; i < list.cnt; ++i) list.elems[i].offset = std::chrono::ceil<milliseconds>(time.time_since_epoch()).count();
  const auto code = rd_kafka_offsets_for_times(consumer.handle(), &list, timeout_of(options.patience));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return consumer.client().error_of(code, list.elems[0].topic);
  return ok_status();
}

Status place(const KafkaOptions& options, const RewindTo& to, rd_kafka_topic_partition_list_t& list) {
  const auto consumer = Consumer::open(options, {}, {{"group.id", options.prefix + ".readers"}});
  if (!consumer) return consumer.failure();
  const auto* const time = std::get_if<Timestamp>(&to);
  if (time != nullptr) {
    if (auto placed = place_by_time(options, **consumer, *time, list); !placed) return placed;
  }
  for (int i = 0; i < list.cnt; ++i) {
    rd_kafka_topic_partition_t& one = list.elems[i];
    const auto marks = (*consumer)->marks(one.topic, one.partition);
    if (!marks) return marks.failure();
    const std::int64_t wanted = time == nullptr ? std::get<std::int64_t>(to) : one.offset < 0 ? marks->high : one.offset;
    one.offset = std::clamp(wanted, marks->low, std::max(marks->low, marks->high));
  }
  return ok_status();
}

struct Members {
  std::size_t others = 0;
  std::size_t all = 0;
};

Members members_of(const rd_kafka_ConsumerGroupDescription_t& group, const std::string& instance) {
  Members out;
  out.all = rd_kafka_ConsumerGroupDescription_member_count(&group);
  for (std::size_t i = 0; i < out.all; ++i) {
    const char* const name = rd_kafka_MemberDescription_group_instance_id(rd_kafka_ConsumerGroupDescription_member(&group, i));
    if (name == nullptr || name != instance) ++out.others;
  }
  return out;
}

Result<Members> look_at_group(const KafkaOptions& options, const Client& client) {
  const std::string group = group_of(options);
  const Queue queue(rd_kafka_queue_new(client.handle()));
  const AdminOptions asking = admin_options(client, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, options.patience);
  std::array<const char*, 1> names{group.c_str()};
  rd_kafka_DescribeConsumerGroups(client.handle(), names.data(), names.size(), asking.get(), queue.get());
  const auto event = answer(client, queue, options.patience);
  if (!event) return event.failure();
  std::size_t count = 0;
  const auto* const result = rd_kafka_event_DescribeConsumerGroups_result(event->get());
  const rd_kafka_ConsumerGroupDescription_t** const groups = rd_kafka_DescribeConsumerGroups_result_groups(result, &count);
  Members out;
  for (std::size_t i = 0; i < count; ++i) {
    if (const rd_kafka_error_t* failed = rd_kafka_ConsumerGroupDescription_error(groups[i])) {
      if (rd_kafka_error_code(failed) != RD_KAFKA_RESP_ERR_NO_ERROR) return client.error_of(*failed, group);
    }
    const Members here = members_of(*groups[i], instance_of(options));
    out.all += here.all;
    out.others += here.others;
  }
  return out;
}

// A place that is fixed is kept after its worker has gone, in good order too.
milliseconds longest_absence(const KafkaOptions& options) {
  constexpr milliseconds kMore{5'000};
  const auto set = options.client.find("session.timeout.ms");
  const long session = set == options.client.end() ? 45'000 : std::strtol(set->second.c_str(), nullptr, 10);
  return milliseconds(session) + kMore;
}

Status expect_nobody(const KafkaOptions& options, const Client& client) {
  const auto until = std::chrono::steady_clock::now() + longest_absence(options);
  while (true) {
    const auto members = look_at_group(options, client);
    if (!members) return members.failure();
    if (members->all == 0) return ok_status();
    const bool leaving = options.leaving != nullptr && options.leaving->load();
    if (members->others > 0 || leaving || std::chrono::steady_clock::now() > until) {
      return error("OT463", {group_of(options), static_cast<std::int64_t>(members->all)});
    }
    std::this_thread::sleep_for(milliseconds(200));
  }
}

// A worker that has come since is seen by the brokers: they refuse.
Error refusal(const Client& client, rd_kafka_resp_err_t code, const std::string& group) {
  const bool somebody = code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID || code == RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP;
  return somebody ? error("OT463", {group, std::int64_t{1}}) : client.error_of(code, group);
}

}  // namespace

Result<std::int64_t> rewind_group(const KafkaOptions& options, const RewindTo& to) {
  const auto client = reach(options);
  if (!client) return client.failure();
  if (auto nobody = expect_nobody(options, **client); !nobody) return nobody.failure();
  const auto list = partitions_of_lanes(options, **client);
  if (!list) return list.failure();
  if (auto placed = place(options, to, **list); !placed) return placed.failure();
  const std::string group = group_of(options);
  const Queue queue(rd_kafka_queue_new((*client)->handle()));
  const AdminOptions asking = admin_options(**client, RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, options.patience);
  const std::unique_ptr<rd_kafka_AlterConsumerGroupOffsets_t, DestroyAdmin> asked(
      rd_kafka_AlterConsumerGroupOffsets_new(group.c_str(), list->get()));
  std::array all{asked.get()};
  rd_kafka_AlterConsumerGroupOffsets((*client)->handle(), all.data(), all.size(), asking.get(), queue.get());
  const auto event = answer(**client, queue, options.patience);
  if (!event) return event.failure();
  std::size_t count = 0;
  const auto* const result = rd_kafka_event_AlterConsumerGroupOffsets_result(event->get());
  const rd_kafka_group_result_t** const groups = rd_kafka_AlterConsumerGroupOffsets_result_groups(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const rd_kafka_error_t* const failed = rd_kafka_group_result_error(groups[i]);
    if (failed != nullptr) return refusal(**client, rd_kafka_error_code(failed), group);
    const rd_kafka_topic_partition_list_t* const moved = rd_kafka_group_result_partitions(groups[i]);
    for (int n = 0; moved != nullptr && n < moved->cnt; ++n) {
      if (moved->elems[n].err != RD_KAFKA_RESP_ERR_NO_ERROR) return refusal(**client, moved->elems[n].err, group);
    }
  }
  return std::int64_t{(*list)->cnt};
}

}  // namespace otmetka::queue
