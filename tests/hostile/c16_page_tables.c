// C16: reads one page in each 2 MiB of 1 TiB: what grows are page tables. Without cgroups the address space ends before it can.
// right: MEMORY_LIMIT
// bare: EXITED 0
// limits: cpu=5s wall=9s
#include <stddef.h>
#include <sys/mman.h>

enum { kStep = 2 << 20 };

int main(void) {
  const unsigned long bytes = 1ul << 40;
  volatile char *much = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (much == MAP_FAILED) return 0;
  madvise((void *)much, bytes, MADV_NOHUGEPAGE);
  int sum = 0;
  for (unsigned long at = 0; at < bytes / 4; at += kStep) sum += much[at];
  return 1 + sum;
}
