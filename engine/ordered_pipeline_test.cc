#include "engine/ordered_pipeline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace otmetka::engine {
namespace {

class Square : public Job {
 public:
  explicit Square(int n) : n_(n) {}
  void run() override {
    // Uneven work, so that jobs finish out of order.
    volatile int spin = (n_ % 7) * 1'000;
    while (spin > 0) spin = spin - 1;
    out = n_ * n_;
  }
  int out = -1;

 private:
  int n_;
};

TEST(RunOrdered, ComesBackInOrderWhateverTheNumberOfWorkers) {
  for (const int workers : {1, 2, 4}) {
    int next = 0;
    std::vector<int> seen;
    run_ordered(
        workers, [&]() -> std::unique_ptr<Job> { return next < 2'000 ? std::make_unique<Square>(next++) : nullptr; },
        [&](Job& job) {
          seen.push_back(static_cast<Square&>(job).out);
          return true;
        });
    ASSERT_EQ(seen.size(), 2'000u);
    for (int i = 0; i < 2'000; ++i) ASSERT_EQ(seen[static_cast<std::size_t>(i)], i * i);
  }
}

TEST(RunOrdered, HoldsABoundedNumberOfJobs) {
  std::atomic<int> alive{0};
  std::atomic<int> most{0};
  class Counted : public Job {
   public:
    Counted(std::atomic<int>& alive_now, std::atomic<int>& peak) : alive_(alive_now) { peak = std::max(peak.load(), ++alive_); }
    ~Counted() override { --alive_; }
    void run() override {}

   private:
    std::atomic<int>& alive_;
  };
  int left = 5'000;
  run_ordered(
      2, [&]() -> std::unique_ptr<Job> { return left-- > 0 ? std::make_unique<Counted>(alive, most) : nullptr; },
      [](Job&) { return true; });
  EXPECT_EQ(alive, 0);
  EXPECT_LE(most, 2 * 2 + 1);
}

TEST(RunOrdered, WhatAJobThrowsComesOutAndNoJobIsLeftBehind) {
  std::atomic<int> alive{0};
  class Throwing : public Job {
   public:
    Throwing(std::atomic<int>& alive_now, int n) : alive_(alive_now), n_(n) { ++alive_; }
    ~Throwing() override { --alive_; }
    void run() override {
      if (n_ == 100) static_cast<void>(std::string().at(1));
    }

   private:
    std::atomic<int>& alive_;
    int n_;
  };
  int made = 0;
  EXPECT_THROW(run_ordered(
                   2, [&]() -> std::unique_ptr<Job> { return std::make_unique<Throwing>(alive, made++); }, [](Job&) { return true; }),
               std::out_of_range);
  EXPECT_EQ(alive, 0);
}

TEST(RunOrdered, EndsEarlyWhenTheConsumerSaysSo) {
  int made = 0;
  int taken = 0;
  run_ordered(
      2, [&]() -> std::unique_ptr<Job> { return std::make_unique<Square>(made++); }, [&](Job&) { return ++taken < 10; });
  EXPECT_EQ(taken, 10);
}

}  // namespace
}  // namespace otmetka::engine
