// D12: rewrites, cuts, closes and deletes its input, so that the next test would read something else; then the next test reads it.
// right: EXITED 0
// input: 7 11
// runs: spoil read
// prints: 7 11
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static void spoil(int file) {
  if (file < 0) return;
  refused("write", write(file, "0 0\n", 4));
  refused("pwrite", pwrite(file, "0 0\n", 4, 0));
  refused("ftruncate", ftruncate(file, 0));
  refused("fallocate", syscall(SYS_fallocate, file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0L, 4L));
  refused("copy_file_range", syscall(SYS_copy_file_range, file, 0, file, 0, 4, 0));
  refused("seal", fcntl(file, F_ADD_SEALS, F_SEAL_WRITE));
  refused("fchmod", fchmod(file, 0777));
  refused("fchmod_nothing", fchmod(file, 0));
  refused("futimens", futimens(file, (struct timespec[2]){{1, 1}, {1, 1}}));
  void *at = mmap(0, 4, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (at != MAP_FAILED) went_through("mmap");
  at = mmap(0, 4, PROT_READ, MAP_SHARED, file, 0);
  if (at != MAP_FAILED && mprotect(at, 4, PROT_READ | PROT_WRITE) == 0) went_through("mprotect");
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "spoil") == 0) {
    spoil(0);
    const int modes[] = {O_RDONLY, O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC, O_RDWR | O_APPEND};
    for (int i = 0; i < 5; ++i) {
      const int file = open("/proc/self/fd/0", modes[i]);
      if (file >= 0 && modes[i] != O_RDONLY) went_through("reopened_for_writing");
      spoil(file);
    }
    truncate("/proc/self/fd/0", 0);
    chmod("/proc/self/fd/0", 0);
    chmod("/dev/stdin", 0);
    lseek(0, 1000, SEEK_SET);
    return verdict();
  }
  char text[64];
  const ssize_t got = read(0, text, sizeof(text));
  if (got <= 0 || write(1, text, (size_t)got) != got) return 1;
  return 0;
}
