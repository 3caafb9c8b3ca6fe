// SIGINT and SIGTERM of what runs for long.
#pragma once

#include <signal.h>

#include <atomic>
#include <functional>
#include <initializer_list>
#include <thread>

namespace otmetka::cli {

// Blocked in every thread that is made while this lives.
class Signals {
 public:
  explicit Signals(std::initializer_list<int> more = {});  // signals that are to do the same
  const sigset_t& set() const { return set_; }
  int received() const { return received_; }
  int receive(int number) { return received_.exchange(number); }  // what was there before

 private:
  sigset_t set_{};
  std::atomic<int> received_{0};
};

// Waits for them on a thread of its own, as long as this lives: what `stop` uses must live longer. A second one ends the
// process at once.
class Listening {
 public:
  Listening(Signals& signals, std::function<void()> stop);
  ~Listening();
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  std::thread thread_;
};

}  // namespace otmetka::cli
