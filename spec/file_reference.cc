#include "spec/file_reference.h"

#include <algorithm>
#include <string>
#include <system_error>

namespace otmetka::spec {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLongest = 255;

bool leaves_by_its_text(std::string_view path) {
  if (path.empty() || path.size() > kLongest || path.front() == '/') return true;
  if (path.find_first_of(std::string_view("\\\0", 2)) != std::string_view::npos) return true;
  if (path.size() > 1 && path[1] == ':') return true;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    if (path.substr(start, end - start) == "..") return true;
    start = end + 1;
  }
  return false;
}

bool is_beneath(const fs::path& inner, const fs::path& outer) {
  const auto [at, rest] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return at == outer.end() || (at->empty() && std::next(at) == outer.end());
}

}  // namespace

std::optional<std::string_view> referenced_path(std::string_view text) {
  if (text.starts_with("file:")) return text.substr(5);
  if (text.starts_with("dir:")) return text.substr(4);
  return std::nullopt;
}

std::optional<Message> refuse_path(std::string_view path, const fs::path& folder) {
  if (leaves_by_its_text(path)) return Message{"OT168", {std::string(path)}};
  if (folder.empty()) return std::nullopt;
  std::error_code failed;
  const fs::path root = fs::canonical(folder, failed);
  if (failed) return Message{"OT169", {std::string(path)}};
  const fs::path target = fs::canonical(root / fs::path(std::string(path)), failed);
  if (failed) return Message{"OT169", {std::string(path)}};
  if (!is_beneath(target, root)) return Message{"OT168", {std::string(path)}};
  return std::nullopt;
}

}  // namespace otmetka::spec
