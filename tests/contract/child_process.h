// A forked child that acknowledges what it has done and is killed when the test says.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace otmetka {

// What the child's body says to its parent. Fork before opening a database: SQLite's connections do not cross a fork.
class Acknowledge {
 public:
  explicit Acknowledge(int fd) : fd_(fd) {}
  void operator()(std::int64_t number) const { static_cast<void>(::write(fd_, &number, sizeof number) == sizeof number); }

 private:
  int fd_;
};

class ChildProcess {
 public:
  // `body` returns the child's exit code.
  explicit ChildProcess(const std::function<int(const Acknowledge&)>& body) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      ::_exit(body(Acknowledge(ends[1])));
    }
    ::close(ends[1]);
    acknowledged_ = ends[0];
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    kill();
    if (acknowledged_ >= 0) ::close(acknowledged_);
  }

  pid_t pid() const { return pid_; }

  // The next acknowledgement; nullopt: the child is gone and has left no more.
  std::optional<std::int64_t> next() const {
    std::int64_t number = 0;
    return ::read(acknowledged_, &number, sizeof number) == sizeof number ? std::optional(number) : std::nullopt;
  }
  std::vector<std::int64_t> rest() const {
    std::vector<std::int64_t> all;
    while (const auto number = next()) all.push_back(*number);
    return all;
  }

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }
  // Kills after so many acknowledgements and then some microseconds more: at no particular point of the next piece of work.
  std::vector<std::int64_t> kill_after(int acknowledgements, std::chrono::microseconds then) {
    std::vector<std::int64_t> seen;
    for (int i = 0; i < acknowledgements; ++i) {
      const auto number = next();
      if (!number) break;
      seen.push_back(*number);
    }
    const auto until = std::chrono::steady_clock::now() + then;
    while (std::chrono::steady_clock::now() < until) {
    }
    kill();
    for (const std::int64_t number : rest()) seen.push_back(number);
    return seen;
  }

  int wait() {
    int status = 0;
    if (pid_ > 0) ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return status;
  }

 private:
  pid_t pid_ = 0;
  int acknowledged_ = -1;
};

}  // namespace otmetka
