// What a process has used, as the system tells.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace otmetka::load {

// Since the process began; two of them make what a piece of time has cost.
struct ProcessUse {
  double cpu_seconds = 0;           // of all its threads, user and system; without what it runs in the sandbox
  std::int64_t resident_bytes = 0;  // at the moment
  std::int64_t peak_bytes = 0;      // the most that were resident so far
  std::uint64_t voluntary_switches = 0;    // a thread waited; of another process only the threads that run still
  std::uint64_t involuntary_switches = 0;  // a thread was made to wait
};

// Of this process, threads that have ended included.
ProcessUse own_use();

// Of another one, from `folder`/PID; nullopt: it is gone, or this user may not look. Any thread.
std::optional<ProcessUse> use_of(pid_t pid, const std::string& folder = "/proc");

// Which process this is, told from one that takes its number later: when it began, in the system's ticks. 0: it is gone.
std::uint64_t beginning_of(pid_t pid, const std::string& folder = "/proc");

}  // namespace otmetka::load
