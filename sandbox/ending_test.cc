// Which ending is it, when several things can be said of one run.
#include "sandbox/ending.h"

#include <signal.h>

#include <gtest/gtest.h>

namespace otmetka::sandbox {
namespace {

using cell::StopReason;
using std::chrono::milliseconds;

constexpr int exited(int code) { return code << 8; }
constexpr int killed(int signal) { return signal; }

struct Case {
  const char* what;
  Ending ending;
  int status = 0;
  StopReason reason = StopReason::kItself;
  std::uint64_t cpu_ms = 10;
  bool out_of_memory = false;
  std::uint64_t output = 0;
};

TEST(JudgeEnding, TheFirstThatHoldsIsIt) {
  const Limits limits{.cpu = milliseconds(100), .output_bytes = 1'000};
  const Case cases[] = {
      {"ended well", Ending::kExited, exited(0)},
      {"ended badly", Ending::kExited, exited(3)},
      {"a signal of its own", Ending::kSignalled, killed(SIGSEGV)},
      {"the kernel killed a child for memory, and the first process printed an answer all the same", Ending::kMemoryLimit, exited(0),
       StopReason::kItself, 10, true},
      {"memory, and then the clock too", Ending::kMemoryLimit, killed(SIGKILL), StopReason::kWall, 10, true},
      {"stopped for CPU time", Ending::kTimeLimit, killed(SIGKILL), StopReason::kCpu, 101},
      {"ended by itself, but over the limit when all were dead", Ending::kTimeLimit, exited(0), StopReason::kItself, 101},
      {"exactly the limit is within it", Ending::kExited, exited(0), StopReason::kItself, 100},
      {"the backstop struck", Ending::kTimeLimit, killed(SIGXCPU), StopReason::kItself, 99},
      {"sent itself the backstop's signal", Ending::kSignalled, killed(SIGXCPU), StopReason::kItself, 5},
      {"stopped by the clock", Ending::kIdleLimit, killed(SIGKILL), StopReason::kWall, 1},
      {"nobody needed the rest", Ending::kCancelled, killed(SIGKILL), StopReason::kCancelled, 1},
      {"more output than allowed, whatever the status", Ending::kOutputLimit, exited(0), StopReason::kItself, 10, false, 1'001},
      {"exactly as much output as allowed", Ending::kExited, exited(0), StopReason::kItself, 10, false, 1'000},
      {"a file too large", Ending::kOutputLimit, killed(SIGXFSZ)},
      {"a call that the filter kills for", Ending::kSecurity, killed(SIGSYS)},
      {"could not be executed", Ending::kNotStarted, ENOENT, StopReason::kNotStarted},
  };
  for (const Case& one : cases) {
    cell::RunReply reply{};
    reply.reason = one.reason;
    reply.status = one.status;
    reply.cpu_ns = one.cpu_ms * 1'000'000;
    CgroupUsage usage;
    usage.out_of_memory = one.out_of_memory;
    EXPECT_EQ(judge_ending(reply, usage, true, limits, {one.output, one.output}).ending, one.ending) << one.what;
  }
}

TEST(JudgeEnding, CodesAreStatusSignalOrErrno) {
  const auto code = [](int status, StopReason reason = StopReason::kItself) {
    cell::RunReply reply{};
    reply.reason = reason;
    reply.status = status;
    return judge_ending(reply, {}, true, Limits{}, {}).code;
  };
  EXPECT_EQ(code(exited(42)), 42);
  EXPECT_EQ(code(killed(SIGABRT)), SIGABRT);
  EXPECT_EQ(code(EACCES, StopReason::kNotStarted), EACCES);
}

TEST(JudgeEnding, MemoryOfItsOwnBeyondTheLimitPassesItAndPageCacheDoesNot) {
  cell::RunReply reply{};
  Limits limits;
  limits.memory_bytes = 64u << 20;
  const auto ending = [&](std::uint64_t own) {
    return judge_ending(reply, {.peak_bytes = 90u << 20, .own_bytes = own}, true, limits, {}).ending;
  };
  EXPECT_EQ(ending((66u << 20)), Ending::kMemoryLimit);
  EXPECT_EQ(ending((64u << 20) + 100'000), Ending::kExited) << "the init's part";
  EXPECT_EQ(ending(0), Ending::kExited) << "cache was pushed out, and the kernel killed nobody";
}

TEST(JudgeEnding, OutputWithinItsLimitIsNoMemory) {
  Limits limits;
  limits.memory_bytes = 64u << 20;
  limits.output_bytes = 32u << 20;
  struct Row {
    const char* what;
    std::uint64_t peak_mib;
    bool out_of_memory;
    OutputSize output;
    Ending ending;
    std::uint64_t told_mib;
  };
  constexpr std::uint64_t kMiB = 1u << 20;
  const Row rows[] = {
      {"as much of both as there may be", 96, false, {32 * kMiB, 32 * kMiB}, Ending::kExited, 64},
      {"holes in the output are no memory", 96, false, {32 * kMiB, 1 * kMiB}, Ending::kMemoryLimit, 95},
      {"the room for output is not for anything else", 80, false, {0, 0}, Ending::kMemoryLimit, 80},
      {"killed, and nearly all was output beyond the limit", 98, true, {90 * kMiB, 90 * kMiB}, Ending::kOutputLimit, 66},
      {"killed, and beyond both limits", 160, true, {33 * kMiB, 33 * kMiB}, Ending::kMemoryLimit, 128},
  };
  for (const Row& row : rows) {
    const CgroupUsage usage{
        .peak_bytes = row.peak_mib * kMiB, .own_bytes = row.peak_mib * kMiB, .peak_is_of_run = true, .out_of_memory = row.out_of_memory};
    const RunResult result = judge_ending({}, usage, true, limits, row.output);
    EXPECT_EQ(result.ending, row.ending) << row.what;
    EXPECT_EQ(result.peak_bytes, row.told_mib * kMiB) << row.what;
  }
}

TEST(JudgeEnding, APeakThatTheCgroupCannotTellComesFromTheProcesses) {
  cell::RunReply reply{};
  reply.max_rss_bytes = 5;
  const CgroupUsage of_run{.peak_bytes = 9, .peak_is_of_run = true};
  const CgroupUsage of_an_earlier_one{.peak_bytes = 9, .peak_is_of_run = false};
  EXPECT_EQ(judge_ending(reply, of_run, true, Limits{}, {}).peak_bytes, 9u);
  EXPECT_EQ(judge_ending(reply, of_an_earlier_one, true, Limits{}, {}).peak_bytes, 5u);
  EXPECT_FALSE(judge_ending(reply, of_an_earlier_one, true, Limits{}, {}).peak_is_exact);
  EXPECT_FALSE(judge_ending(reply, of_run, false, Limits{}, {}).peak_is_exact) << "without a cgroup nothing counts the tree";
}

}  // namespace
}  // namespace otmetka::sandbox
