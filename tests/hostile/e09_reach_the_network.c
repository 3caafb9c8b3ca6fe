// E09: sockets of every family, type and many protocols, with high bits; 169.254.169.254, a name server, raw packets, netlink, vsock, AF_ALG.
// right: EXITED 0
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "try.inc"

static void to(const char *name, const char *address, int port) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  inet_pton(AF_INET, address, &there.sin_addr);
  for (int type = SOCK_STREAM; type <= SOCK_RAW; ++type) {
    const int made = socket(AF_INET, type | SOCK_NONBLOCK, 0);
    refused(name, made);
    if (made >= 0) connect(made, (struct sockaddr *)&there, sizeof(there));
    if (made >= 0) close(made);
  }
}

int main(void) {
  to("metadata", "169.254.169.254", 80);
  to("name_server", "1.1.1.1", 53);
  to("resolver", "127.0.0.53", 53);
  for (long family = 0; family < 64; ++family) {
    if (family == AF_UNIX) continue;
    for (long type = 0; type <= 10; ++type) {
      refused("socket", syscall(SYS_socket, family, type, 0L));
      refused("socketpair", syscall(SYS_socketpair, family, type, 0L, (int[2]){0}));
    }
    refused("socket_high", syscall(SYS_socket, family | (1L << 32), (long)SOCK_STREAM, 0L));
    refused("socket_negative", syscall(SYS_socket, family | ~0xffffffffL, (long)SOCK_STREAM, 0L));
  }
  const long protocols[] = {1, 6, 17, 41, 58, 132, 136, 255, 262, 0x0300};
  for (int i = 0; i < 10; ++i) {
    refused("inet", syscall(SYS_socket, (long)AF_INET, (long)SOCK_RAW, protocols[i]));
    refused("inet6", syscall(SYS_socket, (long)AF_INET6, (long)SOCK_DGRAM, protocols[i]));
    refused("packet", syscall(SYS_socket, (long)AF_PACKET, (long)SOCK_RAW, protocols[i]));
    refused("local_protocol", syscall(SYS_socket, (long)AF_UNIX, (long)SOCK_STREAM, protocols[i] + 1));
  }
  for (long protocol = 0; protocol < 24; ++protocol) refused("netlink", syscall(SYS_socket, (long)AF_NETLINK, (long)SOCK_RAW, protocol));
  // A local socket that is given addresses of other families.
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(80)};
  for (int type = SOCK_STREAM; type <= SOCK_SEQPACKET; ++type) {
    const int local = socket(AF_UNIX, type, 0);
    if (local < 0) continue;
    refused("connect_local", connect(local, (struct sockaddr *)&there, sizeof(there)));
    refused("bind_local", bind(local, (struct sockaddr *)&there, sizeof(there)));
    refused("sendto_local", sendto(local, "x", 1, MSG_NOSIGNAL | MSG_FASTOPEN, (struct sockaddr *)&there, sizeof(there)));
    refused("interfaces", syscall(SYS_ioctl, local, 0x8912L, (char[64]){0}));
    refused("interface_index", syscall(SYS_ioctl, local, 0x8933L, (char[64]){"lo"}));
    close(local);
  }
  return verdict();
}
