// D13: leaves 40 MiB of files without a name in flight between two local sockets that hold each other: they die with the kernel's collection
// of such circles, some time later. The next run needs 50 of its 64 MiB and must have them.
// right: EXITED 0
// runs: leave use leave use use leave use
// prints: ok
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void send_descriptor(int over, int fd) {
  char control[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec part = {"x", 1};
  struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
  struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(rights), &fd, sizeof(fd));
  sendmsg(over, &header, MSG_DONTWAIT);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "use") == 0) {
    const size_t size = 50 << 20;
    volatile char *memory = malloc(size);
    if (memory == 0) return 1;
    for (size_t at = 0; at < size; at += 4096) memory[at] = 1;
    puts("ok");
    return 0;
  }
  static char text[64 << 10];
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0) return 2;
  for (int i = 0; i < 11; ++i) {
    const int file = open("/tmp", O_TMPFILE | O_RDWR, 0600);
    for (int k = 0; k < 62; ++k) {  // a little less than 4 MiB
      if (write(file, text, sizeof(text)) <= 0) break;
    }
    send_descriptor(ends[i % 2], file);
    close(file);
  }
  send_descriptor(ends[0], ends[0]);
  send_descriptor(ends[0], ends[1]);
  send_descriptor(ends[1], ends[0]);
  return 0;
}
