// D14: looks for descriptors beyond the three: writes, reads, duplicates and passes on 3..1023 and some far ones, by number and by /proc.
// right: EXITED 0
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "try.inc"

static void look(int fd) {
  char byte = 0;
  struct iovec part = {&byte, 1};
  struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
  refused("write", write(fd, "x", 1));
  refused("writev", writev(fd, &part, 1));
  refused("pwritev2", syscall(SYS_pwritev2, fd, &part, 1L, -1L, -1L, 0));
  refused("send", send(fd, "x", 1, MSG_NOSIGNAL));
  refused("sendmsg", sendmsg(fd, &header, MSG_NOSIGNAL));
  refused("recv", recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK));
  refused("dup", dup(fd));
  refused("fcntl", fcntl(fd, F_GETFD));
  refused("fstat", syscall(SYS_newfstatat, fd, "", &(struct stat){0}, AT_EMPTY_PATH));
  refused("fchdir", fchdir(fd));
  // The kernel takes 32 bits of a descriptor: those must be the same.
  refused("high_bits", syscall(SYS_write, (1L << 32) | fd, "x", 1L));
}

int main(void) {
  for (int fd = 3; fd < 1024; ++fd) look(fd);
  const int far_ones[] = {1024, 4096, 65535, 65536, 1 << 20, 0x3fffffff, 0x7fffffff, -1, -2, (int)0x80000003};
  for (unsigned i = 0; i < sizeof(far_ones) / sizeof(*far_ones); ++i) look(far_ones[i]);
  DIR *list = opendir("/proc/self/fd");
  for (struct dirent *one; list != 0 && (one = readdir(list)) != 0;) {
    const int fd = atoi(one->d_name);
    if (fd > 2 && fd != dirfd(list)) went_through("listed");
  }
  return verdict();
}
