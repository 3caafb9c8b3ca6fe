// One program to run once, and how it ended.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/memory_file.h"

namespace otmetka::sandbox {

// Of the whole tree of processes. There is no "unlimited".
struct Limits {
  std::chrono::nanoseconds cpu = std::chrono::seconds(1);   // user and system time of all; what usually strikes first
  // Strikes what waits: for input, for sleep, for a lock. What it waited for a CPU does not count, up to three times as much.
  std::chrono::nanoseconds wall = std::chrono::seconds(3);
  std::uint64_t memory_bytes = 256u << 20;   // memory and files in memory together, without swap
  std::uint64_t processes = 1;               // and threads
  std::uint64_t output_bytes = 64u << 10;    // of standard output
  std::uint64_t file_bytes = 0;              // of any one file; output_bytes where that is more
  std::uint64_t stack_bytes = 0;             // of the first thread; 0: as much as memory
  std::uint64_t open_files = 64;
  // Of writable memory that is set aside and hardly used (stacks of threads), by a program that reserves many addresses besides:
  // without a cgroup its addresses are not bounded, but what it may write to, by memory_bytes and this. 0: no such program.
  std::uint64_t reserved_bytes = 0;
};

inline constexpr std::uint64_t kMostErrorBytes = 64u << 10;  // of standard error that are kept

// A folder or file of the host that programs may read, and where they see it: absolute paths.
struct Bind {
  std::string from, to;
};

struct InputFile {
  std::string name;  // in the work folder: no slash, 1 to 255 bytes, not "." or ".."
  std::shared_ptr<const MemoryFile> bytes;
  bool executable = false;  // may be started by its path, as a script is
};

struct Program {
  std::vector<std::string> argv;         // argv[0] is a path inside, unless `executable` is given
  std::vector<std::string> environment;  // NAME=value; nothing is inherited
  std::shared_ptr<const MemoryFile> executable;
  std::vector<InputFile> files;
  std::shared_ptr<const MemoryFile> input;  // null: nothing to read
  // In place of `input` and of the file that output goes to; taken by the run, which closes them. run_pair sets them.
  std::shared_ptr<Descriptor> input_pipe, output_pipe;
  std::shared_ptr<const Descriptor> cancel;  // an eventfd: as soon as it can be read the run is ended. run_pair sets it.
  bool ends_with_process = false;  // nobody sees its pipes closed before its first process has ended. run_pair sets it.
  std::vector<std::string> collect;         // files of the work folder to bring out afterwards; "*.class": all with that ending; "*": all
  std::uint64_t collect_bytes = 0;          // of each at most
  Limits limits;
};

// How the run ended, as the sandbox sees it: what that means for a mark is the checker's to say. In the order in which they
// are looked for; the first that holds is it.
enum class Ending {
  kMemoryLimit,   // the cgroup says so, whatever signal or status the program ended with
  kTimeLimit,     // CPU
  kIdleLimit,     // wall time, with CPU to spare
  kCancelled,     // for its interactor's sake, who had settled what it is worth
  kOutputLimit,
  kSecurity,      // a system call that nothing honest makes
  kSignalled,
  kNotStarted,    // the program could not be executed: no such file, wrong architecture
  kExited,
};

struct CollectedFile {
  std::string name;
  std::string bytes;
  std::string refused;  // why it was not taken: "missing", "not a regular file", "too large"; empty: taken
};

struct RunResult {
  Ending ending = Ending::kNotStarted;
  int code = 0;                      // exit status, signal, or (kNotStarted) errno
  std::string detail;                // of kNotStarted: the step
  std::chrono::nanoseconds cpu{0};
  std::chrono::nanoseconds wall{0};  // from the program's first instruction to the end of its first process
  std::chrono::nanoseconds starved{0};  // it stood ready to run while others had the CPUs; known where its clock struck, and of pairs
  std::chrono::nanoseconds ended{0};  // CLOCK_MONOTONIC, by the cell's init: which of two programs ended first
  std::chrono::nanoseconds kill{0};  // from the decision to end it until all its processes were dead
  std::uint64_t peak_bytes = 0;
  bool peak_is_exact = true;
  bool process_limit_hit = false;
  int leftover = 0;                  // processes that were still alive when the first had ended
  std::string out;                   // at most output_bytes
  std::string err;                   // at most kMostErrorBytes
  bool err_cut = false;
  std::vector<CollectedFile> files;
};

}  // namespace otmetka::sandbox
