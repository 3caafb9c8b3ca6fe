#include "packages/package_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "yaml/source.h"

namespace otmetka::packages {
namespace {

namespace fs = std::filesystem;

bool is_left_out(const std::string& name) { return name.empty() || name.front() == '.' || name.front() == '-' || name.back() == '~'; }

}  // namespace

bool can_be_shown(const std::string& path) { return !yaml::find_bad_byte(path); }

Result<PackageFiles> PackageFiles::open(const std::string& path, Note note) {
  std::error_code problem;
  const fs::path root = fs::canonical(path, problem);
  if (problem || !fs::is_directory(root, problem)) return error("OT570", {path});
  return PackageFiles(root.string(), std::move(note));
}

PackageFiles PackageFiles::hold(std::string name, Held files) {
  PackageFiles out(std::move(name), {});
  out.held_ = std::make_shared<const Held>(std::move(files));
  return out;
}

std::string PackageFiles::name() const { return fs::path(root_).filename().string(); }

bool PackageFiles::has_file(const std::string& path) const {
  if (held_) return held_->contains(path);
  std::error_code problem;
  return fs::is_regular_file(fs::path(root_) / path, problem);
}

bool PackageFiles::has_folder(const std::string& path) const {
  if (held_) {
    const auto first = held_->lower_bound(path + "/");
    return first != held_->end() && first->first.starts_with(path + "/");
  }
  std::error_code problem;
  return fs::is_directory(fs::path(root_) / path, problem);
}

Result<std::string> PackageFiles::real_path(const std::string& path) const {
  std::error_code problem;
  const fs::path real = fs::canonical(fs::path(root_) / path, problem);
  if (problem) return error("OT571", {path, problem.message()});
  const fs::path root(root_);
  if (std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first != root.end()) return error("OT572", {path});
  return real.string();
}

Result<std::vector<PackageFiles::Item>> PackageFiles::list(const std::string& folder) const {
  if (held_) return list_held(folder);
  std::vector<Item> out;
  if (!has_folder(folder)) return out;
  if (note_) note_(folder);
  const auto real = real_path(folder);
  if (!real) return real.failure();
  std::error_code problem;
  for (fs::directory_iterator it(*real, problem), end; !problem && it != end; it.increment(problem)) {
    std::string name = it->path().filename().string();
    if (is_left_out(name)) continue;
    if (out.size() == kMostEntries) return error("OT573", {folder, static_cast<std::int64_t>(kMostEntries)});
    std::error_code ignored;
    out.push_back({std::move(name), it->is_directory(ignored)});
  }
  if (problem) return error("OT571", {folder, problem.message()});
  std::sort(out.begin(), out.end(), [](const Item& a, const Item& b) { return a.name < b.name; });
  return out;
}

Result<std::vector<PackageFiles::Item>> PackageFiles::list_held(const std::string& folder) const {
  std::vector<Item> out;
  const std::string before = folder + "/";
  for (auto it = held_->lower_bound(before); it != held_->end() && it->first.starts_with(before); ++it) {
    const auto slash = it->first.find('/', before.size());
    std::string name = it->first.substr(before.size(), slash == std::string::npos ? slash : slash - before.size());
    if (is_left_out(name) || (!out.empty() && out.back().name == name)) continue;
    if (out.size() == kMostEntries) return error("OT573", {folder, static_cast<std::int64_t>(kMostEntries)});
    out.push_back({std::move(name), slash != std::string::npos});
  }
  std::sort(out.begin(), out.end(), [](const Item& a, const Item& b) { return a.name < b.name; });
  return out;
}

Result<std::string> PackageFiles::real_file(const std::string& file) const {
  if (note_) note_(file);
  auto real = real_path(file);
  if (!real) return real;
  std::error_code problem;
  if (!fs::is_regular_file(*real, problem)) return error("OT571", {file, problem ? problem.message() : std::string("not a file")});
  return real;
}

Result<checkers::program::Data> PackageFiles::locate(const std::string& file) const {
  if (!held_) {
    auto real = real_file(file);
    if (!real) return real.failure();
    return checkers::program::Data{.bytes = {}, .path = std::move(*real)};
  }
  const auto held = held_->find(file);
  if (held == held_->end()) return error("OT571", {file, std::string("-")});
  return checkers::program::Data{.bytes = held->second, .path = {}};
}

Result<std::string> PackageFiles::read(const std::string& file, std::size_t most) const {
  if (held_) {
    auto held = locate(file);
    if (!held) return held.failure();
    if (held->bytes.size() > most) return error("OT573", {file, static_cast<std::int64_t>(most)});
    return std::move(held->bytes);
  }
  const auto real = real_file(file);
  if (!real) return real.failure();
  std::ifstream in(*real, std::ios::binary);
  if (!in) return error("OT571", {file, std::string("open")});
  std::string out;
  for (std::string piece(64u << 10, '\0'); in; out.append(piece, 0, static_cast<std::size_t>(in.gcount()))) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (out.size() > most) break;
  }
  if (in.bad()) return error("OT571", {file, std::string("read")});
  if (out.size() > most) return error("OT573", {file, static_cast<std::int64_t>(most)});
  return out;
}

}  // namespace otmetka::packages
