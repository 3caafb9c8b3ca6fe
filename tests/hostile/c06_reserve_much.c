// C06: reserves 1 TiB of addresses and touches one page of it, as Java, Go and ASan do. Only cgroups can tell that from using it.
// right: EXITED 0
// bare: weak EXITED 1
#include <stddef.h>
#include <sys/mman.h>

int main(void) {
  char *much = mmap(NULL, 1ul << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (much == MAP_FAILED) return 1;
  much[1ul << 39] = 1;
  return 0;
}
