// The cgroups that bound and count a cell: version 1, version 2, both mixed, or none at all.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/result.h"
#include "sandbox/cell/protocol.h"
#include "sandbox/descriptor.h"

namespace otmetka::sandbox {

enum class CgroupVersion { kNone, kOne, kTwo };

// Of all processes of a run together.
struct CgroupUsage {
  std::uint64_t peak_bytes = 0;    // anonymous memory, files in memory and page cache that the run touched first
  // At least so much of the peak was no page cache, which the kernel gives back when there is need. 0: nothing certain is known.
  std::uint64_t own_bytes = 0;
  bool peak_is_of_run = true;      // false: an earlier run of the cell went higher and this kernel cannot reset the peak
  bool out_of_memory = false;      // the kernel killed somebody for the limit
  bool process_limit_hit = false;
};

// One cell's folder in each hierarchy. Descriptors stay open, so that a run costs a few pread and pwrite. One thread.
// The cell's keeper removes the folders; `removals` tells it which.
class CellCgroup {
 public:
  virtual ~CellCgroup() = default;

  virtual std::vector<int> join_descriptors() const = 0;  // cgroup.procs files, for the keeper
  virtual std::vector<std::string> removals() const = 0;   // the cell's own folders
  virtual std::vector<std::string> orphaned() const = 0;   // the tree's, to remove as well should the engine be gone
  virtual int cpu_descriptor() const = 0;                  // -1: none
  virtual cell::CpuSource cpu_source() const = 0;

  // Before a run: writes what differs from the last run's limits, and forgets what was counted. `memory_bytes` is on top of
  // what the init itself needs; `room_bytes` may be charged beside them, and who uses them is the caller's to see; swap is 0.
  // OT544 when the kernel refuses, for example because more is in use.
  virtual Status begin(std::uint64_t memory_bytes, std::uint64_t room_bytes, std::uint64_t processes) = 0;
  virtual CgroupUsage usage() = 0;
  virtual std::uint64_t charged_bytes() const = 0;  // now; all of the greatest number when it cannot be read
};

// The engine's own folders, `otmetka-PID-N`, in which cells' are made. Never touches a cgroup that it did not make, except
// to enable controllers for its children where it may.
class CgroupTree {
 public:
  // `delegated`: a cgroup v2 folder given to us, else found by ourselves. Never fails: where nothing can be made the version
  // is kNone and reason() says what stood in the way.
  static std::unique_ptr<CgroupTree> find(const std::string& delegated);
  virtual ~CgroupTree() = default;  // removes its folders where they are empty

  virtual CgroupVersion version() const = 0;
  virtual const std::string& reason() const = 0;      // of kNone; else empty
  virtual std::string describe() const = 0;           // where, for people
  virtual bool swap_is_bounded() const = 0;
  virtual Result<std::unique_ptr<CellCgroup>> make(unsigned number) = 0;  // null where the version is kNone
};

inline constexpr std::uint64_t kInitBytes = 2u << 20;   // what a cell's init and the kernel's bookkeeping for it may take
inline constexpr std::uint64_t kInitCharge = 1u << 20;  // what they take at most: a few hundred KiB

}  // namespace otmetka::sandbox
