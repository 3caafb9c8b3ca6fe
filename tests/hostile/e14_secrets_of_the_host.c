// E14: opens what the host keeps for itself: shadow, ssh keys, homes, the engine, its configuration, answers; by many roads.
// right: EXITED 0
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const char *names[] = {"etc/shadow", "etc/gshadow", "etc/sudoers", "etc/ssh", "etc/ssl/private", "etc/machine-id", "etc/hostname", "etc/resolv.conf", "etc/fstab", "etc/crontab",
                         "etc/otmetka", "root", "root/.ssh", "root/.ssh/id_rsa", "root/.bash_history", "home", "var", "var/lib/otmetka", "var/log", "run", "run/secrets",
                         "run/secrets/kubernetes.io", "srv", "opt", "mnt", "media", "boot", "sys", "usr/local", "usr/src", "lost+found", "work", "snap", "usr/bin/otmetka",
                         "tmp/review", ".dockerenv", "docker-entrypoint.sh", "initrd.img", "vmlinuz", "etc/passwd-", "etc/environment", "etc/profile"};
  const char *roads[] = {"/", "/../", "/w/../../", "/proc/self/root/", "/proc/self/cwd/../", "/proc/1/root/", "/proc/1/cwd/", "/dev/fd/0/../../", "/usr/bin/../../", "//",
                         "/bin/../../", "/lib64/../../", "/etc/alternatives/../../"};
  char path[256];
  for (unsigned road = 0; road < sizeof(roads) / sizeof(*roads); ++road) {
    for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) {
      snprintf(path, sizeof(path), "%s%s", roads[road], names[i]);
      refused(names[i], open(path, O_RDONLY | O_NONBLOCK));
      refused(names[i], open(path, O_PATH));
      struct stat info;
      if (lstat(path, &info) == 0) went_through(names[i]);
    }
  }
  // What no right should allow in what is shared: files that only root may read.
  const char *closed[] = {"/usr/lib/dbus-1.0/dbus-daemon-launch-helper", "/usr/bin/sudo", "/usr/lib/polkit-1"};
  for (int i = 0; i < 3; ++i) {
    struct stat info;
    if (stat(closed[i], &info) == 0 && (info.st_mode & 0004) == 0) refused(closed[i], open(closed[i], O_RDONLY));
  }
  // No other names in the root than those that a program needs.
  FILE *passwd = fopen("/etc/passwd", "r");
  char line[256];
  int lines = 0;
  while (passwd != 0 && fgets(line, sizeof(line), passwd) != 0) ++lines;
  if (lines != 1) went_through("accounts");
  return verdict();
}
