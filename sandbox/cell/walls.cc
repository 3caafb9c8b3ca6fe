#include "sandbox/cell/walls.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

#include "sandbox/cell/landlock.h"
#include "sandbox/cell/root.h"

namespace otmetka::sandbox::cell {
namespace {

// After clone(NEWUSER) by root the init still has the engine's kernel id until it takes one of its own: until then process
// limits do not hold for it and host files judge it as root (kernel 6.1, kernel/ucount.c, and measured).
bool take_own_ids(const Setup& setup, Failure& failure) {
  const unsigned id = setup.own_ids != 0 ? 0 : kProgramId;
  if (setup.own_ids != 0 && !failure.check(syscall(SYS_setgroups, 0, nullptr) == 0, "setgroups")) return false;
  return failure.check(syscall(SYS_setresgid, id, id, id) == 0, "setresgid") &&
         failure.check(syscall(SYS_setresuid, id, id, id) == 0, "setresuid");
}

bool write_file(const char* path, const char* text) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const auto length = static_cast<ssize_t>(std::strlen(text));
  const bool written = write(fd, text, static_cast<std::size_t>(length)) == length;
  close(fd);
  return written;
}

// The counts belong to this cell's user namespace: a program inside gets ENOSPC for another one, whatever any filter says.
// Through the host's /proc, the only one in sight yet. A kernel that refuses leaves this to the filter.
void forbid_nested_users(Walls& walls) {
  if (write_file("/proc/sys/user/max_user_namespaces", "0")) walls.raised |= kWallNoNestedUsers;
}

// What the init goes on to need: to become the program's id, to kill whatever has that id, to empty folders that a
// program has closed to everybody. Nothing here is a capability outside the cell's own user namespace.
constexpr unsigned kKept[] = {CAP_SETUID, CAP_SETGID, CAP_KILL, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER};

// Where no cgroup counts CPU time, the init reads it from its programs' /proc entries, which hidepid hides from it else.
bool give_up_capabilities(const Setup& setup, Failure& failure) {
  std::uint64_t keep = setup.cpu_source == CpuSource::kNone ? std::uint64_t{1} << CAP_SYS_PTRACE : 0;
  for (const unsigned one : kKept) keep |= std::uint64_t{1} << one;
  for (unsigned long one = 0; prctl(PR_CAPBSET_READ, one, 0, 0, 0) >= 0; ++one) {
    if (!failure.check(prctl(PR_CAPBSET_DROP, one, 0, 0, 0) == 0, "drop from the bounding set")) return false;
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2]{};
  for (unsigned half = 0; half < 2; ++half) {
    data[half].effective = data[half].permitted = static_cast<std::uint32_t>(keep >> (32 * half));
  }
  return failure.check(syscall(SYS_capset, &header, data) == 0, "capset");
}

bool no_new_privileges(Failure& failure) {
  return failure.check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
}

// A program that shares the init's id may not look into it: /proc/1/fd is the control socket.
bool hide_the_init(Failure& failure) {
  return failure.check(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0, "not dumpable");
}

// The engine puts files in and takes them out by this descriptor. Programs may send none: those in flight outlive a run.
bool hand_over_work_folder(Failure& failure) {
  const int folder = open("/w", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!failure.check(folder >= 0, "open the work folder")) return false;
  Hello hello{};
  hello.kind = MessageKind::kFolder;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  iovec part{&hello, sizeof(hello)};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof(control);
  cmsghdr* rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(rights), &folder, sizeof(int));
  const bool sent = sendmsg(kControl, &header, MSG_NOSIGNAL) == sizeof(hello);
  close(folder);
  return failure.check(sent, "hand over the work folder");
}

// What no run's request changes; children have it from the init.
bool set_standing_limits(Failure& failure) {
  constexpr rlimit kNone{0, 0};
  constexpr rlimit kPending{1'024, 1'024};
  return failure.check(setrlimit(RLIMIT_MEMLOCK, &kNone) == 0, "RLIMIT_MEMLOCK") &&
         failure.check(setrlimit(RLIMIT_SIGPENDING, &kPending) == 0, "RLIMIT_SIGPENDING") &&
         failure.check(setrlimit(RLIMIT_MSGQUEUE, &kNone) == 0, "RLIMIT_MSGQUEUE");
}

// 1 byte, not 0: with 0 a core_pattern that is a pipe would still be fed (fs/coredump.c), a helper of the host's root for each
// crash. The filter keeps programs from lowering it. Where the login's own limit is 0 already and we may not lift it (main.cc), that
// helper is told of the crash, and that no dump is wanted.
bool no_core_dumps(Failure& failure) {
  const rlimit one{1, 1};
  const rlimit none{0, 0};
  return failure.check(setrlimit(RLIMIT_CORE, &one) == 0 || setrlimit(RLIMIT_CORE, &none) == 0, "RLIMIT_CORE");
}

// No TSYNC and no listener: one thread, and nobody to ask.
bool load_filter(const SetupView& setup, Failure& failure) {
  const sock_fprog program{static_cast<unsigned short>(setup->filter_length), setup.filter()};
  return failure.check(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0, "seccomp");
}

}  // namespace

// The order is the argument; each line says why it stands where it does.
bool raise_walls(const SetupView& setup, Walls& walls, Failure& failure) {
  if (!take_own_ids(*setup, failure)) return false;             // first: until then the host takes us for its root
  forbid_nested_users(walls);                                   // while the host's /proc is still in sight
  if (!failure.check(sethostname("cell", 4) == 0, "sethostname")) return false;  // while CAP_SYS_ADMIN is there
  if (!build_root(setup, walls, failure)) return false;         // the same; past this line no host path can be named
  if (!give_up_capabilities(*setup, failure)) return false;     // nothing mounts any more
  if (!no_new_privileges(failure)) return false;                // Landlock and seccomp ask for it
  if (!hide_the_init(failure)) return false;                    // after the ids were taken, which would undo it
  if (!no_core_dumps(failure)) return false;                    // the filter lets nobody change it
  if (!set_standing_limits(failure)) return false;              // after mlockall
  if (!failure.check(chdir("/w") == 0, "chdir")) return false;  // where programs begin, whatever one does to the folder's mode
  if (!hand_over_work_folder(failure)) return false;            // the filter lets nobody send a descriptor
  raise_landlock(walls);                                        // opens its folders, so before the filter
  return load_filter(setup, failure);                           // last: what it denies was needed above
}

}  // namespace otmetka::sandbox::cell
