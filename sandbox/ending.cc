#include "sandbox/ending.h"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "sandbox/language.h"

namespace otmetka::sandbox {
namespace {

using cell::StopReason;

int signal_of(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

std::uint64_t without(std::uint64_t bytes, std::uint64_t part) { return bytes - std::min(bytes, part); }

std::uint64_t permitted(const OutputSize& output, const Limits& limits) { return std::min(output.charged, limits.output_bytes); }

// The group has some room for the init and for output beside the program: one that has had a part of that too has passed its limit
// all the same.
bool went_beyond(const CgroupUsage& usage, const Limits& limits, const OutputSize& output) {
  return usage.peak_is_of_run && without(usage.own_bytes, permitted(output, limits)) > limits.memory_bytes + kInitCharge;
}

// Memory ran out for no more than output that nobody had permitted.
bool output_took_it(const CgroupUsage& usage, const Limits& limits, const OutputSize& output) {
  return output.bytes > limits.output_bytes && without(usage.peak_bytes, output.charged) <= limits.memory_bytes;
}

Ending ending_of(const cell::RunReply& reply, const CgroupUsage& usage, const Limits& limits, const OutputSize& output) {
  const int signal = signal_of(reply.status);
  if (reply.reason == StopReason::kNotStarted) return Ending::kNotStarted;
  const bool ran_out = usage.out_of_memory || went_beyond(usage, limits, output);
  if (ran_out) return output_took_it(usage, limits, output) ? Ending::kOutputLimit : Ending::kMemoryLimit;
  const auto cpu_limit = static_cast<std::uint64_t>(limits.cpu.count());
  const bool backstop = signal == SIGXCPU && reply.cpu_ns >= cpu_limit / 10 * 9;  // a program may send itself any signal
  if (reply.reason == StopReason::kCpu || reply.cpu_ns > cpu_limit || backstop) return Ending::kTimeLimit;
  if (reply.reason == StopReason::kWall) return Ending::kIdleLimit;
  if (reply.reason == StopReason::kCancelled) return Ending::kCancelled;
  if (output.bytes > limits.output_bytes || signal == SIGXFSZ) return Ending::kOutputLimit;
  if (signal == SIGSYS) return Ending::kSecurity;
  return signal != 0 ? Ending::kSignalled : Ending::kExited;
}

}  // namespace

RunResult judge_ending(const cell::RunReply& reply, const CgroupUsage& usage, bool has_cgroup, const Limits& limits,
                       const OutputSize& output) {
  RunResult result;
  result.ending = ending_of(reply, usage, limits, output);
  const bool by_signal = result.ending == Ending::kSignalled || result.ending == Ending::kSecurity;
  if (result.ending == Ending::kNotStarted) {
    result.code = reply.status;
    result.detail = std::string(reply.step, strnlen(reply.step, sizeof(reply.step)));
  } else {
    result.code = by_signal || WIFSIGNALED(reply.status) ? WTERMSIG(reply.status) : WEXITSTATUS(reply.status);
  }
  result.cpu = std::chrono::nanoseconds(reply.cpu_ns);
  result.wall = std::chrono::nanoseconds(reply.wall_ns);
  result.starved = std::chrono::nanoseconds(reply.starved_ns);
  result.ended = std::chrono::nanoseconds(reply.ended_ns);
  result.kill = std::chrono::nanoseconds(reply.kill_ns);
  result.leftover = reply.leftover;
  result.process_limit_hit = usage.process_limit_hit;
  result.peak_is_exact = has_cgroup && usage.peak_is_of_run;
  result.peak_bytes = result.peak_is_exact ? without(usage.peak_bytes, permitted(output, limits)) : reply.max_rss_bytes;
  return result;
}

bool runtime_ran_out(const RunResult& run, const Language& language) {
  const auto& exits = language.memory_exits;
  if (run.ending != Ending::kExited || std::find(exits.begin(), exits.end(), run.code) == exits.end()) return false;
  return run.err_cut || run.err.find(language.memory_says) != std::string::npos;  // it may have been said behind what was kept
}

}  // namespace otmetka::sandbox
