#include "sandbox/cell/wipe.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <initializer_list>
#include <cstdint>
#include <cstdio>

#include "sandbox/cell/walls.h"

namespace otmetka::sandbox::cell {
namespace {

struct Entry {  // linux_dirent64
  std::uint64_t inode;
  std::int64_t offset;
  unsigned short length;
  unsigned char type;
  char name[1];  // as long as it is
};

bool is_dot(const char* name) { return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')); }

// A folder's own folders are moved up beside it under new names, so that no depth of nesting needs a stack, a path or more
// than two descriptors.
class Emptier {
 public:
  explicit Emptier(int top) : top_(top) {}

  bool run() {
    while (true) {
      const Pass pass = empty(top_);
      if (pass == Pass::kFailed) return false;
      if (pass == Pass::kNothing) return true;
    }
  }

 private:
  enum class Pass { kNothing, kSome, kFailed };

  // One look through `folder`: files go, folders of the top are emptied into the top and go, deeper ones are moved up.
  Pass empty(int folder) {
    alignas(Entry) char buffer[16 * 1024];
    bool some = false;
    if (lseek(folder, 0, SEEK_SET) < 0) return Pass::kFailed;
    while (true) {
      const long length = syscall(SYS_getdents64, folder, buffer, sizeof(buffer));
      if (length < 0) return Pass::kFailed;
      if (length == 0) return some ? Pass::kSome : Pass::kNothing;
      for (long at = 0; at < length;) {
        const auto* entry = reinterpret_cast<const Entry*>(buffer + at);
        at += entry->length;
        if (is_dot(entry->name)) continue;
        some = true;
        if (!remove(folder, entry->name)) return Pass::kFailed;
      }
    }
  }

  bool remove(int folder, const char* name) {
    if (unlinkat(folder, name, 0) == 0) return true;
    if (unlinkat(folder, name, AT_REMOVEDIR) == 0) return true;
    return folder == top_ ? empty_and_remove(name) : move_up(folder, name);
  }

  bool empty_and_remove(const char* name) {
    const int inner = openat(top_, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner < 0) return false;
    Pass pass = Pass::kSome;
    while (pass == Pass::kSome) pass = empty(inner);
    close(inner);
    return pass == Pass::kNothing && unlinkat(top_, name, AT_REMOVEDIR) == 0;
  }

  bool move_up(int folder, const char* name) {
    char moved[32];
    do {
      std::snprintf(moved, sizeof(moved), ".wipe-%llu", next_++);
      if (syscall(SYS_renameat2, folder, name, top_, moved, 1u /* RENAME_NOREPLACE */) == 0) return true;
    } while (errno == EEXIST);
    return false;
  }

  int top_;
  unsigned long long next_ = 0;
};

// As it was born: a program may have closed its folder, and its times can hold some words for the next one.
bool restore(int folder) {
  const timespec epoch[2] = {{0, 0}, {0, 0}};
  return fchmod(folder, 0700) == 0 && futimens(folder, epoch) == 0;
}

}  // namespace

bool wipe() {
  for (const char* name : {"/w", "/tmp", "/dev/shm"}) {
    const int folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    const bool empty = Emptier(folder).run() && restore(folder);
    close(folder);
    if (!empty) return false;
  }
  return true;
}

}  // namespace otmetka::sandbox::cell
