#include "engine/spec_directory.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

namespace otmetka::engine {

Result<std::vector<std::string>> spec_files(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code problem;
  if (path == "-" || !fs::is_directory(path, problem)) return std::vector<std::string>{path};
  std::vector<std::string> out;
  fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, problem);
  for (; !problem && it != fs::recursive_directory_iterator(); it.increment(problem)) {
    const std::string extension = it->path().extension().string();
    std::error_code ignored;
    if ((extension == ".yaml" || extension == ".yml" || extension == ".textproto") && it->is_regular_file(ignored)) {
      out.push_back(it->path().string());
    }
  }
  if (problem) return error("OT526", {path, problem.message()});
  std::sort(out.begin(), out.end());
  return out;
}

Status SpecDirectory::refresh() {
  std::error_code problem;
  if (!std::filesystem::is_directory(folder_, problem)) return error("OT526", {folder_, problem ? problem.message() : "?"});
  const auto files = spec_files(folder_);
  if (!files) return files.failure();
  for (const std::string& path : *files) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) continue;
    Seen now{.modified_ns = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec,
             .size = static_cast<std::uintmax_t>(info.st_size),
             .inode = info.st_ino,
             .id = files_[path].id};
    if (files_[path] == now) continue;
    read(path, now);
    files_[path] = now;
  }
  return ok_status();
}

void SpecDirectory::refresh_if_due() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::seconds(2);
  (void)refresh();
}

void SpecDirectory::read(const std::string& path, Seen& seen) {
  CheckedSpec checked = check_spec_file(path, Depth::kCompile);
  if (checked.spec == nullptr) return events_.refused(path, checked);
  const std::string& id = checked.spec->message.id();
  for (const auto& [other, held] : files_) {
    if (other != path && held.id == id && std::filesystem::exists(other)) return events_.same_id(other, path, id);
  }
  if (!events_.loaded(*checked.spec)) {
    seen = Seen{};  // so that the next look tries it again
    return;
  }
  seen.id = id;
  cache_.put(std::move(checked.spec), true);
}

}  // namespace otmetka::engine
