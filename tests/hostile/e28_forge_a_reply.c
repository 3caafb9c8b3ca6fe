// E28: writes what looks like the cell's replies and requests into every descriptor that there may be, as bytes, as messages and with
// descriptors, also just as it ends; and ends with status 7, which is what must be told.
// right: EXITED 7
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
  // sandbox/cell/protocol.h, RunReply: kind, reason, status, leftover, four counts, a step.
  struct { uint32_t kind, reason; int32_t status, leftover; uint64_t counts[4]; char step[32]; } reply = {3, 0, 0, 0, {1, 1, 1, 1}, ""};
  struct { uint32_t kind; char rest[1024]; } request = {2, {0}};
  for (int round = 0; round < 2; ++round) {
    for (int fd = 0; fd < 2048; ++fd) {
      if (fd == 1 || fd == 2) continue;
      char control[CMSG_SPACE(sizeof(int))] = {0};
      struct iovec part = {&reply, sizeof(reply)};
      struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
      struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
      rights->cmsg_level = SOL_SOCKET;
      rights->cmsg_type = SCM_RIGHTS;
      rights->cmsg_len = CMSG_LEN(sizeof(int));
      const int one = 1;
      memcpy(CMSG_DATA(rights), &one, sizeof(one));
      if (write(fd, &reply, sizeof(reply)) > 0 || send(fd, &request, sizeof(request), MSG_NOSIGNAL) > 0 || sendmsg(fd, &header, MSG_NOSIGNAL) > 0) _exit(1);
    }
    if (round == 0 && fork() == 0) usleep(1000);  // one goes on while the other ends
  }
  if (write(1, &reply, sizeof(reply)) < 0 || write(2, &reply, sizeof(reply)) < 0) _exit(2);
  kill(1, SIGCHLD);
  _exit(7);
}
