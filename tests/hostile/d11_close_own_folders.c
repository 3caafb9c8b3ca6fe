// D11: takes every right from its own folders, nested ones too, and from the work folder, /tmp and /dev/shm themselves.
// right: EXITED 0
// runs: leave find
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "try.inc"

static const char *kFolders[] = {"/w", "/tmp", "/dev/shm"};

static int leave(void) {
  for (int i = 0; i < 3; ++i) {
    if (chdir(kFolders[i]) != 0) return 2;
    if (mkdir("a", 0700) != 0 || mkdir("a/b", 0700) != 0 || mkdir("a/b/c", 0700) != 0 || mkdir("a/b/c/d", 01777) != 0) return 2;
    const int file = open("a/b/c/file", O_CREAT | O_WRONLY, 0000);
    if (file < 0) return 2;
    close(file);
    if (chmod("a/b/c/d", 01000) != 0 || chmod("a/b/c", 07000) != 0 || chmod("a/b", 0000) != 0 || chmod("a", 01000) != 0) return 2;
    refused("give_away", chown("a", 0, 0));
    refused("give_away_to_others", chown("a", 65534, -1));
    if (chmod(kFolders[i], i == 0 ? 0000 : i == 1 ? 07777 : 01000) != 0) return 2;
  }
  return verdict();
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "leave") == 0) return leave();
  for (int i = 0; i < 3; ++i) {
    struct stat info;
    if (stat(kFolders[i], &info) != 0 || (info.st_mode & 07777) != 0700 || info.st_uid != getuid()) went_through("rights_left");
    DIR *list = opendir(kFolders[i]);
    int entries = 0;
    while (list != 0 && readdir(list) != 0) ++entries;
    if (entries != 2) went_through(kFolders[i]);
    if (list != 0) closedir(list);
  }
  char here[16] = "";
  if (getcwd(here, sizeof(here)) == 0 || strcmp(here, "/w") != 0) went_through("elsewhere");
  const int file = open("mine", O_CREAT | O_WRONLY, 0600);
  if (file < 0) went_through("cannot_write");
  return verdict();
}
