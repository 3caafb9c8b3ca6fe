// D04: makes standard output a sparse file of 1 EiB: by ftruncate, by writing far away, by fallocate, by a second opening, by its mapping.
// right: OUTPUT_LIMIT
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static const off_t kFar = (off_t)1 << 60;

static int far_away(int file) {
  struct stat info;
  return fstat(file, &info) == 0 && (info.st_size > (64 << 20) || info.st_blocks * 512L > (64 << 20));
}

static void ways(int file) {
  for (off_t size = kFar; size >= (64 << 20); size >>= 4) {
    if (ftruncate(file, size)) {}
    if (pwrite(file, "x", 1, size)) {}
    syscall(SYS_fallocate, file, 0, size, 4096L);
    syscall(SYS_fallocate, file, FALLOC_FL_KEEP_SIZE, size, 4096L);
    syscall(SYS_fallocate, file, FALLOC_FL_INSERT_RANGE, 0L, size);
  }
  void *at = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, kFar - 4096);
  if (at != MAP_FAILED) munmap(at, 4096);
}

int main(void) {
  signal(SIGXFSZ, SIG_IGN);
  ways(1);
  ways(2);
  const int again = open("/proc/self/fd/1", O_RDWR);
  if (again >= 0) ways(again);
  if (far_away(1) || far_away(2)) {
    if (ftruncate(1, 0)) {}
    went_through("sparse");
    return verdict();
  }
  signal(SIGXFSZ, SIG_DFL);
  if (ftruncate(1, kFar)) {}
  return 2;
}
