#include "cli/stores.h"

#include <filesystem>

#include "gradebook/sqlite/sqlite_store.h"

namespace otmetka::cli {

Result<std::unique_ptr<gradebook::Store>> open_gradebook(const Config& config, Access access, const std::string& queue_id,
                                                          const std::atomic<bool>* leaving) {
  const auto file = sqlite_file(config);
  if (!file) return file.failure();
  gradebook::SqliteOptions options{.file = *file, .must_exist = access == Access::kRead, .leaving = leaving};
  if (!queue_id.empty()) options.queue_id = queue_id;
  auto store = gradebook::SqliteStore::open(options);
  if (!store) return store.failure();
  return std::unique_ptr<gradebook::Store>(std::move(*store));
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
