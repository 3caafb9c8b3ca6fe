#include <gtest/gtest.h>

TEST(Balanced, Pairs) { EXPECT_TRUE(balanced("([]{})")); }
TEST(Balanced, Nothing) { EXPECT_TRUE(balanced("")); }
TEST(Balanced, Unclosed) { EXPECT_FALSE(balanced("(()")); }
TEST(Balanced, Crossed) { EXPECT_FALSE(balanced("([)]")); }
