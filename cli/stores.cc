#include "cli/stores.h"

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
  return queue::EmbeddedQueue::open({.folder = *folder, .leaving = leaving}, role == QueueRole::kServe ? queue::EmbeddedRole::kServe : queue::EmbeddedRole::kClient);
}

}  // namespace otmetka::cli
