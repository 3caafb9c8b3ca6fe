// Reading and writing the kernel's small text files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/descriptor.h"

namespace otmetka::sandbox {

std::optional<std::string> read_text(const std::string& path);  // at most 64 KiB
bool write_text(const std::string& path, std::string_view text);

Descriptor open_file(const std::string& path, int flags);

// At most 4 KiB from the beginning of an open file.
std::string read_again(int fd);
bool write_again(int fd, std::string_view text);

// "NAME 123" on a line of its own → 123; 0 when it is not there.
std::uint64_t field(std::string_view text, std::string_view name);
std::uint64_t number(std::string_view text);  // "max" and what is no number: the greatest there is

// A mounted hierarchy and where in it this process is.
struct Hierarchy {
  bool second = false;                   // cgroup2
  std::vector<std::string> controllers;  // of version 1; of version 2 see cgroup.controllers
  std::string mount_point;
  std::string own;                       // this process's folder below the mount point, "" or "/a/b"
};
std::vector<Hierarchy> hierarchies();

}  // namespace otmetka::sandbox
