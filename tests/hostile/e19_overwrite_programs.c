// E19: overwrites the program that runs: its own file in memory, the init's, the system's; then takes every right and its time from its own,
// which the next run is started from.
// right: EXITED 0
// runs: spoil again spoil again
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static void spoil(const char *path) {
  const int modes[] = {O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC, O_RDWR | O_APPEND};
  for (int i = 0; i < 4; ++i) refused(path, open(path, modes[i]));
  refused(path, truncate(path, 0));
  refused(path, open(path, O_RDONLY | O_TRUNC));
  const int file = open(path, O_RDONLY);
  if (file < 0) return;
  refused(path, write(file, "x", 1));
  refused(path, ftruncate(file, 0));
  refused(path, syscall(SYS_fallocate, file, 3, 0L, 4096L));
  refused(path, syscall(SYS_fcntl, file, 1033L, 0x3fL));
  if (mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) != MAP_FAILED) went_through("map_shared");
  void *at = mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0);
  if (at != MAP_FAILED && mprotect(at, 4096, PROT_READ | PROT_WRITE) == 0) went_through("mprotect");
  if (at != MAP_FAILED && madvise(at, 4096, MADV_REMOVE) == 0) went_through("madvise_remove");
  close(file);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "again") == 0) return 0;
  const char *paths[] = {"/proc/self/exe", "/proc/1/exe", "/proc/thread-self/exe", "/usr/bin/env", "/lib64/ld-linux-x86-64.so.2", "/usr/bin/python3", "/bin/sh"};
  for (unsigned i = 0; i < sizeof(paths) / sizeof(*paths); ++i) spoil(paths[i]);
  // Its own mapping may be written as a private copy; that must not reach the file.
  const unsigned long page = (unsigned long)&main & ~4095UL;
  if (mprotect((void *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0) {
    char before, after = 0;
    const int file = open("/proc/self/exe", O_RDONLY);
    const int memory = open("/proc/self/mem", O_RDWR);
    if (file >= 0 && memory >= 0 && pread(file, &before, 1, 0) == 1 && pwrite(memory, "x", 1, (off_t)0x400000) == 1 && pread(file, &after, 1, 0) == 1 && before != after) {
      went_through("proc_mem");
    }
  }
  chmod("/proc/self/exe", 0);
  const int file = open("/proc/self/exe", O_PATH);
  syscall(SYS_fchmodat, file, "", 0);
  syscall(452, file, "", 0, AT_EMPTY_PATH);
  return verdict();
}
