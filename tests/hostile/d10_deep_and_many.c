// D10: folders a hundred thousand deep and a million files, as far as the count of files lets it, first deep, then wide, then both.
// right: EXITED 0
// limits: cpu=5s wall=10s
// runs: deep find wide find both find
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "try.inc"

static int deep(int most) {
  int made = 0;
  // Each step costs in proportion to the depth (Landlock walks up to the root): a second of it is some thousands.
  const clock_t until = clock() + CLOCKS_PER_SEC;
  while (made < most && clock() < until && mkdir("d", 0700) == 0 && chdir("d") == 0) ++made;
  return made;
}

static int wide(const char *folder, int most) {
  char name[64];
  int made = 0;
  for (; made < most; ++made) {
    snprintf(name, sizeof(name), "%s/%d", folder, made);
    const int file = open(name, O_CREAT | O_WRONLY, 0600);
    if (file < 0) break;
    close(file);
  }
  return made;
}

static int many_links(int most) {
  char name[64];
  int made = 0;
  for (; made < most; ++made) {
    snprintf(name, sizeof(name), "/dev/shm/l%d", made);
    if (link("/dev/shm/0", name) != 0) break;
  }
  return made;
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  if (strcmp(argv[1], "deep") == 0) {
    if (deep(100000) >= 100000) went_through("depth");
  } else if (strcmp(argv[1], "wide") == 0) {
    if (wide("/tmp", 1000000) >= 1000000) went_through("files");
  } else if (strcmp(argv[1], "both") == 0) {
    // Hard links cost no inode on some file systems; on a bounded tmpfs they must be counted as well.
    if (wide("/dev/shm", 1) != 1) return 2;
    if (many_links(1000000) >= 1000000) went_through("links");
    for (int i = 0; i < 4000; ++i) {
      char name[64];
      snprintf(name, sizeof(name), "/dev/shm/l%d", i);
      unlink(name);
    }
    if (chdir("/tmp") == 0) deep(1000);
    for (int chain = 0; chain < 50; ++chain) {
      char name[32];
      snprintf(name, sizeof(name), "/w/%d", chain);
      if (mkdir(name, 0700) != 0 || chdir(name) != 0) break;
      deep(20);
    }
  } else {
    const char *folders[] = {"/w", "/tmp", "/dev/shm"};
    for (int i = 0; i < 3; ++i) {
      DIR *list = opendir(folders[i]);
      int entries = 0;
      while (list != 0 && readdir(list) != 0) ++entries;
      if (entries != 2) went_through(folders[i]);
    }
    if (wide("/w", 1000) != 1000) went_through("no_room_left");
  }
  return verdict();
}
