#include "sandbox/cell/probe.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace otmetka::sandbox::cell {
namespace {

// "open" is said only of a call that went through.
void tell(const char* name, long result) {
  if (result >= 0) {
    std::printf("%s open\n", name);
  } else {
    std::printf("%s refused %d\n", name, errno);
  }
}

void try_open(const char* name, const char* path, int flags) { tell(name, open(path, flags | O_CLOEXEC)); }

void network() {
  tell("network.inet", socket(AF_INET, SOCK_STREAM, 0));
  tell("network.inet6", socket(AF_INET6, SOCK_DGRAM, 0));
  tell("network.netlink", socket(AF_NETLINK, SOCK_RAW, 0));
  tell("network.vsock", socket(40, SOCK_STREAM, 0));
  tell("network.alg", socket(38, SOCK_SEQPACKET, 0));
  tell("network.packet", socket(AF_PACKET, SOCK_RAW, 0));
}

void namespaces() {
  tell("namespaces.unshare", syscall(SYS_unshare, CLONE_NEWUSER));
  tell("namespaces.clone", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
  clone_args how{};
  how.flags = CLONE_NEWUSER;
  tell("namespaces.clone3", syscall(SYS_clone3, &how, sizeof(how)));
  tell("namespaces.setns", syscall(SYS_setns, 0, CLONE_NEWNET));
}

void files() {
  tell("files.mount", mount("none", "/w", "tmpfs", 0, nullptr));
  tell("files.chroot", chroot("/w"));
  tell("files.device", mknod("/w/device", S_IFBLK | 0600, 8 << 8));
  try_open("files.shadow", "/etc/shadow", O_RDONLY);
  try_open("files.root_home", "/root", O_RDONLY);
  try_open("files.home", "/home", O_RDONLY);
  try_open("files.sys", "/sys", O_RDONLY);
  try_open("files.write_usr", "/usr/bin/sh", O_WRONLY);
  try_open("files.write_root", "/planted", O_CREAT | O_WRONLY);
  try_open("files.kcore", "/proc/kcore", O_RDONLY);
  try_open("files.sysctl", "/proc/sys/kernel/core_pattern", O_WRONLY);
  try_open("files.keys", "/proc/keys", O_RDONLY);
  try_open("files.cgroup", "/sys/fs/cgroup", O_RDONLY);
}

void processes() {
  try_open("processes.init_memory", "/proc/1/mem", O_RDWR);
  try_open("processes.init_descriptors", "/proc/1/fd", O_RDONLY);
  tell("processes.ptrace", ptrace(PTRACE_ATTACH, 1, nullptr, nullptr));
  tell("processes.read_memory", syscall(SYS_process_vm_readv, 1, nullptr, 0, nullptr, 0, 0));
  rlimit none{};
  tell("processes.limits", prlimit(1, RLIMIT_NOFILE, nullptr, &none));
  // The kernel drops a signal for a pid 1 that does not handle it: this call may go through and must do nothing.
  kill(1, SIGKILL);
  std::printf("processes.kill_init held\n");
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(0, &set);
  tell("processes.affinity", sched_setaffinity(0, sizeof(set), &set));
  sched_param highest{};
  highest.sched_priority = 99;
  tell("processes.realtime", sched_setscheduler(0, SCHED_FIFO, &highest));
}

void outliving_objects() {
  tell("objects.add_key", syscall(SYS_add_key, "user", "probe", "x", 1, -4));
  tell("objects.keyctl", syscall(SYS_keyctl, 0, -4, 1));
  tell("objects.shm", syscall(SYS_shmget, 1, 4096, 01600));
  tell("objects.message_queue", syscall(SYS_msgget, 1, 01600));
  tell("objects.posix_queue", syscall(SYS_mq_open, "probe", O_CREAT | O_RDWR, 0600, nullptr));
  const int shared = open("/usr/bin/sh", O_RDONLY | O_CLOEXEC);
  struct flock lock {};
  lock.l_type = F_RDLCK;
  tell("objects.lock", fcntl(shared, F_SETLK, &lock));
  tell("objects.flock", syscall(SYS_flock, shared, 1));
  tell("objects.inotify", syscall(SYS_inotify_init1, 0));
}

void kernel() {
  tell("kernel.io_uring", syscall(SYS_io_uring_setup, 1, nullptr));
  tell("kernel.bpf", syscall(SYS_bpf, 0, nullptr, 0));
  tell("kernel.perf", syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0));
  tell("kernel.userfaultfd", syscall(SYS_userfaultfd, 1));
  tell("kernel.memfd_secret", syscall(447, 0));
  tell("kernel.personality", syscall(SYS_personality, 0x0008 /* PER_LINUX32 */));
  tell("kernel.seccomp", syscall(SYS_seccomp, 2, 0, nullptr));
  tell("kernel.open_by_handle", syscall(SYS_open_by_handle_at, -1, nullptr, 0));
  tell("kernel.clock", syscall(SYS_clock_settime, 0, nullptr));
  tell("kernel.sync", syscall(SYS_syncfs, 0));
}

std::uint64_t effective_capabilities() {
  char text[4096] = {};
  const int status = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (status < 0 || read(status, text, sizeof(text) - 1) <= 0) return ~std::uint64_t{0};
  close(status);
  const char* line = std::strstr(text, "CapEff:\t");
  unsigned long long out = 0;
  if (line != nullptr) std::sscanf(line + 8, "%llx", &out);
  return out;
}

void privileges() {
  std::printf("privileges.capabilities %s\n", effective_capabilities() == 0 ? "held" : "open");
  std::printf("privileges.no_new_privs %s\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? "held" : "open");
  std::printf("privileges.seccomp %s\n", prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2 ? "held" : "open");
  int open_ones = 0;
  for (int fd = 3; fd < 1024; ++fd) open_ones += fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
  std::printf("privileges.descriptors %s\n", open_ones == 0 ? "held" : "open");
}

int walls() {
  privileges();  // first: it counts descriptors before the others open some
  network();
  namespaces();
  files();
  processes();
  outliving_objects();
  kernel();
  return std::fflush(stdout) == 0 ? 0 : 1;
}

[[noreturn]] void spin() {
  for (;;) __asm__ volatile("" ::: "memory");
}

[[noreturn]] void touch_memory() {
  constexpr std::size_t kStep = 1 << 20;
  for (;;) {
    void* piece = mmap(nullptr, kStep, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (piece == MAP_FAILED) _exit(1);
    std::memset(piece, 1, kStep);
  }
}

int fork_until_refused() {
  int made = 0;
  for (int child = 0; made < 10'000 && (child = fork()) >= 0; ++made) {
    if (child == 0) {
      pause();
      _exit(0);
    }
  }
  std::printf("%d\n", made);
  return std::fflush(stdout);
}

[[noreturn]] void print_without_end() {
  char text[4096];
  std::memset(text, 'x', sizeof(text));
  while (write(1, text, sizeof(text)) > 0) {
  }
  _exit(1);
}

}  // namespace

int probe(const char* what) {
  if (std::strcmp(what, "walls") == 0) return walls();
  if (std::strcmp(what, "processes") == 0) return fork_until_refused();
  if (std::strcmp(what, "memory") == 0) touch_memory();
  if (std::strcmp(what, "output") == 0) print_without_end();
  if (std::strcmp(what, "sleep") == 0) return pause();
  if (std::strcmp(what, "cpu") != 0) return 2;
  static_cast<void>(fork());  // the limit is of both together
  spin();
}

}  // namespace otmetka::sandbox::cell
