// A chaos_worker, and what is done to it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

#include "queue/kafka/options.h"
#include "tests/chaos/watch.h"
#include "tests/contract/test_folder.h"

namespace otmetka::chaos {

// What has befallen a worker, in all its processes.
struct Befallen {
  int kills = 0;            // -9
  int kills_in_commit = 0;  // of them, while a commit was under way
  int crashes = 0;          // signals of its own
  int failures = 0;         // exit codes that were not 0
  int fenced = 0;           // of them, because another had taken its place (OT444)
};

class WorkerProcess {
 public:
  WorkerProcess(const queue::KafkaOptions& options, std::string instance);
  ~WorkerProcess();  // kill -9 of what still runs
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  void start();
  void kill();         // -9; waits
  void hold();         // SIGSTOP; it has stopped when this returns
  // SIGSTOP while a commit is under way, some time into it. False: there was none for so long.
  bool hold_in_commit(std::chrono::milliseconds into, std::chrono::milliseconds patience);
  void go_on();        // SIGCONT
  int leave();         // SIGTERM; its exit code
  bool running();      // false: it has ended by itself, or was ended
  int wait();          // its exit code, when it has ended
  bool held() const { return held_; }
  const std::string& instance() const { return instance_; }

  const Befallen& befallen() const { return befallen_; }
  std::uint64_t fenced_producers() const { return watch_->fenced; }
  std::uint64_t stale_results() const { return watch_->stale; }

 private:
  void reap(int status);

  queue::KafkaOptions options_;
  std::string instance_;
  TestFolder folder_;
  Watch watch_;
  pid_t pid_ = 0;
  bool held_ = false;
  Befallen befallen_;
};

}  // namespace otmetka::chaos
