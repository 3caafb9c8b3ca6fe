#include "engine/watched_files.h"

#include <sys/stat.h>

#include <algorithm>

namespace otmetka::engine {

WatchedFiles::State WatchedFiles::look(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return {};
  return {.modified_ns = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec, .size = info.st_size, .inode = info.st_ino};
}

void WatchedFiles::note(const std::string& path) {
  if (!files_.contains(path)) files_.emplace(path, look(path));
}

bool WatchedFiles::changed() const {
  return std::any_of(files_.begin(), files_.end(), [](const auto& file) { return look(file.first) != file.second; });
}

}  // namespace otmetka::engine
