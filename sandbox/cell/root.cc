#include "sandbox/cell/root.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <initializer_list>

#ifndef MS_NOSYMFOLLOW
#define MS_NOSYMFOLLOW 256
#endif

namespace otmetka::sandbox::cell {
namespace {

constexpr std::size_t kPathBytes = 4096;
const char* new_root = nullptr;  // a folder of the host that is covered, in this mount namespace only

// One that nothing is taken from.
bool choose_new_root(const SetupView& setup) {
  for (const char* place : {"/tmp", "/mnt", "/srv", "/media", "/sys"}) {
    const std::size_t length = std::strlen(place);
    const bool apart = setup.for_each_bind([&](const char* from, const char*) {
      return std::strncmp(from, place, length) != 0 || (from[length] != '/' && from[length] != '\0');
    });
    if (!apart || access(place, F_OK) != 0) continue;
    new_root = place;
    return true;
  }
  errno = ENOENT;
  return false;
}

struct Path {
  char text[kPathBytes];
  explicit Path(const char* below) { std::snprintf(text, sizeof(text), "%s%s", new_root, below); }
};

// Every folder on the way to `path`, and `path` itself when it is to be a folder.
bool make_way(char* path, bool folder) {
  for (char* slash = path + std::strlen(new_root) + 1; (slash = std::strchr(slash, '/')) != nullptr; ++slash) {
    *slash = '\0';
    const bool there = mkdir(path, 0755) == 0 || errno == EEXIST;
    *slash = '/';
    if (!there) return false;
  }
  if (folder) return mkdir(path, 0755) == 0 || errno == EEXIST;
  const int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0444);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

// mount_setattr (Linux 5.12) reaches every mount below; flags that the host has locked stay as they are.
bool make_read_only(const char* path) {
  struct {
    std::uint64_t set, clear, propagation, userns;
  } attributes{MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, 0, MS_PRIVATE, 0};
  return syscall(SYS_mount_setattr, AT_FDCWD, path, AT_RECURSIVE, &attributes, sizeof(attributes)) == 0;
}

// A link is made anew (/bin → usr/bin), a file or folder bound read-only; what the host does not have is left out.
bool take_from_host(const char* path, const char* place, Failure& failure) {
  struct stat info {};
  Path inside(place);
  if (lstat(path, &info) != 0) return true;
  if (S_ISLNK(info.st_mode)) {
    char target[kPathBytes];
    const ssize_t length = readlink(path, target, sizeof(target) - 1);
    if (length < 0) return failure.fail("readlink");
    target[length] = '\0';
    return failure.check(symlink(target, inside.text) == 0, "symlink");
  }
  return failure.check(make_way(inside.text, S_ISDIR(info.st_mode)), "mount point") &&
         failure.check(mount(path, inside.text, nullptr, MS_BIND | MS_REC, nullptr) == 0, "bind") &&
         failure.check(make_read_only(inside.text), "read-only bind");
}

bool write_new(const char* path, const char* text) {
  Path inside(path);
  const int fd = open(inside.text, O_CREAT | O_WRONLY | O_CLOEXEC, 0444);
  if (fd < 0) return false;
  const auto length = static_cast<ssize_t>(std::strlen(text));
  const bool written = write(fd, text, static_cast<std::size_t>(length)) == length;
  close(fd);
  return written;
}

bool make_etc(Failure& failure) {
  return failure.check(make_way(Path("/etc").text, true), "/etc") &&
         failure.check(write_new("/etc/passwd", "program:x:1000:1000::/w:/bin/sh\n"), "/etc/passwd") &&
         failure.check(write_new("/etc/group", "program:x:1000:\n"), "/etc/group") &&
         failure.check(write_new("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"), "/etc/nsswitch.conf") &&
         failure.check(write_new("/etc/hosts", "127.0.0.1 localhost\n"), "/etc/hosts");
}

bool make_dev(Failure& failure) {
  if (!failure.check(make_way(Path("/dev").text, true), "/dev")) return false;
  for (const char* device : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}) {
    Path inside(device);
    if (!failure.check(make_way(inside.text, false), "device") ||
        !failure.check(mount(device, inside.text, nullptr, MS_BIND, nullptr) == 0, "bind device") ||
        // Writing to a device goes on; its times and mode, which are the host's, stay.
        !failure.check(mount(nullptr, inside.text, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NOEXEC, nullptr) == 0,
                       "read-only device")) {
      return false;
    }
  }
  return failure.check(symlink("/proc/self/fd", Path("/dev/fd").text) == 0, "/dev/fd") &&
         failure.check(symlink("/proc/self/fd/0", Path("/dev/stdin").text) == 0, "/dev/stdin") &&
         failure.check(symlink("/proc/self/fd/1", Path("/dev/stdout").text) == 0, "/dev/stdout") &&
         failure.check(symlink("/proc/self/fd/2", Path("/dev/stderr").text) == 0, "/dev/stderr");
}

// One tmpfs in three places, so that its size and its count of files bound them together. The program owns all three.
bool make_scratch(const Setup& setup, Failure& failure) {
  constexpr unsigned long kFlags = MS_NOSUID | MS_NODEV | MS_NOSYMFOLLOW;
  char options[96];
  std::snprintf(options, sizeof(options), "size=%llu,nr_inodes=%llu,mode=755", static_cast<unsigned long long>(setup.scratch_bytes),
                static_cast<unsigned long long>(setup.scratch_inodes));
  Path whole("/w");
  if (!failure.check(make_way(whole.text, true), "/w") ||
      !failure.check(mount("scratch", whole.text, "tmpfs", kFlags, options) == 0, "scratch")) {
    return false;
  }
  for (const char* name : {"/dev/shm", "/tmp", "/w"}) {  // /w last: it covers the whole
    Path part("");
    std::snprintf(part.text, sizeof(part.text), "%s/w%s", new_root, std::strrchr(name, '/'));
    Path place(name);
    if (!failure.check(mkdir(part.text, 0700) == 0, "scratch folder") ||
        !failure.check(chown(part.text, kProgramId, kProgramId) == 0, "scratch owner") ||
        !failure.check(make_way(place.text, true), "scratch place") ||
        !failure.check(mount(part.text, place.text, nullptr, MS_BIND, nullptr) == 0, "bind scratch") ||
        !failure.check(mount(nullptr, place.text, nullptr, MS_REMOUNT | MS_BIND | kFlags, nullptr) == 0, "scratch flags")) {
      return false;
    }
  }
  return true;
}

// What a program sees is read-only and shows no other id's processes. The init keeps another mount that nobody can name, to put its
// program first in line when memory runs out (cell/child.cc) and to see what it waited for a CPU (cell/usage.h).
int open_writable_proc() {
  Path place("/w");  // anything that is there for a moment
  if (mount("proc", place.text, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid") != 0) return -1;
  const int folder = open(place.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  umount2(place.text, MNT_DETACH);
  return folder;
}

// subset=pid (Linux 5.8) leaves nothing of /proc but processes, hidepid those of the program's own id. A host whose own
// /proc is partly covered (some containers) does not let a new one be mounted: then there is none.
void make_proc(Walls& walls) {
  constexpr unsigned long kFlags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY;
  Path place("/proc");
  if (!make_way(place.text, true)) return;
  if (mount("proc", place.text, "proc", kFlags, "subset=pid,hidepid=invisible") == 0) {
    walls.raised |= kWallProcPrivate | kWallProcSubset;
  } else if (mount("proc", place.text, "proc", kFlags, "hidepid=2") == 0) {
    walls.raised |= kWallProcPrivate;
    for (const char* masked : {"/proc/kcore", "/proc/kallsyms", "/proc/keys", "/proc/key-users", "/proc/timer_list", "/proc/sched_debug",
                               "/proc/loadavg", "/proc/stat", "/proc/meminfo", "/proc/mounts", "/proc/cmdline"}) {
      mount("/dev/null", Path(masked).text, nullptr, MS_BIND, nullptr);
    }
  }
}

bool enter(Failure& failure) {
  return failure.check(chdir(new_root) == 0, "chdir to the new root") &&
         failure.check(syscall(SYS_pivot_root, ".", ".") == 0, "pivot_root") &&
         failure.check(umount2(".", MNT_DETACH) == 0, "unmount the host's root") && failure.check(chdir("/") == 0, "chdir") &&
         failure.check(mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, nullptr) == 0,
                       "read-only root");
}

}  // namespace

bool build_root(const SetupView& setup, Walls& walls, Failure& failure) {
  umask(022);
  if (!failure.check(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private mounts") ||
      !failure.check(choose_new_root(setup), "a folder to cover") ||
      !failure.check(mount("root", new_root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=4k,mode=755") == 0, "new root") ||
      !make_etc(failure) ||
      !setup.for_each_bind([&](const char* from, const char* to) { return take_from_host(from, to, failure); }) ||
      !make_dev(failure) || !make_scratch(*setup, failure)) {
    return false;
  }
  walls.own_proc = open_writable_proc();
  walls.oom_score.open(walls.own_proc);
  make_proc(walls);
  if (!enter(failure)) return false;
  return true;
}

}  // namespace otmetka::sandbox::cell
