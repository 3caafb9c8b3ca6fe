#include "cli/stores.h"

#include <filesystem>

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

Result<std::unique_ptr<queue::EmbeddedQueue>> open_queue(const Config& config, QueueRole role,
                                                         const std::atomic<bool>* leaving) {
  const auto folder = embedded_dir(config);
  if (!folder) return folder.failure();
  return queue::EmbeddedQueue::open({.folder = *folder, .leaving = leaving},
                                    role == QueueRole::kServe ? queue::EmbeddedRole::kServe : queue::EmbeddedRole::kClient);
}

Status expect_queue(const Config& config) {
  const auto folder = embedded_dir(config);
  if (!folder) return folder.failure();
  std::error_code problem;
  const bool may_be = std::filesystem::exists(*folder + "/queue.db", problem) || problem;  // what is wrong, opening it says
  const bool is_other = std::filesystem::exists(*folder, problem) && !std::filesystem::is_directory(*folder, problem);
  return may_be || is_other ? ok_status() : error("OT413", {*folder});
}

}  // namespace otmetka::cli
