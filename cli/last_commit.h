// The end of a worker that is to leave and whose commit does not end.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "cli/command_line.h"
#include "engine/heartbeat.h"

namespace otmetka::cli {

// librdkafka 2.0.2 waits without a time limit for a coordinator that is away when offsets go into a transaction. Some seconds after
// the process was told to leave this ends it in the midst of that, with OT478, OT442 and the exit code of what may be tried again: a
// worker may be ended at any instruction, and what was not committed is graded again.
class LastCommit {
 public:
  // `committing` beats at each try and rests between two; `last_words` are said before the end, on another thread. All outlive this.
  LastCommit(const Context& context, const std::atomic<bool>& leaving, const engine::Heartbeat& committing,
             std::function<void()> last_words);
  ~LastCommit();
  LastCommit(const LastCommit&) = delete;
  LastCommit& operator=(const LastCommit&) = delete;

 private:
  void watch();
  [[noreturn]] void end_here() const;

  Context context_;
  const std::atomic<bool>& leaving_;
  const engine::Heartbeat& committing_;
  std::function<void()> last_words_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace otmetka::cli
