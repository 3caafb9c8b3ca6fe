// Time that passes: how long a work takes, or at what pace others publish. Never in place of waiting for something.
#pragma once

#include <chrono>
#include <future>

namespace otmetka {

inline void let_pass(std::chrono::microseconds time) {
  std::promise<void> never;
  static_cast<void>(never.get_future().wait_for(time));
}

}  // namespace otmetka
