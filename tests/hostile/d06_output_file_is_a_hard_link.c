// D06: makes output.txt a hard link: of a file of its own, of the input, of system files, of descriptors.
// The test collects output.txt; it must be refused, since it has two names.
// right: EXITED 0
// refuses: output.txt other
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  refused("link_usr", linkat(AT_FDCWD, "/usr/bin/env", AT_FDCWD, "l1", AT_SYMLINK_FOLLOW));
  refused("link_etc", link("/etc/passwd", "l2"));
  refused("link_exe", linkat(AT_FDCWD, "/proc/self/exe", AT_FDCWD, "l3", AT_SYMLINK_FOLLOW));
  refused("link_stdin", linkat(AT_FDCWD, "/proc/self/fd/0", AT_FDCWD, "l4", AT_SYMLINK_FOLLOW));
  refused("link_stdout", linkat(AT_FDCWD, "/proc/self/fd/1", AT_FDCWD, "l5", AT_SYMLINK_FOLLOW));
  refused("link_empty_path", linkat(1, "", AT_FDCWD, "l6", AT_EMPTY_PATH));
  refused("link_device", link("/dev/null", "l7"));
  refused("link_folder", link("/w", "/w/l8"));
  const int own = open("/tmp/own", O_CREAT | O_RDWR, 0600);
  refused("link_over_mounts", link("/tmp/own", "/w/l9"));
  refused("rename_over_mounts", rename("/tmp/own", "/w/l10"));
  refused("exchange_over_mounts", renameat2(AT_FDCWD, "/tmp", AT_FDCWD, "/dev/shm", RENAME_EXCHANGE));
  close(own);
  const int file = open("/w/other", O_CREAT | O_WRONLY, 0600);
  if (write(file, "mine\n", 5) != 5 || link("/w/other", "/w/output.txt") != 0) return 2;
  return verdict();
}
