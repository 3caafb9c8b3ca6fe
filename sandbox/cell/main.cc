// A cell's processes. The keeper stays outside: it makes the init, lends it its ids, waits for its end and removes the
// cgroups. The init is pid 1 of the cell's own namespaces: it raises the walls and runs programs. In between, for a moment,
// the joiner: it enters the cgroups, so that the init is born in them and nobody ever moves.
//
//   engine ── posix_spawn ──> keeper ── fork ──> joiner ── clone3 (parent: keeper) ──> init ── vfork + exec ──> program
//
// sandbox/README.md says what travels between them.
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <initializer_list>

#include "sandbox/cell/probe.h"
#include "sandbox/cell/report.h"
#include "sandbox/cell/serve.h"
#include "sandbox/cell/setup_view.h"
#include "sandbox/cell/walls.h"

namespace otmetka::sandbox::cell {
namespace {

void send_hello(const Hello& hello) { static_cast<void>(send(kControl, &hello, sizeof(hello), MSG_NOSIGNAL)); }

[[noreturn]] void give_up(const Failure& failure) {
  Hello hello{};
  hello.kind = MessageKind::kFailed;
  hello.error = failure.error;
  std::snprintf(hello.step, sizeof(hello.step), "%s", failure.step);
  send_hello(hello);
  _exit(1);
}

// What the keeper tells the init when the ids are mapped.
struct Go {
  std::int32_t init_pid;
  std::uint32_t walls;
};

[[noreturn]] void be_the_init(const SetupView& setup, int go_pipe) {
  // SIGCHLD is read from a descriptor. The others stay unblocked: a pid 1 that does not handle a signal never gets it, while
  // blocked ones would be kept, and a program could fill the init's queue with them for all runs to come.
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_SETMASK, &children, nullptr);
  Go go{};
  Failure failure;
  if (read(go_pipe, &go, sizeof(go)) != sizeof(go)) _exit(1);  // the keeper has said why
  close(go_pipe);
  setsid();  // no terminal, and none of the host's sessions: that of the cell, which programs share
  mlockall(MCL_CURRENT);  // no page of the init's is fetched any more when a program has taken all the memory
  Walls walls;
  walls.raised = go.walls;
  if (!raise_walls(setup, walls, failure)) give_up(failure);
  Hello hello{};
  hello.kind = MessageKind::kReady;
  hello.walls = walls.raised;
  hello.landlock_abi = walls.landlock_abi;
  hello.init_pid = go.init_pid;
  send_hello(hello);
  serve(setup, walls);
  _exit(0);
}

// Enters the cgroups, then makes the init as a child of the keeper. Returns in the init only.
void join_and_clone(const SetupView& setup, int pid_pipe) {
  Failure failure;
  for (std::uint32_t i = 0; i < setup->joins; ++i) {
    if (write(kFirstJoin + static_cast<int>(i), "0", 1) != 1) {
      failure.fail("join the cgroup");
      give_up(failure);
    }
  }
  clone_args how{};
  how.flags = CLONE_PARENT | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
  const long pid = syscall(SYS_clone3, &how, sizeof(how));
  if (pid == 0) return;
  if (pid < 0) {
    failure.fail("clone3 with new namespaces");
    give_up(failure);
  }
  const auto told = static_cast<std::int32_t>(pid);
  _exit(write(pid_pipe, &told, sizeof(told)) == sizeof(told) ? 0 : 1);
}

bool write_to(const char* path, const char* text) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const auto length = static_cast<ssize_t>(std::strlen(text));
  const bool done = write(fd, text, static_cast<std::size_t>(length)) == length;
  close(fd);
  return done;
}

bool map_ids(const Setup& setup, int pid, Failure& failure) {
  char path[64];
  char map[96];
  if (setup.own_ids != 0) {
    std::snprintf(map, sizeof(map), "0 %u 1\n%u %u 1\n", setup.host_uid_of_init, kProgramId, setup.host_uid_of_program);
  } else {
    std::snprintf(map, sizeof(map), "%u %u 1\n", kProgramId, setup.host_uid_of_program);
    std::snprintf(path, sizeof(path), "/proc/%d/setgroups", pid);
    if (!failure.check(write_to(path, "deny"), "setgroups deny")) return false;
  }
  std::snprintf(path, sizeof(path), "/proc/%d/uid_map", pid);
  if (!failure.check(write_to(path, map), "uid_map")) return false;
  if (setup.own_ids == 0) std::snprintf(map, sizeof(map), "%u %u 1\n", kProgramId, static_cast<unsigned>(getgid()));
  std::snprintf(path, sizeof(path), "/proc/%d/gid_map", pid);
  return failure.check(write_to(path, map), "gid_map");
}

// Whether the init may have a real-time class; the engine gives it one when a run is not a short one (cell_host.cc).
std::uint32_t may_be_realtime(int pid) {
  sched_param low{};
  low.sched_priority = 1;
  if (sched_setscheduler(pid, SCHED_RR | SCHED_RESET_ON_FORK, &low) != 0) return 0;
  low.sched_priority = 0;
  return sched_setscheduler(pid, SCHED_OTHER, &low) == 0 ? std::uint32_t{kWallRealtime} : 0;
}

// Below every program when memory runs out. Lowering takes a privilege; without it the programs' own score (cell/oom_score.h) has to do.
void spare(int pid) {
  char path[64];
  std::snprintf(path, sizeof(path), "/proc/%d/oom_score_adj", pid);
  write_to(path, "-1000");
}

