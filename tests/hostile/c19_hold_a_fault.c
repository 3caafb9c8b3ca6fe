// C19: holds a page fault for ever by userfaultfd.
// right: EXITED 0 / IDLE_LIMIT
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  long fault = syscall(SYS_userfaultfd, O_CLOEXEC);
  if (fault < 0) fault = syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
  if (fault < 0) {
    refused("/dev/userfaultfd", open("/dev/userfaultfd", O_RDWR));
    return verdict();
  }
  volatile char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  struct uffdio_api version = {.api = UFFD_API};
  struct uffdio_register range = {.range = {(unsigned long)page, 4096}, .mode = UFFDIO_REGISTER_MODE_MISSING};
  ioctl((int)fault, UFFDIO_API, &version);
  ioctl((int)fault, UFFDIO_REGISTER, &range);
  return 2 + *page;
}
