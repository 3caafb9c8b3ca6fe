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

}  // namespace otmetka::sandbox::cell
