// D03: writes a file without end; first, with SIGXFSZ ignored, every way to make one file large (32 MiB and more).
// right: OUTPUT_LIMIT
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static const off_t kFar = 32 << 20;

static void look(const char *way, int file) {
  struct stat info;
  if (fstat(file, &info) == 0 && (info.st_size >= kFar || info.st_blocks * 512L >= kFar)) went_through(way);
  close(file);
}

static int fresh(void) { return open("/w", O_TMPFILE | O_RDWR, 0600); }

static void ways(void) {
  char text[64 << 10];
  memset(text, 'x', sizeof(text));
  int file = fresh();
  if (file < 0) return;
  if (pwrite(file, "x", 1, kFar)) {}
  look("pwrite", file);
  file = fresh();
  lseek(file, kFar, SEEK_SET);
  if (write(file, "x", 1)) {}
  look("lseek", file);
  file = fresh();
  if (ftruncate(file, kFar)) {}
  look("ftruncate", file);
  file = fresh();
  syscall(SYS_fallocate, file, 0, 0L, (long)kFar);
  look("fallocate", file);
  file = fresh();
  syscall(SYS_fallocate, file, FALLOC_FL_KEEP_SIZE, 0L, (long)kFar);
  look("fallocate_keep_size", file);
  file = fresh();
  syscall(SYS_fallocate, file, FALLOC_FL_ZERO_RANGE, 0L, (long)kFar);
  look("fallocate_zero", file);
  int append = open("/dev/shm/long", O_CREAT | O_RDWR | O_APPEND, 0600);
  for (off_t at = 0; at < kFar; at += sizeof(text)) {
    if (write(append, text, sizeof(text)) <= 0) break;
  }
  off_t from = 0, to = 1 << 20;
  for (int i = 0; i < 64; ++i, from = 0) {
    if (copy_file_range(append, &from, append, &to, 1 << 20, 0) <= 0) break;
  }
  for (int i = 0; i < 64; ++i) {
    from = 0;
    if (sendfile(append, append, &from, 1 << 20) <= 0) break;
  }
  truncate("/dev/shm/long", kFar);
  look("append", append);
  unlink("/dev/shm/long");
  file = (int)syscall(SYS_memfd_create, "large", 0u);
  if (ftruncate(file, kFar)) {}
  syscall(SYS_fallocate, file, 0, 0L, (long)kFar);
  look("memfd", file);
}

int main(void) {
  signal(SIGXFSZ, SIG_IGN);
  ways();
  if (open_count > 0) return verdict();
  signal(SIGXFSZ, SIG_DFL);
  const int file = open("/w/endless", O_CREAT | O_WRONLY, 0600);
  char text[4096];
  memset(text, 'x', sizeof(text));
  while (write(file, text, sizeof(text)) > 0) {
  }
  return 2;
}
