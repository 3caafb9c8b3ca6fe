#include "engine/programs.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace otmetka::engine {

Result<sandbox::Workshop*> Programs::workshop() {
  const std::lock_guard lock(mutex_);
  if (failure_) return *failure_;
  if (workshop_) return workshop_.get();
  auto opened = sandbox::Workshop::open(options_);
  if (!opened) {
    failure_ = opened.failure();
    return *failure_;
  }
  workshop_ = std::move(*opened);
  return workshop_.get();
}

// Threads and not tasks: they wait for programs, and a task that waits keeps a core from those that work.
void Programs::for_each(std::size_t n, const std::function<void(std::size_t)>& one) {
  const auto opened = workshop();
  const std::size_t threads = std::min<std::size_t>(n, opened ? (*opened)->sandbox().slots() : 1);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < n; i = next++) one(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

}  // namespace otmetka::engine
