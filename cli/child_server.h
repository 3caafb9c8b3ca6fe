// A server of our own, started for a while: `otmetka serve` with its log in a file.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/result.h"

namespace otmetka::cli {

// How a process has ended.
struct ProcessEnd {
  int signal = 0;  // 0: it has left by itself, with `code`
  int code = 0;
};

class ChildServer {
 public:
  // This program with these arguments, and with the environment changed so. It has a process group of its own, so that a Ctrl-C does not
  // reach it, and is ended by the system when this thread ends. OT488 where it cannot be started.
  static Result<std::unique_ptr<ChildServer>> start(const std::vector<std::string>& arguments,
                                                    const std::vector<std::pair<std::string, std::string>>& environment,
                                                    const std::string& log);
  ~ChildServer();  // as stop()
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

  pid_t pid() const { return pid_; }
  const std::string& log() const { return log_; }
  std::vector<std::string> last_lines(std::size_t most) const;  // of its log
  std::string log_field(const std::string& event, const std::string& key) const;  // of the first such line; empty: there is none
  bool says(const std::string& event) const;

  std::optional<ProcessEnd> ended();  // any thread

  // SIGTERM, and after `patience` SIGKILL; a server that was stopped (SIGSTOP) goes on first.
  void stop(std::chrono::milliseconds patience = std::chrono::seconds(10));

 private:
  ChildServer(pid_t pid, std::string log) : pid_(pid), log_(std::move(log)) {}

  const pid_t pid_;
  const std::string log_;
  std::mutex mutex_;
  std::optional<ProcessEnd> end_;
};

}  // namespace otmetka::cli
