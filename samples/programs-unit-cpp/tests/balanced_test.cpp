#include <gtest/gtest.h>

#include <string>

bool balanced(const std::string& text);

TEST(Balanced, Pairs) { EXPECT_TRUE(balanced("([]{})")); }
TEST(Balanced, Nothing) { EXPECT_TRUE(balanced("")); }
TEST(Balanced, Unclosed) { EXPECT_FALSE(balanced("(()")); }
TEST(Balanced, Crossed) { EXPECT_FALSE(balanced("([)]")); }
