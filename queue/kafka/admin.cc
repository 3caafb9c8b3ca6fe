#include "queue/kafka/admin.h"

#include <array>

namespace otmetka::queue::kafka {

using std::chrono::milliseconds;

AdminOptions admin_options(const Client& client, rd_kafka_admin_op_t operation, milliseconds patience) {
  AdminOptions out(rd_kafka_AdminOptions_new(client.handle(), operation));
  std::array<char, 128> ignored{};
  rd_kafka_AdminOptions_set_request_timeout(out.get(), timeout_of(patience), ignored.data(), ignored.size());
  if (operation == RD_KAFKA_ADMIN_OP_CREATETOPICS) {
    rd_kafka_AdminOptions_set_operation_timeout(out.get(), timeout_of(patience), ignored.data(), ignored.size());
  }
  return out;
}

Result<Event> answer(const Client& client, const Queue& queue, milliseconds patience) {
  Event event(rd_kafka_queue_poll(queue.get(), timeout_of(patience) + 1'000));
  if (event == nullptr) return client.error_of(RD_KAFKA_RESP_ERR__TIMED_OUT, "admin");
  const auto code = rd_kafka_event_error(event.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return client.error_of(code, "admin");
  return event;
}

Result<std::unique_ptr<Client>> reach(const KafkaOptions& options) {
  auto client = Client::open(RD_KAFKA_PRODUCER, options, {}, {});
  if (!client) return client;
  if (auto there = (*client)->answers(); !there) return there.failure();
  return client;
}

}  // namespace otmetka::queue::kafka
