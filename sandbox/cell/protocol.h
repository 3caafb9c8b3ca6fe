// What passes between the engine and a cell: one set-up at birth, then a request and a reply for each run.
// Both ends are built from this header in one build, so there is no version to negotiate. Plain data only.
#pragma once

#include <cstddef>
#include <cstdint>

namespace otmetka::sandbox::cell {

// Descriptors that the keeper (the cell's first process) is born with.
inline constexpr int kControl = 3;   // SOCK_SEQPACKET: the engine's requests, the init's replies
inline constexpr int kSetup = 4;     // a memfd: Setup and what follows it
inline constexpr int kLifeline = 5;  // a byte when the cell is to end; hangs up when the engine is gone, however it went
inline constexpr int kCpuUsage = 6;  // the cgroup's CPU counter, or /dev/null
inline constexpr int kFirstJoin = 7; // cgroup.procs of each hierarchy to be born in

enum class CpuSource : std::uint32_t { kNone, kNanoseconds, kCpuStat };  // v1 cpuacct.usage, v2 cpu.stat

// In the memfd: this, then `filter_length` sock_filters, then strings that end in NUL: `binds` pairs of a host path and where
// it is inside, `removals` of cgroup folders to remove at the end (in that order), of which the last `orphaned` only when the
// engine is gone.
struct Setup {
  std::uint32_t host_uid_of_init;     // with own_ids: two host ids that nobody else has
  std::uint32_t host_uid_of_program;
  std::uint32_t own_ids;              // 0: only the caller's own id can be mapped, init and program share it
  std::uint32_t joins;                // cgroup.procs descriptors from kFirstJoin on
  std::uint32_t realtime;             // see whether the init may have SCHED_RR
  std::uint32_t cpus;                 // that the program may use at once, for the time until CPU is looked at again
  CpuSource cpu_source;
  std::uint32_t filter_length;
  std::uint32_t binds;
  std::uint32_t removals;
  std::uint32_t orphaned;
  std::uint64_t scratch_bytes;        // of the work folder, /tmp and /dev/shm together
  std::uint64_t scratch_inodes;
};

// Walls that were raised; what is missing was refused by the kernel.
enum Wall : std::uint32_t {
  kWallProcPrivate = 1u << 0,   // /proc shows the cell's processes only
  kWallProcSubset = 1u << 1,    // and nothing but processes
  kWallLandlock = 1u << 2,
  kWallRealtime = 1u << 3,
  kWallNoNestedUsers = 1u << 4, // the kernel itself refuses another user namespace inside
};

enum class MessageKind : std::uint32_t { kFolder, kReady, kFailed, kRun, kLonger, kDone, kWipe, kClean };

// The init's first messages: kFolder with a descriptor of the work folder, then kReady. Or kFailed: `step` did not work.
struct Hello {
  MessageKind kind;
  std::int32_t error;      // errno
  std::uint32_t walls;
  std::uint32_t landlock_abi;
  std::int32_t init_pid;   // in the engine's pid namespace
  char step[48];
};

// Descriptors with it, in this order: standard input, output, error, (with `by_descriptor`) the program, and (with `cancellable`)
// an eventfd: when it can be read the run is cancelled.
// The strings that follow: `argc` arguments, `envc` variables, all ending in NUL.
struct RunRequest {
  MessageKind kind;
  std::uint32_t by_descriptor;  // else argv[0] is a path inside
  std::uint32_t keep_files;     // do not wipe before kWipe comes: the engine wants to collect
  std::uint32_t cancellable;
  std::uint32_t hold_pipes;     // until the first process has ended; 0: or until it stands still
  std::uint32_t argc;
  std::uint32_t envc;
  std::uint32_t processes;      // RLIMIT_NPROC of the program's own id
  std::uint64_t cpu_ns;
  std::uint64_t wall_ns;        // and what it waited for a CPU meanwhile, up to kMostStarved times that
  std::uint64_t file_bytes;     // RLIMIT_FSIZE: also what standard output may hold
  std::uint64_t address_bytes;  // RLIMIT_AS; 0: none (the cgroup bounds memory)
  std::uint64_t data_bytes;     // RLIMIT_DATA; 0: none
  std::uint64_t stack_bytes;
  std::uint64_t open_files;
};

// Sent when the folders have been emptied after a run; before it nothing may be put into them. `clean` 0: they could not be.
struct Cleaned {
  MessageKind kind;
  std::uint32_t clean;
};

// Why the init ended the run; noted before it kills.
enum class StopReason : std::uint32_t { kItself, kCpu, kWall, kCancelled, kNotStarted };

// kDone. Before it, each time the run is given more time because it had to wait for a CPU: kLonger, the rest unset. That time is never
// more than wall_ns.
struct RunReply {
  MessageKind kind;
  StopReason reason;
  std::int32_t status;        // as wait4 gives it; of kNotStarted: errno
  std::int32_t leftover;      // processes killed after the first one had ended
  std::uint64_t ended_ns;  // CLOCK_MONOTONIC: when the first process ended, or was given up
  std::uint64_t wall_ns;
  std::uint64_t cpu_ns;       // of all processes, read after the last is dead
  std::uint64_t starved_ns;   // how long it had to wait for a CPU; looked at when the clock strikes, and of two programs that talk
  std::uint64_t max_rss_bytes;
  std::uint64_t kill_ns;      // from the decision to kill until all were dead
  char step[32];              // of kNotStarted
};

inline constexpr std::uint64_t kMostStarved = 3;
inline constexpr std::size_t kMostStrings = 128 * 1024;  // bytes of arguments and environment together
inline constexpr std::size_t kMostArguments = 4096;      // of each

}  // namespace otmetka::sandbox::cell
