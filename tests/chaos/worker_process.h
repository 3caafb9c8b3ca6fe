// A chaos_worker, and what is done to it.
#pragma once

#include <sys/types.h>

#include <string>

#include "queue/kafka/options.h"
#include "tests/contract/test_folder.h"

namespace otmetka::chaos {

class WorkerProcess {
 public:
  WorkerProcess(const queue::KafkaOptions& options, std::string instance);
  ~WorkerProcess();  // kill -9 of what still runs
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  void start();
  void kill();         // -9; waits
  void hold();         // SIGSTOP
  void go_on();        // SIGCONT
  int leave();         // SIGTERM; its exit code
  bool running();      // false: it has ended by itself, or was ended
  int crashes() const { return crashes_; }  // by signals of its own
  int failures() const { return failures_; }  // exit codes that were not 0
  bool held() const { return held_; }
  const std::string& instance() const { return instance_; }

 private:
  void reap(int status);

  queue::KafkaOptions options_;
  std::string instance_;
  TestFolder folder_;
  pid_t pid_ = 0;
  bool held_ = false;
  int crashes_ = 0;
  int failures_ = 0;
};

}  // namespace otmetka::chaos
