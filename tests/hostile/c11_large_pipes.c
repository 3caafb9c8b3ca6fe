// C11: makes a thousand pipes of 1 MiB and fills them, in each process it may make.
// right: EXITED 0 / MEMORY_LIMIT
// limits: cpu=2s wall=5s
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

static char bytes[4096];

static uint64_t fill(void) {
  uint64_t filled = 0;
  for (int i = 0; i < 1000; ++i) {
    int ends[2];
    if (pipe2(ends, O_NONBLOCK) != 0) break;
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    while (write(ends[1], bytes, sizeof(bytes)) > 0) filled += sizeof(bytes);
  }
  return filled;
}

int main(void) {
  volatile uint64_t *filled = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int processes = 1;
  for (; processes < 100; ++processes) {
    const int pid = fork();
    if (pid < 0) break;
    if (pid > 0) continue;
    __sync_fetch_and_add(filled, fill());
    __sync_fetch_and_add(filled + 1, 1);
    for (;;) pause();
  }
  __sync_fetch_and_add(filled, fill());
  for (int tries = 0; tries < 300 && filled[1] + 1 < (uint64_t)processes; ++tries) usleep(10000);
  if (*filled > 64u << 20) went_through("more in pipes than the limit of memory");
  return verdict();
}
