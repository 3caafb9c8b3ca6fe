// E18: climbs out by a folder that was left open: /proc/self/fd/N/.., fchdir, openat relative to each descriptor, cwd of others.
// right: EXITED 0
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

// Whether a folder is one of this cell: the cell's root has neither /home nor /var.
static void look(const char *name, int folder) {
  if (folder < 0) return;
  struct stat info;
  enum { kRoot = 2 };
  const char *there[] = {"home", "var", "root", "boot", "etc/shadow", "../home", "../../home", "../../../../../../home", "../../../../../../etc/shadow"};
  for (unsigned i = 0; i < sizeof(there) / sizeof(*there); ++i) {
    if (i == kRoot && strncmp(name, "/proc", 5) == 0) continue;  // each process has a link of that name
    if (fstatat(folder, there[i], &info, AT_SYMLINK_NOFOLLOW) == 0) went_through(name);
  }
}

int main(void) {
  char path[300];
  for (int fd = 0; fd < 1024; ++fd) {
    refused("fchdir", fchdir(fd));
    refused("openat", openat(fd, "..", O_RDONLY));
    refused("openat_dot", openat(fd, ".", O_PATH));
    snprintf(path, sizeof(path), "/proc/self/fd/%d/..", fd);
    refused("proc_fd", open(path, O_RDONLY));
    struct open_how how = {.flags = O_PATH, .resolve = 0};
    refused("openat2", syscall(SYS_openat2, fd, "..", &how, sizeof(how)));
  }
  const char *starts[] = {"/", "/w", "/tmp", "/dev/shm", "/usr/bin", "/proc", "/proc/self", "/proc/self/cwd", "/proc/self/root", "/dev/fd", "/etc/alternatives", "/proc/self/task"};
  for (unsigned i = 0; i < sizeof(starts) / sizeof(*starts); ++i) look(starts[i], open(starts[i], O_PATH | O_DIRECTORY));
  // A folder moved from under the one who stands in it.
  mkdir("/w/a", 0700);
  mkdir("/w/a/b", 0700);
  mkdir("/w/c", 0700);
  const int inner = open("/w/a/b", O_RDONLY | O_DIRECTORY);
  rename("/w/a/b", "/w/c/b");
  look("moved", inner);
  rmdir("/w/c/b");
  look("removed", inner);
  look("above_removed", openat(inner, "../../../..", O_RDONLY));
  // Links are not followed in what it can write.
  if (symlink("/", "/w/link") == 0) refused("link", open("/w/link/usr", O_PATH));
  if (symlink("/proc/self/root", "/tmp/link") == 0) refused("link", open("/tmp/link/etc/passwd", O_RDONLY));
  return verdict();
}
