// D20: watches folders that cells share, to see what others run: inotify, fanotify, dnotify, with high bits too; times of reading.
// The test may run other programs beside it, in another cell: nothing of them is seen.
// right: EXITED 0
#include <fcntl.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  refused("inotify_init", syscall(SYS_inotify_init));
  refused("inotify_init1", syscall(SYS_inotify_init1, IN_NONBLOCK));
  refused("inotify_init1_high", syscall(SYS_inotify_init1, 1L << 32));
  const char *folders[] = {"/usr/bin", "/usr/lib", "/w", "/tmp", "/dev/shm", "/dev", "/etc", "/", "/proc"};
  for (int i = 0; i < 9; ++i) {
    for (int fd = 0; fd < 8; ++fd) refused("inotify_add_watch", syscall(SYS_inotify_add_watch, fd, folders[i], (long)IN_ALL_EVENTS));
    const int folder = open(folders[i], O_RDONLY | O_DIRECTORY);
    if (folder < 0) continue;
    refused("dnotify", syscall(SYS_fcntl, folder, 1026L, 0x8000003fL));
    refused("dnotify_high", syscall(SYS_fcntl, folder, 1026L | (1L << 32), 0x8000003fL));
    refused("set_signal", syscall(SYS_fcntl, folder, 10L, 34L));
    refused("set_owner", syscall(SYS_fcntl, folder, 8L, (long)getpid()));
    struct epoll_event event = {.events = EPOLLIN};
    refused("epoll_folder", epoll_ctl(epoll_create1(0), EPOLL_CTL_ADD, folder, &event));
    close(folder);
  }
  for (unsigned flags = 0; flags < 0x1000; flags = flags == 0 ? 1 : flags << 1) {
    refused("fanotify_init", syscall(SYS_fanotify_init, (long)flags, 0L));
    refused("fanotify_init_report", syscall(SYS_fanotify_init, (long)(flags | 0x200), 0L));
  }
  refused("fanotify_mark", syscall(SYS_fanotify_mark, 0, 1, 0x20L, AT_FDCWD, "/usr/bin"));
  // Reading a shared file must not be written down where another cell can look.
  struct stat before, after;
  char byte;
  const int file = open("/usr/bin/env", O_RDONLY);
  if (file >= 0 && fstat(file, &before) == 0 && read(file, &byte, 1) == 1 && fstat(file, &after) == 0 &&
      (before.st_atim.tv_sec != after.st_atim.tv_sec || before.st_atim.tv_nsec != after.st_atim.tv_nsec)) {
    went_through("access_time");
  }
  // Devices are the host's own: whoever may write to one may also set its time to now, which every cell can read.
  const char *devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  const struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  for (int i = 0; i < 5; ++i) {
    refused("time_of_device", utimensat(AT_FDCWD, devices[i], 0, 0));
    refused("time_of_device_now", utimensat(AT_FDCWD, devices[i], now, 0));
    const int device = open(devices[i], O_RDWR);
    refused("time_of_device_by_descriptor", futimens(device, 0));
    if (device >= 0) close(device);
  }
  return verdict();
}
