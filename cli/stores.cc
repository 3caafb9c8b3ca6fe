#include "cli/stores.h"

#include <filesystem>

#include "cli/kafka_config.h"
#include "gradebook/postgres/dsn.h"
#include "gradebook/postgres/postgres_store.h"
#include "gradebook/sqlite/sqlite_store.h"

namespace otmetka::cli {

namespace {

template <class Concrete, class Options>
Result<std::unique_ptr<gradebook::Store>> opened(Options options, const std::string& queue_id) {
  if (!queue_id.empty()) options.queue_id = queue_id;
  auto store = Concrete::open(options);
  if (!store) return store.failure();
  return std::unique_ptr<gradebook::Store>(std::move(*store));
}

}  // namespace

Result<std::unique_ptr<gradebook::Store>> open_gradebook(const Config& config, Access access, const std::string& queue_id,
                                                          const std::atomic<bool>* leaving) {
  const auto place = gradebook_place(config);
  if (!place) return place.failure();
  const bool must_exist = access == Access::kRead;
  if (place->on_server) {
    return opened<gradebook::PostgresStore>(
        gradebook::PostgresOptions{.dsn = place->where, .must_exist = must_exist, .leaving = leaving}, queue_id);
  }
  return opened<gradebook::SqliteStore>(gradebook::SqliteOptions{.file = place->where, .must_exist = must_exist, .leaving = leaving},
                                        queue_id);
}

std::string shown_gradebook(const Config& config) {
  static constexpr std::string_view kPostgres = "postgres:";
  const std::string& value = config.get("gradebook");
  if (value.starts_with("sqlite:")) return value;
  const bool is_prefixed = value.starts_with(kPostgres) && !value.starts_with("postgres://");
  if (!is_prefixed && !value.starts_with("postgres://") && !value.starts_with("postgresql://")) {
    // Of no known kind, and perhaps a DSN all the same.
    return value.find_first_of("@=") == std::string::npos ? value : value.substr(0, value.find_first_of(":=")) + "…";
  }
  const auto place = gradebook::place_of(is_prefixed ? value.substr(kPostgres.size()) : value);
  return place ? *place : std::string(kPostgres) + "…";
}

Result<std::unique_ptr<WorkQueue>> open_queue(const Config& config, QueueRole role, const std::atomic<bool>* leaving) {
  const auto place = queue_place(config);
  if (!place) return place.failure();
  const bool serves = role == QueueRole::kServe;
  if (place->on_kafka) {
    auto options = kafka_options(config, "queue");
    if (!options) return options.failure();
    options->leaving = leaving;
    auto queue = queue::KafkaQueue::open(*options, serves ? queue::KafkaRole::kServe : queue::KafkaRole::kClient);
    if (!queue) return queue.failure();
    return work_queue(std::move(*queue), *options);
  }
  auto queue = queue::EmbeddedQueue::open({.folder = place->where, .leaving = leaving},
                                          serves ? queue::EmbeddedRole::kServe : queue::EmbeddedRole::kClient);
  if (!queue) return queue.failure();
  return work_queue(std::move(*queue));
}

Status expect_queue(const Config& config) {
  const auto place = queue_place(config);
  if (!place) return place.failure();
  if (place->on_kafka) return ok_status();
  const std::string& folder = place->where;
  std::error_code problem;
  const bool may_be = std::filesystem::exists(folder + "/queue.db", problem) || problem;  // what is wrong, opening it says
  const bool is_other = std::filesystem::exists(folder, problem) && !std::filesystem::is_directory(folder, problem);
  return may_be || is_other ? ok_status() : error("OT413", {folder});
}

}  // namespace otmetka::cli
