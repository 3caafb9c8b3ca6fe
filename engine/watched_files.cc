#include "engine/watched_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

namespace otmetka::engine {

WatchedFiles::State WatchedFiles::look(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return {};
  return {.modified_ns = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec, .size = info.st_size, .inode = info.st_ino};
}

void WatchedFiles::note(const std::string& path) {
  if (!files_.contains(path)) files_.emplace(path, look(path));
}

void WatchedFiles::note_tree(const std::string& folder, std::size_t most) {
  namespace fs = std::filesystem;
  note(folder);
  std::error_code problem;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, problem);
  for (; !problem && it != fs::recursive_directory_iterator() && files_.size() < most; it.increment(problem)) note(it->path().string());
}

WatchedFiles WatchedFiles::anew() const {
  WatchedFiles out;
  for (const auto& [path, state] : files_) out.note(path);
  return out;
}

bool WatchedFiles::changed() const {
  return std::any_of(files_.begin(), files_.end(), [](const auto& file) { return look(file.first) != file.second; });
}

}  // namespace otmetka::engine
