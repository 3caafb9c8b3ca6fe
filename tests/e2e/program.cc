#include "tests/e2e/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

namespace otmetka::e2e {
namespace {

namespace fs = std::filesystem;

fs::path new_folder(const std::string& stem) {
  std::string name = (fs::temp_directory_path() / (stem + "XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "cannot make " << name;
  return name;
}

std::vector<std::string> environment_of(const Setting& setting) {
  std::vector<std::string> out;
  for (const char* name : {"PATH", "HOME", "TMPDIR"}) {
    if (const char* value = std::getenv(name); value != nullptr) out.push_back(std::string(name) + "=" + value);
  }
  out.insert(out.end(), setting.environment.begin(), setting.environment.end());
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

Scratch::Scratch() : path_(new_folder("отметка e2e ")) {}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Scratch::write(const std::string& name, std::string_view bytes) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

std::string Scratch::read(const std::string& name) const { return bytes_of(path_ / name); }

Running::Running(const Scratch& folder, const std::vector<std::string>& command, const Setting& setting)
    : files_(new_folder("otmetka-e2e-io-")) {
  std::ofstream(files_ / "in", std::ios::binary) << setting.input;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, (files_ / "in").c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, (files_ / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (files_ / "err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, folder.path().c_str());
  std::vector<std::string> words = command;
  std::vector<std::string> variables = environment_of(setting);
  const int problem = posix_spawnp(&pid_, words.front().c_str(), &actions, nullptr, pointers(words).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) {
    ADD_FAILURE() << "cannot start " << words.front();
    ended_ = true;
    return;
  }
  pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (pidfd_ < 0) ADD_FAILURE() << "pidfd_open failed: " << errno;
}

Running::~Running() {
  if (!ended_) {
    signal(SIGKILL);
    collect();
  }
  if (pidfd_ >= 0) close(pidfd_);
  std::error_code ignored;
  fs::remove_all(files_, ignored);
}

void Running::signal(int number) const {
  if (!ended_) kill(pid_, number);
}

void Running::collect() {
  while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
  }
  ended_ = true;
}

bool Running::ended_within(std::chrono::milliseconds time) {
  if (ended_) return true;
  pollfd watched{pidfd_, POLLIN, 0};
  if (poll(&watched, 1, static_cast<int>(time.count())) <= 0) return false;
  collect();
  return true;
}

Ran Running::wait() {
  if (!ended_within(kPatience)) {
    ADD_FAILURE() << "still running after " << kPatience.count() << " s; its messages:\n" << err_so_far();
    signal(SIGKILL);
    collect();
  }
  return {.exit_code = WIFSIGNALED(status_) ? 128 + WTERMSIG(status_) : WEXITSTATUS(status_),
          .out = bytes_of(files_ / "out"),
          .err = bytes_of(files_ / "err")};
}

std::string Running::err_so_far() const { return bytes_of(files_ / "err"); }

std::vector<std::string> otmetka(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), OTMETKA_PROGRAM);
  return arguments;
}

std::vector<std::string> as_nobody_special(std::vector<std::string> command) {
  if (geteuid() == 0) command.insert(command.begin(), {"setpriv", "--bounding-set", "-all", "--inh-caps", "-all"});
  return command;
}

std::vector<std::string> on_small_disk(const std::string& at, std::vector<std::string> command, const std::string& size) {
  const std::string script = "unshare --user --map-root-user --mount true || exit " + std::to_string(kNoSmallDisk) +
                             "; exec unshare --user --map-root-user --mount sh -c '"
                             "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" || exit " +
                             std::to_string(kNoSmallDisk) + "; exec \"$@\"' \"$0\" \"$@\"";
  command.insert(command.begin(), {"sh", "-c", script, at});
  return command;
}

Ran run(const Scratch& folder, const std::vector<std::string>& command, const Setting& setting) {
  return Running(folder, command, setting).wait();
}

bool holds_soon(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::string project_file(const std::string& path) { return std::string(OTMETKA_SOURCE_DIR) + "/" + path; }

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace otmetka::e2e
