// E21: changes the processor's state: local descriptors, ports, segments, faulting CPUID, restartable sequences, the 32-bit vdso.
// right: EXITED 0
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
#ifdef __x86_64__
  unsigned descriptor[4] = {0, 0, 0xfffff, 0x51};
  char room[64];
  refused("modify_ldt_read", syscall(SYS_modify_ldt, 0L, room, sizeof(room)) < 0 ? -1 : 0);
  refused("modify_ldt", syscall(SYS_modify_ldt, 1L, descriptor, sizeof(descriptor)));
  refused("modify_ldt_new", syscall(SYS_modify_ldt, 0x11L, descriptor, sizeof(descriptor)));
  refused("modify_ldt_high", syscall(SYS_modify_ldt, 0x100000011L, descriptor, sizeof(descriptor)));
  refused("set_thread_area", syscall(SYS_set_thread_area, descriptor));
  refused("ioperm", syscall(SYS_ioperm, 0x80L, 1L, 1));
  refused("ioperm_all", syscall(SYS_ioperm, 0L, 65536L, 1));
  for (long level = 0; level <= 3; ++level) refused("iopl", syscall(SYS_iopl, level));
  // No effect beyond its own thread; the run after it sees nothing. A far segment is an error.
  refused("arch_set_gs_kernel", syscall(SYS_arch_prctl, 0x1001L, 0xffff800000000000UL));
  refused("arch_map_vdso_32", syscall(SYS_arch_prctl, 0x2002L, 0x10000000UL) > 0 ? -1 : -1);
  refused("arch_unknown", syscall(SYS_arch_prctl, 0x7777L, 0L));
  const pid_t child = fork();
  if (child == 0) {
    __asm__ volatile("outb %%al, $0x80" : : "a"(0));
    _exit(0);
  }
  int status = 0;
  if (waitpid(child, &status, 0) == child && WIFEXITED(status)) went_through("port");
#endif
  uint32_t area[8] __attribute__((aligned(32))) = {0};
  refused("rseq_second", syscall(334, area, 32L, 0, 0x53053053L));
  refused("rseq_kernel", syscall(334, (void *)0xffff800000000000UL, 32L, 0, 0x53053053L));
  refused("get_robust_list_init", syscall(SYS_get_robust_list, 1, (void *[1]){0}, (size_t[1]){0}));
  return verdict();
}
