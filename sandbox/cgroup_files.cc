#include "sandbox/cgroup_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <sstream>

namespace otmetka::sandbox {
namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  std::istringstream in{std::string(text)};
  for (std::string piece; std::getline(in, piece, at);) out.push_back(piece);
  return out;
}

// /proc/self/cgroup: "ID:CONTROLLERS:PATH", with empty controllers for version 2.
std::string own_path(std::string_view membership, const std::vector<std::string>& controllers, bool second) {
  for (const std::string& line : split(membership, '\n')) {
    const auto first = line.find(':');
    const auto next = line.find(':', first + 1);
    if (first == std::string::npos || next == std::string::npos) continue;
    const auto named = split(std::string_view(line).substr(first + 1, next - first - 1), ',');
    const bool ours = second ? named.empty()
                             : std::any_of(named.begin(), named.end(), [&](const std::string& one) {
                                 return std::find(controllers.begin(), controllers.end(), one) != controllers.end();
                               });
    if (ours) return line.substr(next + 1);
  }
  return {};
}

// One line of /proc/self/mountinfo (proc(5)): the root of the mount is field 4, the mount point 5; after " - " stand the type
// and, last, the options of the file system.
std::optional<Hierarchy> hierarchy_of(const std::string& line, std::string_view membership) {
  const auto dash = line.find(" - ");
  if (dash == std::string::npos) return std::nullopt;
  const auto before = split(std::string_view(line).substr(0, dash), ' ');
  const auto after = split(std::string_view(line).substr(dash + 3), ' ');
  if (before.size() < 5 || after.size() < 3 || (after[0] != "cgroup" && after[0] != "cgroup2")) return std::nullopt;
  Hierarchy out{.second = after[0] == "cgroup2", .controllers = split(after[2], ','), .mount_point = before[4], .own = {}};
  out.own = own_path(membership, out.controllers, out.second);
  if (before[3] != "/" && out.own.starts_with(before[3])) out.own.erase(0, before[3].size());
  if (out.own == "/") out.own.clear();
  return out;
}

}  // namespace

std::optional<std::string> read_text(const std::string& path) {
  const Descriptor file = open_file(path, O_RDONLY);
  if (!file) return std::nullopt;
  std::string out(64 * 1024, '\0');
  std::size_t length = 0;
  while (length < out.size()) {
    const ssize_t got = ::read(file.get(), out.data() + length, out.size() - length);
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  out.resize(length);
  return out;
}

bool write_text(const std::string& path, std::string_view text) {
  const Descriptor file = open_file(path, O_WRONLY);
  return file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

Descriptor open_file(const std::string& path, int flags) { return Descriptor(::open(path.c_str(), flags | O_CLOEXEC)); }

std::string read_again(int fd) {
  char text[4096];
  const ssize_t got = ::pread(fd, text, sizeof(text), 0);
  return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : std::string();
}

bool write_again(int fd, std::string_view text) {
  return ::pwrite(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

std::uint64_t field(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == ' ') return number(line.substr(name.size() + 1));
    at = end + 1;
  }
  return 0;
}

std::uint64_t number(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
  return problem == std::errc{} ? out : std::numeric_limits<std::uint64_t>::max();
}

std::vector<Hierarchy> hierarchies() {
  std::vector<Hierarchy> out;
  const std::string membership = read_text("/proc/self/cgroup").value_or("");
  for (const std::string& line : split(read_text("/proc/self/mountinfo").value_or(""), '\n')) {
    if (auto one = hierarchy_of(line, membership)) out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace otmetka::sandbox
