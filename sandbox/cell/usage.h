// CPU time of everything in the cell, in nanoseconds.
#pragma once

#include "sandbox/cell/protocol.h"

namespace otmetka::sandbox::cell {

class Usage {
 public:
  Usage(CpuSource source, int fd) : source_(source), fd_(fd) {}

  // Monotonic over the cell's life. Lags by up to a scheduler tick for what is running; exact for what is dead.
  std::uint64_t cpu_ns() const;

  bool counts_everything() const { return source_ != CpuSource::kNone; }

 private:
  CpuSource source_;
  int fd_;
};

// How long the first thread of a process that has not been waited for yet stood ready to run while others ran, in nanoseconds: the
// second number of schedstat (Documentation/scheduler/sched-stats.rst). `proc`: a descriptor of a /proc that shows it. 0 where the kernel
// does not say. Of the first thread only: once somebody has looked at the files of several, their end may keep an init of a real-time
// class turning in the kernel for 950 ms.
std::uint64_t wait_for_cpu_ns(int proc, int pid);

}  // namespace otmetka::sandbox::cell
