// E06: sets up io_uring, and would make sockets and open files by it, past the filter; and the older asynchronous calls.
// right: EXITED 0
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  unsigned char parameters[120] = {0};
  for (unsigned bit = 0; bit < 20; ++bit) {
    for (int i = 0; i < 120; ++i) parameters[i] = 0;
    *(unsigned *)(parameters + 8) = bit == 0 ? 0 : 1u << (bit - 1);
    refused("io_uring_setup", syscall(425, 4, parameters));
    refused("io_uring_setup_high", syscall(425, (1L << 32) | 4, parameters));
    refused("io_uring_high_number", syscall((1L << 32) | 425, 4, parameters));
  }
  for (int fd = -1; fd < 8; ++fd) {
    refused("io_uring_enter", syscall(426, fd, 1, 0, 0, 0L, 0L));
    for (unsigned operation = 0; operation < 40; ++operation) refused("io_uring_register", syscall(427, fd, operation, 0L, 0));
  }
  refused("io_uring_registered_ring", syscall(427, -1, 1u << 31, 0L, 0));
  void *ring = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0x10000000);
  if (ring != MAP_FAILED) went_through("ring");
  unsigned long context = 0;
  refused("io_setup", syscall(SYS_io_setup, 1, &context));
  refused("io_submit", syscall(SYS_io_submit, context, 0L, 0L));
  refused("io_getevents", syscall(SYS_io_getevents, context, 0L, 0L, 0L, 0L));
  refused("io_pgetevents", syscall(333, context, 0L, 0L, 0L, 0L, 0L));
  refused("io_destroy", syscall(SYS_io_destroy, context));
  return verdict();
}
