// Waits for what another thread does.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace otmetka {

// Fails the test when it has not come true within a minute.
template <class Condition>
void wait_until(const Condition& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  ASSERT_TRUE(condition());
}

}  // namespace otmetka
