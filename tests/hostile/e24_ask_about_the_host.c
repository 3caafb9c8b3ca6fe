// E24: asks calls that tell of the host: handles, mounts, folders that are not there, names that a network would tell, the machine's name.
// right: EXITED 0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *places[] = {"/", "/w", "/usr/bin", "/proc", "/dev/null", "/proc/self/exe"};
  struct { unsigned bytes; int type; char bytes_of[128]; } handle;
  const int flags[] = {0, AT_EMPTY_PATH, AT_SYMLINK_FOLLOW, 0x200, 1};
  for (int i = 0; i < 6; ++i) {
    for (int flag = 0; flag < 5; ++flag) {
      int mount = -1;
      handle.bytes = 128;
      errno = 0;
      // EOVERFLOW and a size would be an answer as well.
      const long result = syscall(SYS_name_to_handle_at, AT_FDCWD, places[i], &handle, &mount, flags[flag]);
      if (result >= 0 || errno == EOVERFLOW || mount >= 0) went_through("name_to_handle_at");
    }
  }
  // Whether something is there must have one answer for what the host has and for what nobody has.
  const char *there[] = {"/home", "/root", "/var", "/run", "/opt", "/srv", "/boot", "/sys", "/mnt", "/usr/local", "/etc/shadow", "/root/.ssh", "/usr/src"};
  for (unsigned i = 0; i < sizeof(there) / sizeof(*there); ++i) {
    struct statx info;
    errno = 0;
    if (statx(AT_FDCWD, there[i], AT_SYMLINK_NOFOLLOW, STATX_ALL, &info) == 0 || errno != ENOENT) went_through(there[i]);
    errno = 0;
    if (access(there[i], F_OK) == 0 || errno != ENOENT) went_through(there[i]);
    char long_name[64];
    snprintf(long_name, sizeof(long_name), "%s/nobody-has-this", there[i]);
    errno = 0;
    if (mkdir(long_name, 0700) == 0 || (errno != ENOENT && errno != EROFS)) went_through(there[i]);
  }
  struct utsname names;
  if (uname(&names) == 0 && (strcmp(names.nodename, "cell") != 0 || (strcmp(names.domainname, "(none)") != 0 && names.domainname[0] != '\0'))) went_through("host_name");
  // The root holds what it was given and nothing else.
  const char *expected[] = {".", "..", "bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp", "usr", "w"};
  DIR *root = opendir("/");
  for (struct dirent *one; root != 0 && (one = readdir(root)) != 0;) {
    int known = 0;
    for (unsigned i = 0; i < sizeof(expected) / sizeof(*expected); ++i) known |= strcmp(one->d_name, expected[i]) == 0;
    if (!known) went_through("unknown_in_root");
  }
  return verdict();
}
