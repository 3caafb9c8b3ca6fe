// C08: fills files in memory, 240 MiB at most. Without cgroups nothing counts them together.
// right: MEMORY_LIMIT
// bare: weak EXITED 1
// limits: cpu=2s wall=5s
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "try.inc"

static char bytes[1 << 20];

static int fill(void) {
  int filled = 0;
  for (int i = 0; i < 48; ++i) {
    const int file = memfd_create("file", 0);
    if (file >= 0 && ftruncate(file, 1 << 20) == 0 && write(file, bytes, sizeof(bytes)) == sizeof(bytes)) ++filled;
  }
  return filled;
}

int main(void) {
  volatile int *filled = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  signal(SIGXFSZ, SIG_IGN);
  for (int i = 0; i < 4; ++i) {
    if (fork() != 0) continue;
    __sync_fetch_and_add(filled, fill());
    __sync_fetch_and_add(filled + 1, 1);
    for (;;) pause();
  }
  __sync_fetch_and_add(filled, fill());
  for (int tries = 0; tries < 300 && filled[1] < 4; ++tries) usleep(10000);
  if (*filled > 64) went_through("more in files than the limit of memory");
  return verdict();
}
