// E02: mounts, unmounts, pivots, leaves by chroot, opens by handle; with high bits in the numbers and arguments too.
// right: EXITED 0
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *places[] = {"/w", "/tmp", "/dev/shm", "/usr/bin", "/", "/proc", "/etc"};
  const char *kinds[] = {"tmpfs", "proc", "sysfs", "overlay", "cgroup", "cgroup2", "devpts", "mqueue", "fuse", "bpf", "binfmt_misc"};
  for (int i = 0; i < 7; ++i) {
    for (int kind = 0; kind < 11; ++kind) refused("mount", syscall(SYS_mount, "none", places[i], kinds[kind], 0L, 0L));
    refused("bind", syscall(SYS_mount, "/usr", places[i], 0L, (long)MS_BIND | MS_REC, 0L));
    refused("remount", syscall(SYS_mount, 0L, places[i], 0L, (long)MS_REMOUNT | MS_BIND, 0L));
    refused("move", syscall(SYS_mount, "/w", places[i], 0L, (long)MS_MOVE, 0L));
    refused("propagation", syscall(SYS_mount, 0L, places[i], 0L, (long)MS_SHARED, 0L));
    refused("umount2", syscall(SYS_umount2, places[i], (long)MNT_DETACH));
    refused("umount2_high", syscall(SYS_umount2, places[i], MNT_DETACH | (1L << 32)));
    refused("pivot_root", syscall(SYS_pivot_root, places[i], places[i]));
    refused("chroot", syscall(SYS_chroot, places[i]));
  }
  refused("mount_high_number", syscall((1L << 32) | SYS_mount, "none", "/w", "tmpfs", 0L, 0L));
  mkdir("/w/inner", 0700);
  refused("chroot_inner", syscall(SYS_chroot, "/w/inner"));
  for (int i = 0; i < 100; ++i) {
    if (chdir("..") != 0) break;
  }
  struct stat here, root;
  if (stat(".", &here) == 0 && stat("/", &root) == 0 && (here.st_ino != root.st_ino || here.st_dev != root.st_dev)) went_through("above_the_root");
  if (access("/w/../../../../proc/1/root", F_OK) == 0) went_through("root_of_init");
  struct { unsigned bytes; int type; unsigned long long id[16]; } handle = {8, 1, {2}};
  for (int type = 0; type < 256; ++type) {
    handle.type = type;
    const int folder = open("/usr/bin", O_RDONLY);
    refused("open_by_handle_at", syscall(SYS_open_by_handle_at, folder, &handle, O_RDONLY));
    refused("open_by_handle_cwd", syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY));
    refused("open_by_handle_root", syscall(SYS_open_by_handle_at, -10002, &handle, O_RDONLY));  // FD_PIDFS_ROOT
    close(folder);
  }
  return verdict();
}
