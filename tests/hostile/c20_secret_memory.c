// C20: fills secret memory, 256 MiB at most.
// right: EXITED 0 / MEMORY_LIMIT
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

enum { kBytes = 256 << 20 };

int main(void) {
  const int secret = (int)syscall(SYS_memfd_secret, 0);
  if (secret < 0 || ftruncate(secret, kBytes) != 0) return verdict();
  char *bytes = mmap(NULL, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED, secret, 0);
  for (long at = 0; bytes != MAP_FAILED && at < kBytes; at += 4096) bytes[at] = 1;
  if (bytes != MAP_FAILED) went_through("secret memory beyond the limit");
  return verdict();
}
