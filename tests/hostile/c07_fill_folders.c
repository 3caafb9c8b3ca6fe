// C07: fills the work folder, /tmp and /dev/shm, 600 MiB at most, twice: the second run must find them empty and free. Without cgroups
// only the folders' own size holds.
// right: MEMORY_LIMIT / EXITED 0
// bare: weak EXITED 1
// runs: first second
// limits: cpu=2s wall=5s
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "try.inc"

static char bytes[1 << 20];
static int written;

static void look(const char *folder) {
  DIR *entries = opendir(folder);
  struct statfs info;
  struct dirent *entry;
  while (entries != NULL && (entry = readdir(entries)) != NULL) {
    if (entry->d_name[0] != '.') went_through("a file of an earlier run");
  }
  if (statfs(folder, &info) != 0 || info.f_blocks - info.f_bfree > 64) went_through("room taken by an earlier run");
}

static void fill(const char *folder) {
  for (int i = 0; i < 200; ++i) {
    char path[64];
    snprintf(path, sizeof(path), "%s/%d", folder, i);
    const int file = open(path, O_CREAT | O_WRONLY, 0600);
    if (file < 0 || write(file, bytes, sizeof(bytes)) != sizeof(bytes)) return;
    close(file);
    ++written;
  }
}

int main(void) {
  static const char *const folders[] = {"/w", "/tmp", "/dev/shm"};
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 3; ++i) look(folders[i]);
  if (verdict() != 0) return 2;
  for (int i = 0; i < 3; ++i) fill(folders[i]);
  if (written > 64) went_through("more in files than the limit of memory");
  return verdict();
}
