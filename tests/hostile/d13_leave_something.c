// D13: leaves in one run whatever might outlive it, and looks for it in the next: files, keys, System V and POSIX objects, abstract
// sockets (one held by a circle of sockets in flight), locks, times and rights of the folders, of its own program and of its input.
// right: EXITED 0
// input: same
// runs: leave find
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "try.inc"

static const time_t kThen = 987654321;
static const char *kPlaces[] = {"/w", "/tmp", "/dev/shm", "/proc/self/exe", "/proc/self/fd/0", "/", "/dev", "/dev/null", "/etc/passwd"};
enum { kPlaceCount = sizeof(kPlaces) / sizeof(*kPlaces) };
static const char *kFiles[] = {"/w/left", "/tmp/left", "/dev/shm/left", "/dev/left", "/left", "/etc/left", "/proc/left", "/usr/bin/left"};
enum { kFileCount = sizeof(kFiles) / sizeof(*kFiles) };

static struct sockaddr_un abstract_name(const char *name, socklen_t *length) {
  struct sockaddr_un out = {AF_UNIX, {0}};
  strcpy(out.sun_path + 1, name);
  *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
  return out;
}

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

static void leave(void) {
  // The moment of the last reading stays with a file.
  char byte;
  usleep(20000);
  if (read(0, &byte, 1) != 1) _exit(2);
  for (int i = 0; i < kFileCount; ++i) close(open(kFiles[i], O_CREAT | O_RDWR, 0666));
  socklen_t length;
  struct sockaddr_un name = abstract_name("left", &length);
  const int plain = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind(plain, (struct sockaddr *)&name, length);
  // Two ends that hold each other in flight, and with them a bound socket and a file without a name.
  name = abstract_name("circle", &length);
  const int bound = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind(bound, (struct sockaddr *)&name, length);
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0) {
    send_descriptor(ends[0], bound);
    send_descriptor(ends[0], ends[0]);
    send_descriptor(ends[0], ends[1]);
    send_descriptor(ends[1], ends[0]);
  }
  syscall(SYS_add_key, "user", "left", "x", 1L, -3);
  syscall(SYS_add_key, "user", "left", "x", 1L, -4);
  syscall(SYS_add_key, "user", "left", "x", 1L, -5);
  syscall(SYS_shmget, 4711, 4096L, IPC_CREAT | 0666);
  syscall(SYS_semget, 4711, 1, IPC_CREAT | 0666);
  syscall(SYS_msgget, 4711, IPC_CREAT | 0666);
  syscall(SYS_mq_open, "left", O_CREAT | O_RDWR, 0666, 0);
  const struct timespec then[2] = {{kThen, 7}, {kThen, 7}};
  for (int i = 0; i < kPlaceCount; ++i) {
    utimensat(AT_FDCWD, kPlaces[i], then, 0);
    chmod(kPlaces[i], 01751);
  }
  chmod("/proc/self/exe", 01755);  // it must be possible to run it again
  chmod("/proc/self/fd/0", 01755);
  struct rlimit small = {16, 16};
  setrlimit(RLIMIT_NOFILE, &small);
  umask(0777);
  // A process that will not go, in a session of its own.
  if (fork() == 0) {
    setsid();
    for (int i = 1; i < 65; ++i) signal(i, SIG_IGN);
    for (;;) pause();
  }
}

static void find(void) {
  for (int i = 0; i < kFileCount; ++i) {
    if (access(kFiles[i], F_OK) == 0) went_through(kFiles[i]);
  }
  const char *names[] = {"left", "circle"};
  const char *ways[] = {"abstract_socket", "abstract_socket_in_flight"};
  for (int i = 0; i < 2; ++i) {
    socklen_t length;
    struct sockaddr_un name = abstract_name(names[i], &length);
    const int made = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (connect(made, (struct sockaddr *)&name, length) == 0 || bind(made, (struct sockaddr *)&name, length) != 0) went_through(ways[i]);
    close(made);
  }
  refused("key", syscall(SYS_request_key, "user", "left", 0, 0));
  refused("key_search", syscall(SYS_keyctl, 10, -3, "user", "left", 0));
  refused("shm", syscall(SYS_shmget, 4711, 0L, 0));
  refused("sem", syscall(SYS_semget, 4711, 0, 0));
  refused("msg", syscall(SYS_msgget, 4711, 0));
  refused("mq", syscall(SYS_mq_open, "left", O_RDWR, 0, 0));
  for (int i = 0; i < kPlaceCount; ++i) {
    struct stat info;
    if (stat(kPlaces[i], &info) != 0) continue;
    char what[64];
    snprintf(what, sizeof(what), "times_of %s", kPlaces[i]);
    if (info.st_mtime == kThen || info.st_atime == kThen) went_through(what);
    snprintf(what, sizeof(what), "rights_of %s", kPlaces[i]);
    if ((info.st_mode & 01000) != 0) went_through(what);
  }
  struct stat input;
  if (fstat(0, &input) == 0 && (input.st_atim.tv_sec > input.st_mtim.tv_sec ||
                                (input.st_atim.tv_sec == input.st_mtim.tv_sec && input.st_atim.tv_nsec > input.st_mtim.tv_nsec))) {
    went_through("reading_time_of_input");
  }
  struct rlimit now;
  if (getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_max == 16) went_through("limit");
  if (umask(022) == 0777) went_through("umask");
  for (int pid = 3; pid < 64; ++pid) {
    if (pid != getpid() && kill(pid, 0) == 0) went_through("process");
  }
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  if (strcmp(argv[1], "leave") == 0) {
    leave();
    return 0;
  }
  find();
  return verdict();
}
