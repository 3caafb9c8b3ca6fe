// C14: touches 60 MiB of its 64. In both cells at once, again and again.
// right: EXITED 0
// at once: 2
// repeat: 20
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

enum { kBytes = 60 << 20 };

int main(void) {
  char *much = mmap(NULL, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (much == MAP_FAILED) return 1;
  for (long i = 0; i < kBytes; i += 4096) much[i] = 1;
  usleep(50000);
  return 0;
}
