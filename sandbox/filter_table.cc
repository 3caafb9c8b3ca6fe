#include "sandbox/filter_table.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>

namespace otmetka::sandbox {
namespace {

using Numbers = std::initializer_list<std::uint64_t>;

constexpr auto kAllow = FilterAction::kAllow;
constexpr auto kRefuse = FilterAction::kRefuse;

constexpr std::uint64_t kNewNamespaces =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME;
constexpr std::uint64_t kHugePages = 4;  // MFD_HUGETLB

FilterRow allow(std::vector<const char*> calls, const char* why) { return {std::move(calls), kAllow, 0, {}, why}; }
FilterRow refuse(std::vector<const char*> calls, int error, const char* why) { return {std::move(calls), kRefuse, error, {}, why}; }
FilterRow only(const char* call, std::vector<FilterCondition> conditions, const char* why) {
  return {{call}, kAllow, 0, std::move(conditions), why};
}

void plain_work(std::vector<FilterRow>& rows) {
  rows.push_back(allow({"read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2", "lseek",
                        "close", "close_range", "dup", "dup2", "dup3", "pipe", "sendfile", "copy_file_range"},
                       "moves bytes over descriptors that the program was given or made"));
  rows.push_back(allow({"open",      "openat",          "openat2",    "creat",      "stat",      "lstat",      "fstat",     "newfstatat",
                        "statx",     "access",          "faccessat",  "faccessat2", "readlink",  "readlinkat", "getdents",  "getdents64",
                        "getcwd",    "chdir",           "fchdir",     "statfs",     "fstatfs",   "mkdir",      "mkdirat",   "rmdir",
                        "unlink",    "unlinkat",        "rename",     "renameat",   "renameat2", "link",       "linkat",    "symlink",
                        "symlinkat", "chmod",           "fchmod",     "fchmodat",   "fchmodat2", "chown",      "fchown",    "lchown",
                        "fchownat",  "umask",           "truncate",   "ftruncate",  "fallocate", "fsync",      "fdatasync", "fadvise64",
                        "readahead", "sync_file_range", "utime",      "utimes",     "futimesat", "utimensat",  "getxattr",  "lgetxattr",
                        "fgetxattr", "listxattr",       "llistxattr", "flistxattr"},
                       "files, within the cell's mounts: read-only but for three bounded folders that are emptied after each run"));
  rows.push_back(allow({"mmap", "mprotect", "munmap", "brk", "mremap", "msync", "mincore", "madvise", "mlock", "mlock2", "munlock",
                        "mlockall", "munlockall", "membarrier", "pkey_alloc", "pkey_free", "pkey_mprotect", "map_shadow_stack"},
                       "memory of its own, charged to the cgroup; locking ends at RLIMIT_MEMLOCK, which is 0"));
  rows.push_back(allow({"execve",
                        "execveat",
                        "exit",
                        "exit_group",
                        "fork",
                        "vfork",
                        "wait4",
                        "waitid",
                        "getpid",
                        "getppid",
                        "gettid",
                        "getpgid",
                        "getpgrp",
                        "getsid",
                        "setpgid",
                        "setsid",
                        "kill",
                        "tkill",
                        "tgkill",
                        "set_tid_address",
                        "set_robust_list",
                        "get_robust_list",
                        "rseq",
                        "pidfd_open",
                        "pidfd_send_signal"},
                       "processes of its own pid namespace, bounded by pids.max; nobody else can be named"));
  rows.push_back(allow({"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait", "rt_sigqueueinfo",
                        "rt_tgsigqueueinfo", "rt_sigsuspend", "sigaltstack", "restart_syscall", "pause", "signalfd", "signalfd4"},
                       "signals among its own processes; queued ones are bounded by RLIMIT_SIGPENDING"));
  rows.push_back(allow({"time", "gettimeofday", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "alarm", "getitimer",
                        "setitimer", "times", "timer_create", "timer_settime", "timer_gettime", "timer_getoverrun", "timer_delete",
                        "timerfd_create", "timerfd_settime", "timerfd_gettime"},
                       "reading clocks and its own timers; setting a clock is not here"));
  rows.push_back(allow({"select", "pselect6", "poll", "ppoll", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
                        "epoll_pwait2", "eventfd", "eventfd2"},
                       "waiting for descriptors of its own"));
  rows.push_back(
      allow({"futex", "futex_waitv", "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_max",
             "sched_get_priority_min", "sched_rr_get_interval", "sched_getattr", "getpriority", "getcpu", "ioprio_get"},
            "threads, and looking at scheduling; changing it is refused below"));
  rows.push_back(allow({"getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getgroups", "getrlimit", "getrusage", "uname",
                        "capget", "arch_prctl", "getrandom"},
                       "asking about itself"));
  rows.push_back(allow({"setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid", "setgroups"},
                       "the init becomes the program's id by these; without capabilities they change nothing any more"));
}

void sockets(std::vector<FilterRow>& rows) {
  rows.push_back(only("socket", {{0, true, AF_UNIX}},
                      "local sockets die with the run; Python without HOME asks for one (getpwuid), so refusing must not kill"));
  rows.push_back({{"socket"},
                  kRefuse,
                  EAFNOSUPPORT,
                  {{0, false, AF_UNIX}},
                  "no network of any kind: AF_VSOCK and AF_NETLINK are not covered by a network namespace, AF_ALG is kernel surface"});
  rows.push_back(only("socketpair", {{0, true, AF_UNIX}}, "as socket"));
  rows.push_back(allow({"bind", "connect", "listen", "accept", "accept4", "shutdown", "getsockname", "getpeername", "getsockopt"},
                       "on local sockets, the only ones there are"));
  rows.push_back(
      only("sendto", {{3, true, 0, MSG_OOB}}, "the init answers the engine by it; out-of-band data had a hole (CVE-2025-38236)"));
  rows.push_back(only("recvfrom", {{3, true, 0, MSG_OOB}}, "as sendto"));
  rows.push_back(only("recvmsg", {{2, true, 0, MSG_OOB}}, "the init gets its requests by it"));
  rows.push_back(refuse({"sendmsg", "sendmmsg", "recvmmsg"}, EPERM,
                        "descriptors in flight outlive the run that sent them: memory and names that the next run would find"));
  for (const std::uint64_t option : Numbers{SO_REUSEADDR, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO}) {
    rows.push_back(only("setsockopt", {{1, true, SOL_SOCKET}, {2, true, option}}, "sizes and times; SO_ATTACH_FILTER is kernel surface"));
  }
}

void processes(std::vector<FilterRow>& rows) {
  rows.push_back(
      only("clone", {{0, true, 0, kNewNamespaces}}, "threads and processes, but no namespaces: those would be a new kernel surface"));
  rows.push_back({{"clone"},
                  kRefuse,
                  EPERM,
                  {{0, false, 0, kNewNamespaces}},
                  "a user namespace gives capabilities over nf_tables, overlayfs and more"});
  rows.push_back(refuse({"clone3"}, ENOSYS, "its flags lie in memory where a filter cannot look; glibc falls back to clone on ENOSYS"));
  rows.push_back(refuse({"unshare", "setns"}, EPERM, "namespaces, as clone"));
  // Each limit by name, not "all but one": the kernel drops high bits that a comparison for inequality would fall for.
  for (const std::uint64_t limit :
       Numbers{RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS,
        RLIMIT_LOCKS, RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME}) {
    rows.push_back(only("prlimit64", {{0, true, 0}, {1, true, limit}}, "its own limits only: another process may have the init's id"));
    rows.push_back(only("setrlimit", {{0, true, limit}}, "as prlimit64"));
  }
  rows.push_back(only("prlimit64", {{0, true, 0}, {1, true, RLIMIT_CORE}, {2, true, 0}}, "the core limit may be asked, not lowered to 0"));
  rows.push_back({{"prlimit64"}, kRefuse, EPERM, {{0, false, 0}}, "as above"});
  rows.push_back(only("setpriority", {{0, true, 0}, {1, true, 0}}, "its own niceness; by user or group it could reach the init"));
  rows.push_back(refuse({"sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr", "ioprio_set"}, EPERM,
                        "which CPUs and which class is the judge's to say"));
  rows.push_back(refuse({"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd"}, EPERM,
                        "looking into processes: the judge's own walls are out of reach anyway, and kernels had holes here"));
  rows.push_back(refuse({"seccomp"}, EPERM, "a filter with a listener could stall whoever waits for the program"));
  for (const std::uint64_t option : Numbers{PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE,
                                            PR_GET_NO_NEW_PRIVS, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_READ, PR_GET_SECCOMP, PR_SET_TIMERSLACK,
                                            PR_GET_TIMERSLACK, PR_SET_THP_DISABLE, PR_GET_THP_DISABLE, PR_GET_KEEPCAPS, PR_GET_SECUREBITS,
                                            PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER, 0x53564d41 /* PR_SET_VMA */}) {
    rows.push_back(only("prctl", {{0, true, option}}, "what runtimes ask for; the rest of prctl is surface without a use here"));
  }
  rows.push_back(only("personality", {{0, true, 0xffffffff}}, "asking; gdb and setarch change it, a judged program has no need"));
  rows.push_back(only("personality", {{0, true, 0}}, "as it is"));
}

void objects_that_outlive(std::vector<FilterRow>& rows) {
  rows.push_back(refuse({"add_key", "request_key", "keyctl"}, EPERM,
                        "no namespace covers keys: one added by a run is found by the next (measured with another judge)"));
  rows.push_back(refuse({"shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semctl", "semtimedop", "msgget", "msgsnd", "msgrcv",
                         "msgctl", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr"},
                        ENOSYS, "System V and POSIX queues live on in the cell's ipc namespace after the run that made them"));
  for (const std::uint64_t command : Numbers{F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, 1030 /* F_DUPFD_CLOEXEC */,
                                             1032 /* F_GETPIPE_SZ */, 1033 /* F_ADD_SEALS */, 1034 /* F_GET_SEALS */}) {
    rows.push_back(only("fcntl", {{1, true, command}}, "descriptor flags and seals"));
  }
  for (const std::uint64_t command :
       Numbers{F_SETLK, F_SETLKW, 37 /* F_OFD_SETLK */, 38 /* F_OFD_SETLKW */, 1024 /* F_SETLEASE */, 1026 /* F_NOTIFY */}) {
    rows.push_back({{"fcntl"}, kRefuse, EPERM, {{1, true, command}}, "locks on shared read-only files are a channel between two runs"});
  }
  rows.push_back(refuse({"flock"}, ENOSYS, "as locks by fcntl"));
  rows.push_back(refuse({"inotify_init", "inotify_init1", "inotify_add_watch", "inotify_rm_watch", "fanotify_init", "fanotify_mark"},
                        ENOSYS, "watching shared folders shows what other cells run"));
  rows.push_back(only("pipe2", {{1, true, 0, O_EXCL}}, "pipes; with O_EXCL it would be a notification pipe (watch_queue)"));
  rows.push_back(only("memfd_create", {{1, true, 0, kHugePages}}, "anonymous files, charged as memory and gone with the process"));
}

void devices(std::vector<FilterRow>& rows) {
  for (const std::uint64_t command : Numbers{0x5401 /* TCGETS */, 0x5413 /* TIOCGWINSZ */, 0x540F /* TIOCGPGRP */, 0x541B /* FIONREAD */,
                                             0x5421 /* FIONBIO */, 0x5450 /* FIONCLEX */, 0x5451 /* FIOCLEX */}) {
    rows.push_back(only("ioctl", {{1, true, command}}, "is it a terminal, how much is there; TIOCSTI and TIOCLINUX are not here"));
  }
  for (const std::uint64_t kind : Numbers{std::uint64_t{0}, std::uint64_t{S_IFREG}, std::uint64_t{S_IFIFO}}) {
    rows.push_back(only("mknod", {{1, true, kind, S_IFMT}}, "files and pipes by name, no devices"));
    rows.push_back(only("mknodat", {{2, true, kind, S_IFMT}}, "files and pipes by name, no devices"));
  }
}

void kernel_surface(std::vector<FilterRow>& rows) {
  rows.push_back(refuse({"mount",
                         "umount2",
                         "pivot_root",
                         "chroot",
                         "fsopen",
                         "fsconfig",
                         "fsmount",
                         "fspick",
                         "move_mount",
                         "open_tree",
                         "mount_setattr",
                         "open_by_handle_at",
                         "name_to_handle_at",
                         "quotactl",
                         "swapon",
                         "swapoff",
                         "acct",
                         "syslog",
                         "reboot",
                         "kexec_load",
                         "kexec_file_load",
                         "init_module",
                         "finit_module",
                         "delete_module",
                         "iopl",
                         "ioperm",
                         "settimeofday",
                         "clock_settime",
                         "clock_adjtime",
                         "adjtimex",
                         "sethostname",
                         "setdomainname",
                         "vhangup",
                         "capset",
                         "modify_ldt",
                         "lookup_dcookie",
                         "nfsservctl"},
                        EPERM, "administration; no capability is left for it, and the way to the kernel's code is closed as well"));
  rows.push_back(
      refuse({"bpf",
              "perf_event_open",
              "userfaultfd",
              "io_uring_setup",
              "io_uring_enter",
              "io_uring_register",
              "splice",
              "tee",
              "vmsplice",
              "io_setup",
              "io_submit",
              "memfd_secret",
              "landlock_create_ruleset",
              "landlock_add_rule",
              "landlock_restrict_self",
              "quotactl_fd",
              "process_mrelease",
              "remap_file_pages",
              "uselib",
              "ustat",
              "sysfs"},
             ENOSYS, "where local privilege was won in past years, or a way round this filter (io_uring), and no honest answer needs it"));
  rows.push_back(refuse({"sync", "syncfs"}, EPERM, "writes out the whole machine's disks: a cheap way to slow everybody"));
  rows.push_back(refuse({"setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"}, EOPNOTSUPP,
                        "kernel memory that no limit of files counts"));
}

std::vector<FilterRow> make_table() {
  std::vector<FilterRow> rows;
  plain_work(rows);
  sockets(rows);
  processes(rows);
  objects_that_outlive(rows);
  devices(rows);
  kernel_surface(rows);
  return rows;
}

}  // namespace

std::span<const FilterRow> filter_table() {
  static const std::vector<FilterRow> table = make_table();
  return table;
}

}  // namespace otmetka::sandbox
