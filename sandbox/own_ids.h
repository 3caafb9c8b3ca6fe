// Ids that no account has, for programs alone: two for each cell.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string_view>

namespace otmetka::sandbox {

// Where they lie, and how many pairs there are; none: 0.
struct OwnIds {
  std::uint32_t first = 0;
  std::uint32_t pairs = 0;

  bool any() const { return pairs > 0; }
  // The first of two, the same for no two cells of a process with fewer than a thousand, and hardly for two of different processes.
  std::uint32_t pair(pid_t process, unsigned cell) const;
};

// From 900,000,000 on where all are mapped, as on a host (user_namespaces(7)). In a container that has fewer, as a rootless one has
// 65,536, the upper half of them, since accounts begin below. None without root, or where root is the only one that is mapped:
// there programs have the engine's own id. Asked of the kernel once. Any thread.
const OwnIds& own_ids();

// What the texts of uid_map and gid_map of /proc have room for.
OwnIds own_ids_in(std::string_view uid_map, std::string_view gid_map);

}  // namespace otmetka::sandbox
