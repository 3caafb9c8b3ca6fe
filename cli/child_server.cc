#include "cli/child_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <thread>

namespace otmetka::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Everything that the child needs, made before it is: between fork and exec nothing may be allocated.
struct Prepared {
  std::vector<std::string> words;
  std::vector<char*> pointers;

  void add(std::string word) { words.push_back(std::move(word)); }
  char** finish() {
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers.data();
  }
};

[[noreturn]] void become_server(char** arguments, char** environment, int log, pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(127);  // it ended before the line above
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execve("/proc/self/exe", arguments, environment);
  _exit(127);
}

std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

}  // namespace

Result<std::unique_ptr<ChildServer>> ChildServer::start(const std::vector<std::string>& arguments,
                                                        const std::vector<std::pair<std::string, std::string>>& environment,
                                                        const std::string& log) {
  Prepared words, variables;
  words.add("otmetka");
  for (const std::string& one : arguments) words.add(one);
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto is_changed = [&](const auto& one) { return text.starts_with(one.first + "="); };
    if (std::none_of(environment.begin(), environment.end(), is_changed)) variables.add(std::string(text));
  }
  for (const auto& [name, value] : environment) variables.add(name + "=" + value);
  char** const argv = words.finish();
  char** const envp = variables.finish();
  const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return error("OT488", {log + ": " + std::strerror(errno)});
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) become_server(argv, envp, fd, parent);
  const int cause = errno;
  close(fd);
  if (child < 0) return error("OT488", {std::string(std::strerror(cause))});
  return std::unique_ptr<ChildServer>(new ChildServer(child, log));
}

ChildServer::~ChildServer() { stop(); }

std::vector<std::string> ChildServer::last_lines(std::size_t most) const {
  auto lines = lines_of(log_);
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  return lines;
}

std::string ChildServer::log_field(const std::string& event, const std::string& key) const {
  for (const std::string& line : lines_of(log_)) {
    const std::size_t at = line.find(" event=" + event + " ");
    const std::size_t begin = at == std::string::npos ? at : line.find(" " + key + "=", at);
    if (begin == std::string::npos) continue;
    const std::size_t value = begin + key.size() + 2;
    return line.substr(value, line.find(' ', value) - value);
  }
  return {};
}

bool ChildServer::says(const std::string& event) const {
  for (const std::string& line : lines_of(log_)) {
    if (line.find(" event=" + event) != std::string::npos) return true;
  }
  return false;
}

std::optional<ProcessEnd> ChildServer::ended() {
  const std::lock_guard lock(mutex_);
  int status = 0;
  if (!end_ && waitpid(pid_, &status, WNOHANG) == pid_) {
    end_ = WIFSIGNALED(status) ? ProcessEnd{WTERMSIG(status), 0} : ProcessEnd{0, WEXITSTATUS(status)};
  }
  return end_;
}

void ChildServer::stop(std::chrono::milliseconds patience) {
  if (ended()) return;
  kill(pid_, SIGTERM);
  kill(pid_, SIGCONT);
  const auto until = Clock::now() + patience;
  while (!ended() && Clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  if (ended()) return;
  kill(pid_, SIGKILL);
  while (!ended()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace otmetka::cli
