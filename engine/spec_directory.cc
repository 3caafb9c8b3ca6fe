#include "engine/spec_directory.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "engine/package_spec.h"

namespace otmetka::engine {
namespace {

constexpr std::size_t kMostWatched = 50'000;  // of one package

}  // namespace

Result<std::vector<std::string>> spec_files(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code problem;
  if (is_package(path)) return std::vector<std::string>{path};
  if (path == "-" || !fs::is_directory(path, problem)) return std::vector<std::string>{path};
  std::vector<std::string> out;
  fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, problem);
  for (; !problem && it != fs::recursive_directory_iterator(); it.increment(problem)) {
    std::error_code ignored;
    if (it->path().filename().string().starts_with('.')) {
      it.disable_recursion_pending();
      continue;
    }
    if (it->is_directory(ignored) && is_package(it->path().string())) {
      it.disable_recursion_pending();  // its YAML is not ours
      out.push_back(it->path().string());
      continue;
    }
    const std::string extension = it->path().extension().string();
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
  if (!std::filesystem::is_directory(folder_, problem)) {
    return problem ? error("OT526", {folder_, problem.message()}) : error("OT537", {folder_});
  }
  const auto files = spec_files(folder_);
  if (!files) return files.failure();
  Ids let_go;
  loaded_ = false;
  withheld_.clear();
  forget_vanished(*files, let_go);
  std::erase_if(settling_, [&](const auto& one) { return !std::binary_search(files->begin(), files->end(), one.first); });
  for (const std::string& path : *files) look(path, let_go);
  started_ = true;
  for (const auto& [id, path] : let_go) {
    if (holder(id, {}) == nullptr) events_.vanished(path, id);
  }
  cache_.withhold(withheld_);
  for (const WithheldSpec& spec : withheld_) {
    if (!spec.why.retryable) return spec.why;
  }
  return ok_status();
}

void SpecDirectory::forget_vanished(const std::vector<std::string>& files, Ids& let_go) {
  for (auto it = files_.begin(); it != files_.end();) {
    if (std::binary_search(files.begin(), files.end(), it->first)) {
      ++it;
      continue;
    }
    if (!it->second.id.empty()) let_go[it->second.id] = it->first;
    it = files_.erase(it);
  }
}

void SpecDirectory::look(const std::string& path, Ids& let_go) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return;
  const Seen before = files_[path];
  Seen now{.modified_ns = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec,
           .size = static_cast<std::uintmax_t>(info.st_size),
           .inode = info.st_ino,
           .id = before.id,
           .wants = before.wants,
           .withheld = before.withheld,
           .files = before.files};
  const bool same = before == now && (now.files == nullptr || !now.files->changed());
  if (same && (now.wants.empty() || holder(now.wants, path) != nullptr)) return;
  const bool many_files = is_package(path) || (before == now && now.files != nullptr && now.files->changed());
  if (started_ && many_files && !is_still(path, before)) {
    if (before == Seen{}) files_.erase(path);  // as if it had not come yet
    return;
  }
  read(path, now);
  if (!before.id.empty() && now.id != before.id) let_go[before.id] = path;
  files_[path] = now;
}

// A package half of whose tests have come would be graded by without the others.
bool SpecDirectory::is_still(const std::string& path, const Seen& before) {
  const auto now = std::chrono::steady_clock::now();
  const auto it = settling_.find(path);
  if (it == settling_.end() || it->second.files.changed()) {
    Settling found{.files = {}, .since = now};
    if (is_package(path)) {
      found.files.note_tree(path, kMostWatched);
    } else {
      found.files = before.files->anew();
    }
    settling_[path] = std::move(found);
    if (pace_.settle > std::chrono::milliseconds(0)) return false;
  } else if (now - it->second.since < pace_.settle) {
    return false;
  }
  settling_.erase(path);
  return true;
}

// The other file that holds this id; nullptr: none does.
const std::string* SpecDirectory::holder(const std::string& id, const std::string& but) const {
  for (const auto& [path, seen] : files_) {
    if (seen.id == id && path != but) return &path;
  }
  return nullptr;
}

bool SpecDirectory::refresh_if_due(bool wanted) {
  wanted_ = wanted_ || wanted;
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < (wanted_ ? pace_.wanted : pace_.every)) return false;
  looked_ = now;
  wanted_ = false;
  const Status looked = refresh();
  const bool lost = !looked && (looked.failure().code() == "OT526" || looked.failure().code() == "OT537");
  if (lost && !lost_ && events_.lost) events_.lost(looked.failure());
  if (!lost && lost_ && events_.back) events_.back();
  lost_ = lost;
  return loaded_ && !lost;
}

void SpecDirectory::read(const std::string& path, Seen& seen) {
  CheckedSpec checked = check_spec_file(path, Depth::kCompile);
  seen.files = checked.files.empty() ? nullptr : std::make_shared<const WatchedFiles>(std::move(checked.files));
  if (checked.spec == nullptr) {
    seen.wants.clear();
    seen.withheld.clear();
    return events_.refused(path, checked);
  }
  const std::string& id = checked.spec->message.id();
  if (const std::string* other = holder(id, path)) {
    seen.id.clear();
    seen.wants = id;
    seen.withheld.clear();
    return events_.same_id(*other, path, id);
  }
  if (const Status taken = events_.loaded(*checked.spec); !taken) {
    const Error& why = taken.failure();
    const std::string reason = checked.spec->sha256 + why.code();
    if (seen.withheld != reason) events_.withheld(*checked.spec, why);
    withheld_.push_back({id, checked.spec->sha256, why});
    seen = Seen{.id = seen.id, .wants = {}, .withheld = reason, .files = {}};  // so that the next look tries it again
    return;
  }
  if (checked.package && events_.package) events_.package(path, checked);
  seen.id = id;
  seen.wants.clear();
  seen.withheld.clear();
  cache_.put(std::move(checked.spec), true);
  loaded_ = true;
}

}  // namespace otmetka::engine
