// E07: user faults, keys of every ring, secret memory; by calls with flags that unprivileged users have and with high bits.
// right: EXITED 0
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const long flags[] = {0, 1, 1 | O_CLOEXEC, 1 | O_NONBLOCK, 1L << 32, (1L << 32) | 1};
  for (int i = 0; i < 6; ++i) {
    refused("userfaultfd", syscall(SYS_userfaultfd, flags[i]));
    refused("memfd_secret", syscall(447, flags[i]));
    refused("memfd_secret_cloexec", syscall(447, O_CLOEXEC | flags[i]));
  }
  refused("userfaultfd_device", open("/dev/userfaultfd", O_RDWR));
  const char *types[] = {"user", "logon", "keyring", "big_key", "asymmetric", "encrypted", "trusted", ".request_key_auth"};
  for (int type = 0; type < 8; ++type) {
    for (long ring = -8; ring <= 0; ++ring) {
      refused("add_key", syscall(SYS_add_key, types[type], "a:b", "x", 1L, ring));
      refused("request_key", syscall(SYS_request_key, types[type], "a:b", "info", ring));
    }
  }
  char room[256];
  for (long operation = 0; operation < 34; ++operation) {
    for (long ring = -5; ring < 0; ++ring) refused("keyctl", syscall(SYS_keyctl, operation, ring, room, sizeof(room), 0L));
    refused("keyctl_high", syscall(SYS_keyctl, operation | (1L << 32), -3L, room, sizeof(room), 0L));
  }
  refused("proc_keys", open("/proc/keys", O_RDONLY));
  refused("proc_key_users", open("/proc/key-users", O_RDONLY));
  refused("memfd_hugetlb", syscall(SYS_memfd_create, "huge", (long)MFD_HUGETLB));
  refused("memfd_hugetlb_size", syscall(SYS_memfd_create, "huge", (long)MFD_HUGETLB | 21L << 26));
  return verdict();
}
