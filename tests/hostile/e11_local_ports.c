// E11: connects to the engine's neighbours on this machine: Kafka, Postgres, metrics, and every port of localhost; also through the shell's
// /dev/tcp.
// right: EXITED 0
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "try.inc"

int main(void) {
  const int ports[] = {22, 80, 443, 2375, 2379, 5432, 6379, 8080, 9090, 9092, 9093, 9100, 10250};
  const int families[] = {AF_INET, AF_INET6};
  for (int family = 0; family < 2; ++family) {
    const int made = socket(families[family], SOCK_STREAM, 0);
    refused("socket", made);
    for (unsigned i = 0; made >= 0 && i < sizeof(ports) / sizeof(*ports); ++i) {
      struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((unsigned short)ports[i]), .sin_addr = {htonl(INADDR_LOOPBACK)}};
      refused("connect", connect(made, (struct sockaddr *)&there, sizeof(there)));
    }
  }
  // Descriptors that happen to be sockets of another family.
  struct sockaddr_in anywhere = {.sin_family = AF_INET, .sin_port = htons(9092), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  for (int fd = 0; fd < 64; ++fd) {
    refused("connect_descriptor", connect(fd, (struct sockaddr *)&anywhere, sizeof(anywhere)));
    refused("accept_descriptor", accept4(fd, 0, 0, SOCK_NONBLOCK));
  }
  // No route and no device but a loopback that is down.
  if (access("/sys/class/net", F_OK) == 0) went_through("devices");
  const pid_t child = fork();
  if (child == 0) {
    close(2);
    execl("/bin/bash", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9092 || exec 3<>/dev/udp/127.0.0.1/53", (char *)0);
    _exit(1);
  }
  int status = 0;
  if (waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0) went_through("shell");
  return verdict();
}
