// E23: makes code as it runs, as a JIT does: in memory that can be written and executed, and by a file in memory mapped twice. That is allowed.
// right: EXITED 0
// prints: 42 42 42
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __x86_64__
static const unsigned char kCode[] = {0xb8, 42, 0, 0, 0, 0xc3};  // mov $42, %eax; ret
#else
static const unsigned char kCode[] = {0x40, 0x05, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6};  // mov w0, #42; ret
#endif

static int call(void *at) {
  __builtin___clear_cache((char *)at, (char *)at + sizeof(kCode));
  return ((int (*)(void))at)();
}

int main(void) {
  void *both = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (both == MAP_FAILED) return 2;
  memcpy(both, kCode, sizeof(kCode));
  void *later = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (later == MAP_FAILED) return 3;
  memcpy(later, kCode, sizeof(kCode));
  if (mprotect(later, 4096, PROT_READ | PROT_EXEC) != 0) return 4;
  const int file = (int)syscall(SYS_memfd_create, "code", 0);
  if (file < 0 || ftruncate(file, 4096) != 0 || pwrite(file, kCode, sizeof(kCode), 0) != sizeof(kCode)) return 5;
  void *mapped = mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) return 6;
  printf("%d %d %d\n", call(both), call(later), call(mapped));
  return 0;
}
