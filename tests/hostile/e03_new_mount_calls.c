// E03: the newer calls for mounts: fsopen, fsconfig, fsmount, fspick, move_mount, open_tree, mount_setattr, statmount, listmount and what
// comes after them.
// right: EXITED 0
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *kinds[] = {"tmpfs", "proc", "overlay", "cgroup2", "ramfs", "ext4", "nfs", "fuse"};
  for (int i = 0; i < 8; ++i) {
    refused("fsopen", syscall(430, kinds[i], 0L));
    refused("fsopen_high", syscall(430, kinds[i], 1L << 32));
  }
  const char *places[] = {"/", "/w", "/usr/bin", "/proc"};
  for (int i = 0; i < 4; ++i) {
    refused("open_tree", syscall(428, AT_FDCWD, places[i], 0L));
    refused("open_tree_clone", syscall(428, AT_FDCWD, places[i], 1L | O_CLOEXEC | 0x8000));
    refused("open_tree_attr", syscall(467, AT_FDCWD, places[i], 1L, 0L, 0L));
    refused("move_mount", syscall(429, AT_FDCWD, places[i], AT_FDCWD, "/w", 0L));
    refused("fspick", syscall(433, AT_FDCWD, places[i], 0L));
    unsigned long long attributes[4] = {0, 1, 0, 0};
    refused("mount_setattr", syscall(442, AT_FDCWD, places[i], 0L, attributes, sizeof(attributes)));
    unsigned long long none[4] = {0};
    refused("mount_setattr_none", syscall(442, AT_FDCWD, places[i], 0x8000L, none, sizeof(none)));
  }
  for (int fd = 0; fd < 8; ++fd) {
    refused("fsconfig", syscall(431, fd, 6, 0L, 0L, 0));
    refused("fsmount", syscall(432, fd, 0, 0));
  }
  char room[4096];
  unsigned long long request[4] = {32, 0xffffffffffffffffULL, 0x3f, 0};
  refused("statmount", syscall(457, request, room, sizeof(room), 0L));
  refused("listmount", syscall(458, request, room, 16L, 0L));
  refused("listns", syscall(470, request, room, 16L, 0L));
  return verdict();
}
