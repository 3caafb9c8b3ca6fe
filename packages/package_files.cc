#include "packages/package_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace otmetka::packages {
namespace {

namespace fs = std::filesystem;

bool is_left_out(const std::string& name) { return name.empty() || name.front() == '.' || name.front() == '-' || name.back() == '~'; }

}  // namespace

Result<PackageFiles> PackageFiles::open(const std::string& path) {
  std::error_code problem;
  const fs::path root = fs::canonical(path, problem);
  if (problem || !fs::is_directory(root, problem)) return error("OT570", {path});
  return PackageFiles(root.string());
}

std::string PackageFiles::name() const { return fs::path(root_).filename().string(); }

bool PackageFiles::has_file(const std::string& path) const {
  std::error_code problem;
  return fs::is_regular_file(fs::path(root_) / path, problem);
}

bool PackageFiles::has_folder(const std::string& path) const {
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
  std::vector<Item> out;
  if (!has_folder(folder)) return out;
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

Result<std::string> PackageFiles::locate(const std::string& file) const {
  auto real = real_path(file);
  if (!real) return real;
  std::error_code problem;
  if (!fs::is_regular_file(*real, problem)) return error("OT571", {file, problem ? problem.message() : std::string("not a file")});
  return real;
}

Result<std::string> PackageFiles::read(const std::string& file, std::size_t most) const {
  const auto real = locate(file);
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
