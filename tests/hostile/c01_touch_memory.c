// C01: takes and touches memory, 1 GiB at most. Without cgroups the address space ends first and malloc says so.
// right: MEMORY_LIMIT
// bare: weak EXITED 1
#include <stdlib.h>
#include <string.h>

int main(void) {
  for (int i = 0; i < 1024; ++i) {
    char *piece = malloc(1 << 20);
    if (piece == NULL) return 1;
    memset(piece, 1, 1 << 20);
  }
  return 2;
}