// Until the init has ended, by itself or because it is to. Whether the engine is still there.
bool wait_for_the_end(int init) {
  const int watched = static_cast<int>(syscall(SYS_pidfd_open, init, 0));
  pollfd both[2] = {{watched, POLLIN, 0}, {kLifeline, POLLIN | POLLRDHUP, 0}};
  while (poll(both, 2, -1) < 0) {
  }
  if (both[0].revents == 0) kill(init, SIGKILL);
  while (waitpid(init, nullptr, __WALL) < 0 && errno == EINTR) {
  }
  char byte = 0;
  return recv(kLifeline, &byte, 1, MSG_DONTWAIT) != 0;  // 0: hung up without a word
}

// rmdir fails with EBUSY for a moment after the last process of a cgroup has died.
void remove_cgroups(const SetupView& setup, bool engine_is_there) {
  std::uint32_t left = setup->removals - (engine_is_there ? setup->orphaned : 0);
  setup.for_each_removal([&left](const char* path) {
    if (left-- == 0) return false;
    for (int tries = 0; rmdir(path) != 0 && errno == EBUSY && tries < 100; ++tries) usleep(2'000);
    return true;
  });
}

// Whether the engine is still there at the end.
bool keep(const SetupView& setup, int joiner, int pid_pipe, int go_pipe) {
  std::int32_t init = 0;
  if (read(pid_pipe, &init, sizeof(init)) != sizeof(init)) return true;  // the joiner has said why
  while (waitpid(joiner, nullptr, __WALL) < 0 && errno == EINTR) {
  }
  Failure failure;
  Go go{init, 0};
  if (setup->realtime != 0) go.walls |= may_be_realtime(init);
  spare(init);
  if (!map_ids(*setup, init, failure)) {
    kill(init, SIGKILL);
    Hello hello{};
    hello.kind = MessageKind::kFailed;
    hello.error = failure.error;
    std::snprintf(hello.step, sizeof(hello.step), "%s", failure.step);
    send_hello(hello);
  } else if (write(go_pipe, &go, sizeof(go)) != sizeof(go)) {
    kill(init, SIGKILL);
  }
  close(kControl);  // from here on only the init speaks
  close(go_pipe);
  return wait_for_the_end(init);
}

// What the engine's own parent had it ignore (nohup, systemd's IgnoreSIGPIPE) a program would ignore as well: exec keeps that. By
// the kernel's call, since posix_spawn has its child ignore two signals that libc's own calls do not touch.
void ignore_nothing() {
  constexpr unsigned long kDefault[4] = {};  // handler, flags, restorer, mask
  for (int number = 1; number < NSIG; ++number) syscall(SYS_rt_sigaction, number, kDefault, nullptr, sizeof(kDefault[3]));
}

// The terminal's Ctrl-C is for the engine: it decides what becomes of runs under way.
void stand_apart() {
  setsid();
  ignore_nothing();
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  prctl(PR_SET_NAME, "otmetka-cell", 0, 0, 0);
  const int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; ++fd) {
    if (null != fd) dup2(null, fd);
  }
  if (null > 2) close(null);
}

// What binds the login that has started the engine (`ulimit`, limits.conf, a service's Limit…) would bind programs as well, whose limits
// are the task's. Root may lift it; for others a limit that is too low is an error of the run that wants more.
void lift_limits() {
  for (const auto which : {RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_STACK, RLIMIT_NPROC, RLIMIT_DATA, RLIMIT_AS}) {
    rlimit limit{};
    if (getrlimit(which, &limit) != 0) continue;
    if (which == RLIMIT_DATA || which == RLIMIT_AS) limit.rlim_cur = RLIM_INFINITY;  // of these a run may ask for none
    limit.rlim_max = RLIM_INFINITY;
    setrlimit(which, &limit);
  }
}

int main_of_cell() {
  SetupView setup;
  if (!setup.map(kSetup)) return 2;
  lift_limits();
  syscall(SYS_close_range, static_cast<unsigned>(kFirstJoin) + setup->joins, ~0u, 0u);  // whatever the engine let slip
  stand_apart();
  int pid_pipe[2];
  int go_pipe[2];
  if (pipe2(pid_pipe, O_CLOEXEC) != 0 || pipe2(go_pipe, O_CLOEXEC) != 0) return 2;
  const int joiner = fork();
  if (joiner == 0) {
    close(kLifeline);
    close(pid_pipe[0]);
    close(go_pipe[1]);
    join_and_clone(setup, pid_pipe[1]);
    close(pid_pipe[1]);
    for (std::uint32_t i = 0; i < setup->joins; ++i) close(kFirstJoin + static_cast<int>(i));
    close(kSetup);
    be_the_init(setup, go_pipe[0]);
  }
  close(pid_pipe[1]);
  close(go_pipe[0]);
  const bool engine_is_there = joiner <= 0 || keep(setup, joiner, pid_pipe[0], go_pipe[1]);
  remove_cgroups(setup, engine_is_there);
  return 0;
}

}  // namespace
}  // namespace otmetka::sandbox::cell

// The engine starts it without arguments; as a program inside a cell it is the probe.
int main(int argc, char** argv) {
  return argc > 1 ? otmetka::sandbox::cell::probe(argv[1]) : otmetka::sandbox::cell::main_of_cell();
}
