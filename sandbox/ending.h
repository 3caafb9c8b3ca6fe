// From what the init and the cgroup saw to one Ending.
#pragma once

#include "sandbox/cell/protocol.h"
#include "sandbox/cgroup.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

// What a program has written to standard output, where that is a file.
struct OutputSize {
  std::uint64_t bytes = 0;
  std::uint64_t charged = 0;  // of memory: less than `bytes` where it has holes
};

// Pure. Fills everything but the streams and files. Output within its limit is not counted as memory.
RunResult judge_ending(const cell::RunReply& reply, const CgroupUsage& usage, bool has_cgroup, const Limits& limits,
                       const OutputSize& output);

}  // namespace otmetka::sandbox
