// The table is the argument for the filter: every row must carry its reason, and no two rows may contradict each other.
#include "sandbox/filter_table.h"

#include <cstring>
#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/seccomp_filter.h"

namespace otmetka::sandbox {
namespace {

TEST(FilterTable, EveryRowSaysWhy) {
  for (const FilterRow& row : filter_table()) {
    ASSERT_FALSE(row.calls.empty());
    EXPECT_GE(std::strlen(row.why), 5u) << row.calls.front();
    EXPECT_EQ(row.error != 0, row.action == FilterAction::kRefuse) << row.calls.front();
  }
}

// A call named without a condition is settled: libseccomp would let such a row swallow any other of the same call.
TEST(FilterTable, ACallHasOneUnconditionalRowOrOnlyConditionalOnes) {
  std::map<std::string, std::pair<int, int>> rows;  // unconditional, conditional
  for (const FilterRow& row : filter_table()) {
    for (const char* call : row.calls) ++(row.conditions.empty() ? rows[call].first : rows[call].second);
  }
  for (const auto& [call, counts] : rows) {
    EXPECT_LE(counts.first, 1) << call;
    EXPECT_TRUE(counts.first == 0 || counts.second == 0) << call;
  }
}

TEST(FilterTable, WhatGivesAWayOutIsNeverAllowedOutright) {
  const std::set<std::string> closed = {"add_key",
                                        "request_key",
                                        "keyctl",
                                        "io_uring_setup",
                                        "bpf",
                                        "perf_event_open",
                                        "userfaultfd",
                                        "ptrace",
                                        "mount",
                                        "setns",
                                        "unshare",
                                        "clone",
                                        "clone3",
                                        "socket",
                                        "prlimit64",
                                        "ioctl",
                                        "fcntl",
                                        "flock",
                                        "shmget",
                                        "mq_open",
                                        "open_by_handle_at",
                                        "process_vm_readv",
                                        "seccomp",
                                        "splice",
                                        "inotify_init1",
                                        "prctl",
                                        "personality",
                                        "sched_setscheduler",
                                        "sched_setaffinity",
                                        "pidfd_getfd",
                                        "memfd_secret",
                                        "syncfs"};
  for (const FilterRow& row : filter_table()) {
    for (const char* call : row.calls) {
      EXPECT_FALSE(closed.contains(call) && row.action == FilterAction::kAllow && row.conditions.empty()) << call;
    }
  }
}

TEST(SeccompFilter, IsShortEnoughToBeChecked) {
  const auto filter = compile_filter();
  ASSERT_TRUE(filter.ok());
  EXPECT_GT(filter->size(), 200u) << "a filter that allows a few calls cannot hold the table";
  EXPECT_LT(filter->size(), 4'096u) << "the kernel's bound, BPF_MAXINSNS";
}

}  // namespace
}  // namespace otmetka::sandbox
