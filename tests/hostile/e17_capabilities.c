// E17: has capabilities, gets them by capset, ambient ones, file ones, securebits; or works as if it had them.
// right: EXITED 0
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  while (status != 0 && fgets(line, sizeof(line), status) != 0) {
    if (strncmp(line, "Cap", 3) == 0 && strstr(line, "\t0000000000000000") == 0) went_through(strtok(line, ":"));
    if (strncmp(line, "Groups:", 7) == 0 && getuid() != 0 && strpbrk(line + 7, "0123456789") != 0 && strstr(line, " 0 ") != 0) went_through("group_root");
  }
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {{0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff, 0xffffffff}};
  refused("capset", syscall(SYS_capset, &header, data));
  memset(data, 0, sizeof(data));
  if (syscall(SYS_capget, &header, data) == 0 && (data[0].permitted | data[1].permitted | data[0].inheritable | data[1].inheritable) != 0) went_through("capget");
  for (unsigned long one = 0; one < 64; ++one) {
    refused("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, one, 0, 0));
    if (prctl(PR_CAPBSET_READ, one, 0, 0, 0) == 1) went_through("bounding_set");
  }
  refused("securebits", prctl(PR_SET_SECUREBITS, 0x2f, 0, 0, 0));
  refused("keepcaps", prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0));
  refused("prctl_high", syscall(SYS_prctl, (1L << 32) | PR_SET_KEEPCAPS, 1L, 0L, 0L, 0L));
  const int file = open("/w/file", O_CREAT | O_RDWR, 0700);
  const unsigned capability[5] = {0x02000001, 0xffffffff, 0, 0xffffffff, 0};
  refused("setxattr", setxattr("/w/file", "security.capability", capability, sizeof(capability), 0));
  refused("lsetxattr", lsetxattr("/w/file", "security.capability", capability, sizeof(capability), 0));
  refused("fsetxattr", fsetxattr(file, "security.capability", capability, sizeof(capability), 0));
  refused("setxattrat", syscall(463, AT_FDCWD, "/w/file", 0L, "security.capability", capability, sizeof(capability)));
  refused("user_xattr", setxattr("/w/file", "user.x", "x", 1, 0));
  refused("trusted_xattr", setxattr("/w/file", "trusted.x", "x", 1, 0));
  refused("acl", setxattr("/w/file", "system.posix_acl_access", "\2\0\0\0", 4, 0));
  refused("file_setattr", syscall(469, AT_FDCWD, "/w/file", (char[64]){0}, 24L, 0L));
  refused("mknod", mknod("/w/device", S_IFCHR | 0666, 0x101));
  refused("chown", chown("/w/file", 0, 0));
  refused("nice", syscall(SYS_setpriority, 0, 0, -20));
  return verdict();
}
