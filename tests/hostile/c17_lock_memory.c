// C17: locks memory, takes huge pages that nobody counts, and lets transparent ones grow from single bytes over 256 MiB.
// right: EXITED 0 / MEMORY_LIMIT
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

enum { kHuge = 2 << 20 };

static void take(const char *name, int flags) {
  void *piece = mmap(NULL, kHuge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  if (piece != MAP_FAILED) went_through(name);
}

int main(void) {
  static char page[8192] __attribute__((aligned(4096)));
  const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  refused("RLIMIT_MEMLOCK", setrlimit(RLIMIT_MEMLOCK, &all));
  refused("mlockall of the future", mlockall(MCL_FUTURE));
  refused("mlockall", mlockall(MCL_CURRENT));
  refused("mlockall on fault", mlockall(MCL_CURRENT | MCL_ONFAULT));
  refused("mlock", mlock(page, sizeof(page)));
  refused("mlock2", syscall(SYS_mlock2, page, sizeof(page), 1));
  take("MAP_LOCKED", MAP_LOCKED);
  take("MAP_HUGETLB", MAP_HUGETLB);
  take("MAP_HUGETLB of 1 GiB", MAP_HUGETLB | (30 << MAP_HUGE_SHIFT));
  refused("huge file in memory", memfd_create("huge", MFD_HUGETLB));
  if (open_count != 0) return verdict();
  char *much = mmap(NULL, 128ul * kHuge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (much == MAP_FAILED) return verdict();
  madvise(much, 128ul * kHuge, MADV_HUGEPAGE);
  for (int i = 0; i < 128; ++i) much[(long)i * kHuge] = 1;
  return verdict();
}
