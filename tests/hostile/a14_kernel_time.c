// A14: burns the kernel's time for it: reading /dev/zero, mapping and unmapping.
// right: TIME_LIMIT
// limits: cpu=300ms wall=3s
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static char room[1 << 20];

int main(void) {
  const int zero = open("/dev/zero", O_RDONLY);
  for (;;) {
    if (read(zero, room, sizeof(room)) < 0) return 2;
    void *piece = mmap(NULL, sizeof(room), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (piece == MAP_FAILED) return 2;
    munmap(piece, sizeof(room));
  }
}
