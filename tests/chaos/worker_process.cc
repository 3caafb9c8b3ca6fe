#include "tests/chaos/worker_process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

#include "tests/chaos/engine_worker.h"
#include "tests/support/let_pass.h"

namespace otmetka::chaos {

using Clock = std::chrono::steady_clock;

WorkerProcess::WorkerProcess(const queue::KafkaOptions& options, std::string instance)
    : options_(options), instance_(std::move(instance)), watch_(folder_.path()) {
  start();
}

WorkerProcess::~WorkerProcess() { kill(); }

void WorkerProcess::start() {
  std::vector<std::string> words{OTMETKA_CHAOS_WORKER, options_.brokers, options_.prefix, instance_,
                                 options_.delivery == queue::Delivery::kExactlyOnce ? "exactly_once" : "at_least_once", folder_.path()};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  held_ = false;
  watch_->committing = false;
  ASSERT_EQ(::posix_spawn(&pid_, arguments[0], nullptr, nullptr, arguments.data(), environ), 0);
}

void WorkerProcess::reap(int status) {
  pid_ = 0;
  held_ = false;
  if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) ++befallen_.crashes;
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) ++befallen_.failures;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kFenced) ++befallen_.fenced;
}

void WorkerProcess::kill() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  reap(status);
  if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) return;  // it had ended before
  ++befallen_.kills;
  if (watch_->committing) ++befallen_.kills_in_commit;
}

void WorkerProcess::hold() {
  if (!running()) return;
  ::kill(pid_, SIGSTOP);
  int status = 0;
  ::waitpid(pid_, &status, WUNTRACED);
  held_ = WIFSTOPPED(status);
  if (!held_) reap(status);
}

bool WorkerProcess::hold_in_commit(std::chrono::milliseconds into, std::chrono::milliseconds patience) {
  const auto until = Clock::now() + patience;
  while (Clock::now() < until && running()) {
    if (!watch_->committing) {
      let_pass(std::chrono::microseconds(200));
      continue;
    }
    let_pass(into);
    hold();
    if (held_ && watch_->committing) return true;
    if (held_) go_on();
  }
  return false;
}

void WorkerProcess::go_on() {
  ::kill(pid_, SIGCONT);
  held_ = false;
}

int WorkerProcess::wait() {
  if (pid_ == 0) return 0;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  reap(status);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int WorkerProcess::leave() {
  if (pid_ != 0) ::kill(pid_, SIGTERM);
  return wait();
}

bool WorkerProcess::running() {
  int status = 0;
  if (pid_ != 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) reap(status);
  return pid_ != 0;
}

}  // namespace otmetka::chaos
