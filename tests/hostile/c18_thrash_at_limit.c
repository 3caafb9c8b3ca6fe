// C18: fills memory up to the limit and then reads the system's files over and over: every page must go for the next. The test runs a
// clean program beside it, which must keep its verdict and nearly its time.
// right: TIME_LIMIT / IDLE_LIMIT / MEMORY_LIMIT
// limits: cpu=2s wall=4s
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { kAlmost = 58 << 20, kMost = 4 << 20 };

static int touch(const char *path) {
  struct stat info;
  int sum = 0;
  const int file = open(path, O_RDONLY | O_NOFOLLOW);
  if (file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
    const unsigned long size = info.st_size < kMost ? (unsigned long)info.st_size : kMost;
    const char *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
    for (unsigned long at = 0; bytes != MAP_FAILED && at < size; at += 4096) sum += bytes[at];
    if (bytes != MAP_FAILED) munmap((void *)bytes, size);
  }
  if (file >= 0) close(file);
  return sum;
}

int main(void) {
  volatile int sum = 0;
  char path[512];
  char *much = mmap(NULL, kAlmost, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (long at = 0; much != MAP_FAILED && at < kAlmost; at += 4096) much[at] = 1;
  for (;;) {
    DIR *entries = opendir("/usr/bin");
    if (entries == NULL) return 2;
    struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
      snprintf(path, sizeof(path), "/usr/bin/%s", entry->d_name);
      sum += touch(path);
    }
    closedir(entries);
  }
}
