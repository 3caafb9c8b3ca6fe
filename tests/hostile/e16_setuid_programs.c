// E16: gains an id by a program with the set-user-id or set-group-id bit: the system's, and a copy of itself in the three folders.
// right: EXITED 0
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <grp.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

static void look(const char *place) {
  struct statvfs info;
  if (statvfs(place, &info) == 0 && (info.f_flag & ST_NOSUID) == 0) went_through(place);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "again") == 0) {
    uid_t ids[3];
    gid_t groups[3];
    getresuid(&ids[0], &ids[1], &ids[2]);
    getresgid(&groups[0], &groups[1], &groups[2]);
    return ids[0] == ids[1] && ids[1] == ids[2] && groups[0] == groups[1] && groups[1] == groups[2] && ids[0] != 0 ? 0 : 1;
  }
  const char *places[] = {"/", "/w", "/tmp", "/dev/shm", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec", "/proc", "/etc", "/dev"};
  for (unsigned i = 0; i < sizeof(places) / sizeof(*places); ++i) look(places[i]);
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) went_through("no_new_privs");
  refused("no_new_privs_off", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
  const char *copies[] = {"/w/copy", "/tmp/copy", "/dev/shm/copy"};
  for (int i = 0; i < 3; ++i) {
    const int from = open("/proc/self/exe", O_RDONLY);
    const int to = open(copies[i], O_CREAT | O_WRONLY, 0700);
    struct stat info;
    if (from < 0 || to < 0 || fstat(from, &info) != 0) return 2;
    for (off_t at = 0; at < info.st_size;) {
      if (sendfile(to, from, &at, (size_t)(info.st_size - at)) <= 0) return 2;
    }
    close(to);
    close(from);
    refused("chown_to_root", chown(copies[i], 0, 0));
    refused("chgrp", chown(copies[i], (uid_t)-1, 0));
    chmod(copies[i], 06755);
    const pid_t child = fork();
    if (child == 0) {
      execl(copies[i], copies[i], "again", (char *)0);
      _exit(0);
    }
    int status = 0;
    if (waitpid(child, &status, 0) == child && status != 0) went_through(copies[i]);
    unlink(copies[i]);
  }
  refused("setuid", setuid(0));
  refused("setgid", setgid(0));
  refused("setresuid", setresuid(0, 0, 0));
  refused("setresuid_65534", setresuid(65534, -1, -1));
  refused("setgroups", setgroups(0, 0));
  setfsuid(0);
  if (setfsuid(0) == 0) went_through("setfsuid");
  return verdict();
}
