#include "sandbox/cell/child.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

#include "sandbox/cell/walls.h"

namespace otmetka::sandbox::cell {
namespace {

bool limit(int which, std::uint64_t value) {
  rlimit wanted{value, value};
  return setrlimit(static_cast<__rlimit_resource>(which), &wanted) == 0;
}

// The three and no other: whatever else was open must not exist for the program.
bool take_descriptors(const Launch& launch, Failure& failure) {
  // The control socket may have any number; from 3 on nothing survives, and the program's own file closes at exec.
  if (!failure.check(dup2(launch.input, 0) == 0, "stdin") || !failure.check(dup2(launch.output, 1) == 1, "stdout") ||
      !failure.check(dup2(launch.error_output, 2) == 2, "stderr")) {
    return false;
  }
  return failure.check(syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) == 0, "close_range");
}

// RLIMIT_CPU is a backstop only, a chain of forks passes it.
bool take_limits(const RunRequest& request, Failure& failure) {
  const std::uint64_t seconds = request.cpu_ns / 1'000'000'000 + 2;
  return failure.check(limit(RLIMIT_CPU, seconds), "RLIMIT_CPU") &&
         failure.check(limit(RLIMIT_FSIZE, request.file_bytes), "RLIMIT_FSIZE") &&
         failure.check(limit(RLIMIT_STACK, request.stack_bytes), "RLIMIT_STACK") &&
         failure.check(limit(RLIMIT_NOFILE, request.open_files), "RLIMIT_NOFILE") &&
         failure.check(limit(RLIMIT_NPROC, request.processes), "RLIMIT_NPROC") &&
         (request.data_bytes == 0 || failure.check(limit(RLIMIT_DATA, request.data_bytes), "RLIMIT_DATA")) &&
         (request.address_bytes == 0 || failure.check(limit(RLIMIT_AS, request.address_bytes), "RLIMIT_AS"));
}

// All zero but for uid and gid, effective, real and saved; capabilities go with the change from 0, and by the exec where
// there was none.
bool take_program_id(bool own_ids, Failure& failure) {
  if (!own_ids) return true;
  return failure.check(syscall(SYS_setresgid, kProgramId, kProgramId, kProgramId) == 0, "setresgid") &&
         failure.check(syscall(SYS_setresuid, kProgramId, kProgramId, kProgramId) == 0, "setresuid");
}

// The init blocks every signal; a program begins with none blocked.
bool take_signals(Failure& failure) {
  sigset_t none;
  sigemptyset(&none);
  return failure.check(sigprocmask(SIG_SETMASK, &none, nullptr) == 0, "signal mask");
}

bool execute(const Launch& launch, Failure& failure) {
  if (launch.program >= 0) {
    syscall(SYS_execveat, launch.program, "", launch.argv, launch.envp, AT_EMPTY_PATH);
  } else {
    syscall(SYS_execve, launch.argv[0], launch.argv, launch.envp);
  }
  return failure.fail("exec");
}

}  // namespace

// Isolate's list, and why each stands where it does:
[[noreturn]] static void become_the_program(const Launch& launch, std::uint64_t& started, Failure& failure) {
  launch.oom_score->restore();  // the init's; ours is raised already, and from exec on it may be a while until the init runs again
  if (failure.check(setpgid(0, 0) == 0, "setpgid")            // no group shared with the init; a session of its own costs 50 µs
      && take_descriptors(launch, failure)                    // before the limit on open files
      && take_limits(*launch.request, failure)                // before the id changes: the count of processes is the new id's
      && take_program_id(launch.own_ids, failure)             // from here on no capability is left
      && take_signals(failure)) {                             // last but one: a signal before would end us half made
    started = now();
    execute(launch, failure);                                 // only now are the rest of the descriptors gone
  }
  _exit(127);
}

std::uint64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
}

int start(const Launch& launch, std::uint64_t& started, Failure& failure) {
  launch.oom_score->raise();
  const int pid = vfork();
  if (pid == 0) become_the_program(launch, started, failure);
  if (pid < 0) launch.oom_score->restore();
  if (pid < 0) failure.fail("vfork");
  return pid;
}

}  // namespace otmetka::sandbox::cell
