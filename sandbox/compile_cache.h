// What was compiled, kept in memory by all that went into it; and one compile at a time of the same.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "model/result.h"
#include "sandbox/workshop.h"

namespace otmetka::sandbox {

// Any thread. The key is everything that was given to the compiler, byte for byte, so two programs never share an entry by
// accident or on purpose; nothing is read back from a disk that others may write. Failures of ours
// are not kept, nor is a compile that the wall clock ended.
class CompileCache {
 public:
  explicit CompileCache(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  // Calls `compile` unless the outcome is there or on its way.
  Result<Compiled> get(const std::string& key, const std::function<Result<Compiled>()>& compile);

 private:
  struct Entry {
    bool done = false;
    Compiled compiled;
    std::uint64_t bytes = 0;
    std::list<std::string>::iterator place;  // in order_
  };
  Result<Compiled> make(std::unique_lock<std::mutex>& lock, const std::string& key, const std::function<Result<Compiled>()>& compile);
  void make_room();

  const std::uint64_t most_bytes_;
  std::mutex mutex_;
  std::condition_variable finished_;
  std::unordered_map<std::string, std::shared_ptr<Entry>> entries_;
  std::list<std::string> order_;  // of finished ones; the one used last is the first
  std::uint64_t bytes_ = 0;
};

}  // namespace otmetka::sandbox
