// From what the init and the cgroup saw to one Ending.
#pragma once

#include "sandbox/cell/protocol.h"
#include "sandbox/cgroup.h"
#include "sandbox/program.h"

namespace otmetka::sandbox {

// Pure. `output_size`: bytes that standard output holds, one more than the limit at most. Fills everything but the streams
// and files.
RunResult judge_ending(const cell::RunReply& reply, const CgroupUsage& usage, bool has_cgroup, const Limits& limits,
                       std::uint64_t output_size);

}  // namespace otmetka::sandbox
