#include "engine/patience.h"

#include <gtest/gtest.h>

#include <thread>

namespace otmetka::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(PatienceTest, TheTimeThatATryTakesCountsToo) {
  const std::atomic<bool> leaving{false};
  Patience patience(milliseconds(50), leaving);
  EXPECT_TRUE(patience.again());  // its pause alone is longer than the patience
  EXPECT_FALSE(patience.again());
}

TEST(PatienceTest, ASuccessGivesItBackWhole) {
  const std::atomic<bool> leaving{false};
  Patience patience(milliseconds(50), leaving);
  EXPECT_FALSE(patience.failing());
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(patience.again());
    EXPECT_TRUE(patience.failing());
    patience.renew();
  }
}

TEST(PatienceTest, OneThatIsToLeaveHasLittleLeft) {
  std::atomic<bool> leaving{false};
  Patience patience(seconds(3'600), leaving);
  EXPECT_TRUE(patience.again());
  leaving = true;
  const auto begun = Patience::Clock::now();
  int tries = 0;
  while (patience.again()) ASSERT_LT(++tries, 100);
  EXPECT_LT(Patience::Clock::now() - begun, seconds(30));
  EXPECT_GT(tries, 0) << "but some";
}

}  // namespace
}  // namespace otmetka::engine
