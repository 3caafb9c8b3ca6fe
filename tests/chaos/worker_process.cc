#include "tests/chaos/worker_process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace otmetka::chaos {

WorkerProcess::WorkerProcess(const queue::KafkaOptions& options, std::string instance)
    : options_(options), instance_(std::move(instance)) {
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
  ASSERT_EQ(::posix_spawn(&pid_, arguments[0], nullptr, nullptr, arguments.data(), environ), 0);
}

void WorkerProcess::reap(int status) {
  pid_ = 0;
  if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) ++crashes_;
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) ++failures_;
}

void WorkerProcess::kill() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  reap(status);
}

void WorkerProcess::hold() {
  ::kill(pid_, SIGSTOP);
  held_ = true;
}

void WorkerProcess::go_on() {
  ::kill(pid_, SIGCONT);
  held_ = false;
}

int WorkerProcess::leave() {
  if (pid_ == 0) return 0;
  ::kill(pid_, SIGTERM);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  reap(status);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool WorkerProcess::running() {
  int status = 0;
  if (pid_ != 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) reap(status);
  return pid_ != 0;
}

}  // namespace otmetka::chaos
