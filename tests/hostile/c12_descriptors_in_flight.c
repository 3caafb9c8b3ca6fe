// C12: sends full files in memory through sockets, and the sockets through themselves, and forgets them all; twice: the second run must
// be able to send again. Without cgroups nothing counts what is in flight, but its number.
// right: EXITED 0 / MEMORY_LIMIT
// bare: weak EXITED 0 / EXITED 1
// runs: first second
// limits: cpu=2s wall=5s
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "try.inc"

static char bytes[1 << 20];

static long send_over(int through, const int *fds, size_t count) {
  char control[CMSG_SPACE(3 * sizeof(int))] = {0};
  struct iovec part = {bytes, 1024};
  struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(count * sizeof(int))};
  struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(count * sizeof(int));
  memcpy(CMSG_DATA(rights), fds, count * sizeof(int));
  return sendmsg(through, &header, MSG_DONTWAIT);
}

// The kernel collects what an earlier run forgot in its own time.
static void look(void) {
  long sent = -1;
  for (int tries = 0; sent < 0 && tries < 100; ++tries) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) break;
    sent = send_over(pair[0], pair, 1);
    close(pair[0]);
    close(pair[1]);
    if (sent < 0 && errno == EPERM) return;  // sending any is refused
    if (sent < 0) usleep(10000);
  }
  if (sent < 0) went_through("descriptors in flight of an earlier run");
}

int main(void) {
  int megabytes = 0;
  signal(SIGXFSZ, SIG_IGN);
  look();
  if (verdict() != 0) return 2;
  for (int i = 0; i < 300; ++i) {
    int fds[3];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) break;
    fds[2] = memfd_create("file", 0);
    int full = 0;
    while (full < 4 && write(fds[2], bytes, sizeof(bytes)) == sizeof(bytes)) ++full;
    if (send_over(fds[0], fds, 3) > 0) megabytes += full;
    while (send(fds[1], bytes, sizeof(bytes), MSG_DONTWAIT) > 0) {
    }
    for (int k = 0; k < 3; ++k) close(fds[k]);
  }
  if (megabytes > 64) went_through("more in flight than the limit of memory");
  return verdict();
}
