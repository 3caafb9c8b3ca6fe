// Two programs that talk: whose end is whose, and which clock strikes whom.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "sandbox/sandbox_test_support.h"

namespace otmetka::sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(SandboxPair, AProgramThatWaitsWhileTheOtherComputesHasNotIdled) {
  Program asks = shell("read line; echo got $line >&2");
  asks.limits.wall = milliseconds(300) * time_factor();
  Program thinks = shell("i=0; while [ $i -lt 600000 ]; do i=$((i+1)); done; echo answer; cat >/dev/null");
  thinks.limits.cpu = thinks.limits.wall = seconds(60);
  const auto pair = box().run_pair(asks, thinks);
  ASSERT_TRUE(pair.ok());
  ASSERT_GT(pair->interactor.cpu, milliseconds(300)) << "it must think for longer than the other may wait";
  EXPECT_EQ(pair->program.ending, Ending::kExited);
  EXPECT_EQ(pair->program.err, "got answer\n");

  const auto idle = box().run_pair(asks, shell("cat >/dev/null"));
  ASSERT_TRUE(idle.ok());
  EXPECT_EQ(idle->program.ending, Ending::kIdleLimit);
}

TEST(SandboxPair, WhatIsSettledIsNotRunToItsLimit) {
  Program spins = shell("while :; do :; done");
  spins.limits.cpu = seconds(2) * time_factor();
  spins.limits.wall = seconds(30) * time_factor();
  const Settles settles = [](const RunResult& interactor) { return interactor.ending == Ending::kExited && interactor.code == 43; };
  const auto settled = box().run_pair(spins, shell("exit 43"), settles);
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->program.ending, Ending::kCancelled);
  EXPECT_TRUE(settled->interactor_first);
  EXPECT_LT(settled->program.cpu, spins.limits.cpu / 2);
  const auto goes_on = box().run_pair(spins, shell("exit 42"), settles);
  ASSERT_TRUE(goes_on.ok());
  EXPECT_EQ(goes_on->program.ending, Ending::kTimeLimit);
}

// Whoever reads it all could be brought down by it.
TEST(SandboxPair, AFloodEndsAtTheLimit) {
  Program floods = shell("trap '' PIPE; head -c 200000000 /dev/zero; echo $? >&2");
  floods.limits.cpu = floods.limits.wall = seconds(10) * time_factor();
  Program reads = shell("wc -c >&2");
  reads.limits = floods.limits;
  const auto pair = box().run_pair(floods, reads);
  ASSERT_TRUE(pair.ok());
  EXPECT_EQ(pair->program.ending, Ending::kOutputLimit);
  EXPECT_LE(std::stoll(pair->interactor.err), static_cast<long long>(kMostTalkBytes) + (64 << 10));
  Program much = shell("head -c 60000000 /dev/zero");
  much.limits = floods.limits;
  const auto within = box().run_pair(much, reads);
  ASSERT_TRUE(within.ok());
  EXPECT_EQ(within->program.ending, Ending::kExited);
  EXPECT_EQ(within->interactor.err, "60000000\n");
}

TEST(SandboxPair, ItsStreamsCanBeOpenedByName) {
  const auto pair = box().run_pair(shell("echo question >/dev/stdout; cat /dev/stdin >&2"),
                                   shell("head -n 1 /dev/stdin >&2; echo answer >/proc/self/fd/1"));
  ASSERT_TRUE(pair.ok());
  EXPECT_EQ(pair->program.err, "answer\n");
  EXPECT_EQ(pair->interactor.err, "question\n");
}

// Those who want one slot come again and again; who wants two gets them all the same, in its turn.
TEST(SandboxPair, DoesNotWaitBehindAllWhoWantLess) {
  std::atomic<bool> leaving{false};
  std::atomic<int> begun{0};
  std::vector<std::thread> others;
  for (int i = 0; i < 4; ++i) {
    others.emplace_back([&] {
      while (!leaving) {
        ++begun;
        static_cast<void>(box().run(shell("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done")));
      }
    });
  }
  while (begun < 8) std::this_thread::yield();
  const int before = begun;
  const auto pair = box().run_pair(shell("echo x"), shell("cat"));
  const int meanwhile = begun - before;
  leaving = true;
  for (std::thread& other : others) other.join();
  ASSERT_TRUE(pair.ok());
  EXPECT_LE(meanwhile, 12) << "four may stand before it, and the two slots go on for as long as it runs";
}

}  // namespace
}  // namespace otmetka::sandbox
