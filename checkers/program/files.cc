#include "checkers/program/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace otmetka::checkers::program {
namespace {

namespace fs = std::filesystem;

std::string_view path_of(std::string_view reference) {
  const auto colon = reference.find(':');
  return colon == std::string_view::npos ? reference : reference.substr(colon + 1);
}

// The path itself where it stays beneath the folder, links followed.
Result<fs::path> beneath(const std::string& folder, std::string_view reference) {
  const fs::path path(path_of(reference));
  const auto refused = [&] { return error("OT168", {std::string(reference)}); };
  if (folder.empty() || path.empty() || path.is_absolute()) return refused();
  if (std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; })) return refused();
  std::error_code problem;
  const fs::path root = fs::canonical(folder, problem);
  if (problem) return error("OT362", {folder, problem.message()});
  const fs::path whole = fs::canonical(root / path, problem);
  if (problem) return error("OT362", {(fs::path(folder) / path).string(), problem.message()});
  const auto [end, other] = std::mismatch(root.begin(), root.end(), whole.begin(), whole.end());
  return end == root.end() ? Result<fs::path>(whole) : Result<fs::path>(refused());
}

Result<std::string> read_file(const fs::path& path) {
  std::error_code problem;
  if (!fs::is_regular_file(path, problem)) return error("OT362", {path.string(), problem ? problem.message() : "not a file"});
  if (fs::file_size(path, problem) > kMostReferencedBytes) return error("OT362", {path.string(), "more than 32 MiB"});
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) return error("OT362", {path.string(), "read"});
  return std::move(bytes).str();
}

}  // namespace

bool is_reference(std::string_view text) { return text.starts_with("file:") || text.starts_with("dir:"); }

std::string name_of_reference(std::string_view reference) { return fs::path(path_of(reference)).filename().string(); }

Result<std::string> read_referenced(const std::string& folder, std::string_view reference) {
  const auto path = beneath(folder, reference);
  if (!path) return path.failure();
  return read_file(*path);
}

std::string place_of_reference(const std::string& folder, std::string_view reference) {
  return (fs::path(folder) / path_of(reference)).string();
}

Result<std::vector<sandbox::SourceFile>> read_folder(const std::string& folder, std::string_view reference, const NoteFile& note) {
  if (note) note(place_of_reference(folder, reference));
  const auto path = beneath(folder, reference);
  if (!path) return path.failure();
  std::vector<sandbox::SourceFile> out;
  std::vector<fs::path> files;
  std::error_code problem;
  if (fs::is_directory(*path, problem)) {
    for (const auto& entry : fs::directory_iterator(*path, problem)) {
      if (!entry.is_regular_file(problem) || entry.is_symlink(problem)) continue;
      if (files.size() == kMostFolderFiles) return error("OT573", {std::string(reference), static_cast<std::int64_t>(kMostFolderFiles)});
      files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(*path);
  }
  for (const fs::path& file : files) {
    if (note) note(file.string());
    auto bytes = read_file(file);
    if (!bytes) return bytes.failure();
    out.push_back({file.filename().string(), std::move(*bytes)});
  }
  return out;
}

}  // namespace otmetka::checkers::program
