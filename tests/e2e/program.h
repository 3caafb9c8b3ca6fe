// Runs the built program as its users do: with arguments, input and an environment, in a folder of its own.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace otmetka::e2e {

// How long anything may take before a test gives up. Far beyond what is needed, so that a loaded machine fails no test.
inline constexpr std::chrono::seconds kPatience{60};

// What a finished run left behind. exit_code is 128 + n when signal n ended it, as a shell says.
struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

struct Setting {
  std::string input = {};                   // standard input
  std::vector<std::string> environment = {};  // "NAME=value"; beside PATH, HOME and TMPDIR nothing is inherited
};

// An empty folder that goes with the object. Its path holds a space and a Cyrillic letter, as users' folders do.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string write(const std::string& name, std::string_view bytes) const;  // makes the file and its folders; its full path
  std::string read(const std::string& name) const;                           // empty when there is none
  std::string at(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// A run in the background. Ended with SIGKILL when the object goes while it still runs.
class Running {
 public:
  Running(const Scratch& folder, const std::vector<std::string>& command, const Setting& setting);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void signal(int number) const;
  bool ended_within(std::chrono::milliseconds time);  // waits for the end; false when it still runs
  Ran wait();                                         // a run that outlives kPatience is killed: exit_code 137
  std::string err_so_far() const;
  pid_t pid() const { return pid_; }

 private:
  void collect();

  std::filesystem::path files_;  // standard input, output and error
  pid_t pid_ = -1;
  int pidfd_ = -1;
  bool ended_ = false;
  int status_ = 0;
};

// The program's path and its arguments.
std::vector<std::string> otmetka(std::vector<std::string> arguments);

// The command without the right to pass over permissions, for root; anybody else has no such right.
std::vector<std::string> as_nobody_special(std::vector<std::string> command);

// The command with a file system of `size` at `at` that only it sees (in name spaces of its own: no need to be root). Ends with
// kNoSmallDisk where the kernel does not allow that.
std::vector<std::string> on_small_disk(const std::string& at, std::vector<std::string> command, const std::string& size = "2m");
inline constexpr int kNoSmallDisk = 99;

// Starts, waits, collects. The working directory is the folder.
Ran run(const Scratch& folder, const std::vector<std::string>& command, const Setting& setting = {});

// Tries until the condition holds or kPatience is over; whether it held.
bool holds_soon(const std::function<bool()>& condition);

std::vector<std::string> lines_of(std::string_view text);
std::size_t count_of(std::string_view text, std::string_view part);

// A file of the project, such as "samples/forces-en/spec.yaml".
std::string project_file(const std::string& path);
std::string bytes_of(const std::filesystem::path& path);

}  // namespace otmetka::e2e
