// E10: connects to services of the machine by local sockets, by path and by abstract name: docker, dbus, X11, the journal, and what is bound.
// right: EXITED 0
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "try.inc"

static void try_name(const char *name, int abstract) {
  for (int type = SOCK_STREAM; type <= SOCK_SEQPACKET; ++type) {
    const int made = socket(AF_UNIX, type | SOCK_NONBLOCK, 0);
    if (made < 0) continue;
    struct sockaddr_un there = {AF_UNIX, {0}};
    strncpy(there.sun_path + abstract, name, sizeof(there.sun_path) - 2);
    const socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + abstract + strlen(name) + (abstract ? 0 : 1));
    refused(abstract ? "abstract" : "path", connect(made, (struct sockaddr *)&there, length));
    close(made);
  }
}

int main(void) {
  const char *paths[] = {"/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock",
                         "/run/dbus/system_bus_socket", "/run/user/0/bus", "/run/user/1000/bus", "/tmp/.X11-unix/X0", "/run/systemd/private",
                         "/run/systemd/notify", "/run/systemd/journal/socket", "/run/systemd/journal/dev-log", "/dev/log", "/run/udev/control",
                         "/run/snapd.socket", "/run/lxd.socket", "/run/mysqld/mysqld.sock", "/var/run/postgresql/.s.PGSQL.5432", "/run/uuidd/request",
                         "/proc/1/root/run/docker.sock", "/proc/self/root/run/docker.sock", "../../run/docker.sock"};
  for (unsigned i = 0; i < sizeof(paths) / sizeof(*paths); ++i) try_name(paths[i], 0);
  const char *names[] = {"/tmp/.X11-unix/X0", "/tmp/.ICE-unix/1", "/com/ubuntu/upstart", "/org/kernel/udev/udevd", "dbus", "otmetka", "otmetka-cell"};
  for (unsigned i = 0; i < sizeof(names) / sizeof(*names); ++i) try_name(names[i], 1);
  const char *folders[] = {"/run", "/var/run", "/var", "/tmp/.X11-unix", "/proc/net", "/sys"};
  for (unsigned i = 0; i < sizeof(folders) / sizeof(*folders); ++i) {
    if (access(folders[i], F_OK) == 0) went_through(folders[i]);
  }
  // What is bound in this network: only what this program has.
  FILE *bound = fopen("/proc/self/net/unix", "r");
  char line[256];
  int lines = 0;
  while (bound != 0 && fgets(line, sizeof(line), bound) != 0) lines += strchr(line, '@') != 0 || strstr(line, " /") != 0;
  if (lines > 0) went_through("bound_names");
  return verdict();
}
