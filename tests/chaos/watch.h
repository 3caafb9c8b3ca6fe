// What a worker does at this moment and what has befallen it, in a file that outlives it: whether a fault has hit.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace otmetka::chaos {

class Watch {
 public:
  // FOLDER/watch, made if it is not there. Fails the test, or the process, where that cannot be.
  explicit Watch(const std::string& folder);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  struct Noted {
    std::atomic<bool> committing;         // a commit is under way
    std::atomic<std::uint64_t> fenced;    // producers that may write no more and were replaced, of all processes
    std::atomic<std::uint64_t> stale;     // results that came too late to be its own, of all processes
  };
  Noted* operator->() const { return noted_; }

 private:
  Noted* noted_;
};

}  // namespace otmetka::chaos
