// D21: locks files that cells share, in every way and with every command number near: a lock seen by another cell is a channel.
// right: EXITED 0
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static void try_file(int file) {
  const long kinds[] = {F_RDLCK, F_WRLCK, F_UNLCK};
  for (int kind = 0; kind < 3; ++kind) {
    struct flock lock = {.l_type = (short)kinds[kind], .l_whence = SEEK_SET};
    const long commands[] = {F_SETLK, 37};
    for (int i = 0; i < 2; ++i) {
      refused("fcntl", syscall(SYS_fcntl, file, commands[i], &lock));
      refused("fcntl_high", syscall(SYS_fcntl, file, commands[i] | (1L << 32), &lock));
      refused("fcntl_negative", syscall(SYS_fcntl, file, commands[i] | ~0xffffffffL, &lock));
    }
    refused("wait_lock", syscall(SYS_fcntl, file, (long)F_SETLKW, &lock));
    refused("wait_ofd_lock", syscall(SYS_fcntl, file, 38L, &lock));
    refused("lease", syscall(SYS_fcntl, file, 1024L, kinds[kind]));
    refused("delegation", syscall(SYS_fcntl, file, 1040L, &lock));
  }
  const long operations[] = {LOCK_SH | LOCK_NB, LOCK_EX | LOCK_NB, LOCK_UN, 32 | LOCK_NB | 64, 32 | 128 | LOCK_NB};
  for (int i = 0; i < 5; ++i) refused("flock", syscall(SYS_flock, file, operations[i]));
  refused("hint", syscall(SYS_fcntl, file, 1036L, &(unsigned long){1}));
  refused("hint_file", syscall(SYS_fcntl, file, 1038L, &(unsigned long){1}));
}

int main(void) {
  const char *names[] = {"/usr/bin/env", "/usr/bin", "/usr/lib", "/etc/ld.so.cache", "/etc/passwd", "/dev/null", "/dev/zero", "/proc/self/exe",
                         "/proc/self/fd/0", "/"};
  for (int i = 0; i < 10; ++i) {
    const int file = open(names[i], O_RDONLY);
    if (file >= 0) try_file(file);
    if (file >= 0) close(file);
  }
  const int writable = open("/dev/null", O_RDWR);
  if (writable >= 0) try_file(writable);
  return verdict();
}
