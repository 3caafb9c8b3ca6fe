#include "cli/server_parts.h"

#include "cli/kafka_config.h"
#include "cli/server_log.h"
#include "cli/stores.h"

namespace otmetka::cli {
namespace {

// The queue has given out fewer results than this gradebook has read of it: it is an older copy of itself, and what it gives
// out next would lie below the position. All that was trimmed of it is in the gradebook, since that has read beyond.
Status adopt_older_queue(const Config& config, ServerParts& parts, std::int64_t first, const std::atomic<bool>& leaving) {
  queue::EmbeddedQueue& queue = *parts.queue->embedded();
  const auto id = queue.new_id();
  if (!id) return id.failure();
  auto book = open_gradebook(config, Access::kWrite, *id, &leaving);
  if (!book) return book.failure();
  // The position first: an end between the two leaves a position that nobody asks for.
  if (const auto moved = (*book)->apply({}, 0, first); !moved) return moved.failure();
  if (Status taken = queue.take_id(*id); !taken) return taken;
  parts.book = std::move(*book);
  return ok_status();
}

Status make_good(const Context& context, const Config& config, ServerParts& parts, const std::atomic<bool>& leaving) {
  const auto position = parts.book->position();
  if (!position) return position.failure();
  queue::EmbeddedQueue& queue = *parts.queue->embedded();
  const auto range = queue.results().range();
  if (!range) return range.failure();
  if (*position > range->next) {
    if (Status adopted = adopt_older_queue(config, parts, range->first, leaving); !adopted) return adopted;
    log_notice(context, {"OT425", {config.get("queue"), shown_gradebook(config)}});
  } else if (*position < range->first) {
    const auto again = queue.grade_again(*position);
    if (!again) return again.failure();
    // Only when the way back is on the disk is the gap behind us.
    if (const auto moved = parts.book->apply({}, *position, range->first); !moved) return moved.failure();
    log_notice(context, {"OT424", {shown_gradebook(config), config.get("queue"), *again}});
  }
  return ok_status();
}

// A gradebook that cannot be written says so now and not at the first result.
Status try_writing(gradebook::Store& book) {
  const auto position = book.position();
  if (!position) return position.failure();
  const auto written = book.apply({}, *position, *position);
  return written ? ok_status() : Status(written.failure());
}

}  // namespace

Status open_book(const Config& config, ServerParts& parts, const std::atomic<bool>& leaving) {
  const auto id = parts.queue->id();
  if (!id) return id.failure();
  auto book = open_gradebook(config, Access::kWrite, *id, &leaving);
  if (!book) return book.failure();
  parts.book = std::move(*book);
  auto kafka = kafka_options(config, "queue");
  if (kafka) kafka->leaving = &leaving;
  if (kafka) parts.keeper = std::make_unique<SpecKeeper>(*kafka, *parts.book);
  return try_writing(*parts.book);
}

Result<ServerParts> open_server(const Context& context, const Config& config, const std::atomic<bool>& leaving) {
  ServerParts parts;
  auto queue = open_queue(config, QueueRole::kServe, &leaving);
  if (!queue) return queue.failure();
  parts.queue = std::move(*queue);
  const bool on_kafka = parts.queue->embedded() == nullptr;
  if (on_kafka && !has_gradebook(config)) return parts;
  if (Status opened = open_book(config, parts, leaving); !opened) return opened.failure();
  if (on_kafka) return parts;
  if (Status good = make_good(context, config, parts, leaving); !good) return good.failure();
  return parts;
}

}  // namespace otmetka::cli
