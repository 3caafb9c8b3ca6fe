#include "engine/retry_queue.h"

#include <gtest/gtest.h>

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;

Work work(std::int64_t offset, std::int32_t faults) {
  Work out;
  out.record.position.offset = offset;
  out.faults = faults;
  return out;
}

TEST(RetryQueueTest, NothingIsDueWithoutWork) {
  RetryQueue queue(RetryPolicy{});
  EXPECT_TRUE(queue.take_due(RetryQueue::Clock::now()).empty());
  EXPECT_EQ(queue.next_wait(milliseconds(77)), milliseconds(77));
}

TEST(RetryQueueTest, EveryWorkComesBackWithinItsDoublingCeiling) {
  for (std::int32_t attempts = 1; attempts <= 6; ++attempts) {
    RetryQueue queue({.base = milliseconds(10), .longest = milliseconds(100)});
    const auto start = RetryQueue::Clock::now();
    for (int i = 0; i < 200; ++i) queue.add(work(i, attempts));
    const auto ceiling = std::min(milliseconds(10) * (1 << (attempts - 1)), milliseconds(100));
    EXPECT_EQ(queue.take_due(start + ceiling + milliseconds(1'000)).size(), 200u);
    EXPECT_EQ(queue.size(), 0u);
  }
}

TEST(RetryQueueTest, JitterSpreadsTheWaits) {
  RetryQueue queue({.base = milliseconds(1'000'000), .longest = milliseconds(1'000'000)});
  const auto start = RetryQueue::Clock::now();
  for (int i = 0; i < 1'000; ++i) queue.add(work(i, 1));
  const auto half = queue.take_due(start + milliseconds(500'000)).size();
  EXPECT_GT(half, 300u);
  EXPECT_LT(half, 700u);
}

TEST(RetryQueueTest, ATimeThatIsGivenIsKeptUntilAllAreMadeDue) {
  RetryQueue queue(RetryPolicy{});
  const auto start = RetryQueue::Clock::now();
  for (int i = 0; i < 3; ++i) queue.add(work(i, 1), start + std::chrono::hours(i + 1));
  EXPECT_EQ(queue.take_due(start + std::chrono::hours(1)).size(), 1u);
  EXPECT_GT(queue.next_wait(std::chrono::hours(24)), std::chrono::minutes(90));
  queue.make_all_due();
  EXPECT_EQ(queue.next_wait(std::chrono::hours(24)), milliseconds(0));
  EXPECT_EQ(queue.take_due(start).size(), 2u);
}

TEST(RetryQueueTest, AHugeNumberOfAttemptsDoesNotOverflow) {
  RetryQueue queue({.base = milliseconds(100), .longest = milliseconds(5'000)});
  queue.add(work(1, 1'000'000));
  EXPECT_LE(queue.next_wait(milliseconds(60'000)), milliseconds(5'000));
}

}  // namespace
}  // namespace otmetka::engine
