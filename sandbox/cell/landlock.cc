#include "sandbox/cell/landlock.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <initializer_list>

// Debian 12's <linux/landlock.h> is of ABI 2; the rest is from the kernel's Documentation/userspace-api/landlock.rst.
namespace otmetka::sandbox::cell {
namespace {

struct Attributes {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scoped;
};
struct __attribute__((packed)) BeneathRule {
  std::uint64_t allowed;
  std::int32_t parent;
};

constexpr int kCreateRuleset = 444, kAddRule = 445, kRestrictSelf = 446;  // the same on every architecture
constexpr unsigned kVersionFlag = 1;
constexpr int kPathBeneath = 1;

constexpr std::uint64_t kExecute = 1, kWriteFile = 2, kReadFile = 4, kReadFolder = 8;
constexpr std::uint64_t kReading = kExecute | kReadFile | kReadFolder;

// All file rights that an ABI knows: 13 of ABI 1, then refer, truncate, ioctl on devices.
std::uint64_t file_rights(std::uint32_t abi) {
  const unsigned bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
  return (std::uint64_t{1} << bits) - 1;
}

void allow_beneath(int ruleset, int folder, std::uint64_t rights) {
  const BeneathRule rule{rights, folder};
  syscall(kAddRule, ruleset, kPathBeneath, &rule, 0);
}

void allow(int ruleset, const char* path, std::uint64_t rights) {
  const int folder = open(path, O_PATH | O_CLOEXEC);
  if (folder < 0) return;  // not there: nothing to allow
  allow_beneath(ruleset, folder, rights);
  close(folder);
}

}  // namespace

void raise_landlock(Walls& walls) {
  const long abi = syscall(kCreateRuleset, nullptr, 0, kVersionFlag);
  if (abi < 1) return;
  const auto version = static_cast<std::uint32_t>(abi);
  const std::uint64_t all = file_rights(version);
  // Network: bind and connect of TCP (ABI 4). Scope: abstract sockets (ABI 6); signals are left alone, since the init and
  // the program are in one domain.
  const Attributes attributes{all, version >= 4 ? 3u : 0u, version >= 6 ? 1u : 0u};
  const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  const int ruleset = static_cast<int>(syscall(kCreateRuleset, &attributes, size, 0));
  if (ruleset < 0) return;
  allow(ruleset, "/", kReading);
  for (const char* writable : {"/w", "/tmp", "/dev/shm"}) allow(ruleset, writable, all);
  for (const char* device : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}) {
    allow(ruleset, device, kReadFile | kWriteFile);
  }
  // A mount that a program cannot name.
  if (walls.own_proc >= 0) allow_beneath(ruleset, walls.own_proc, kReadFile);
  if (syscall(kRestrictSelf, ruleset, 0) == 0) {
    walls.raised |= kWallLandlock;
    walls.landlock_abi = version;
  }
  close(ruleset);
}

}  // namespace otmetka::sandbox::cell
