#include "tests/hostile/host_state.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "sandbox/descriptor.h"

namespace otmetka::hostile {
namespace {

namespace fs = std::filesystem;
using Things = std::multiset<std::string>;

constexpr uid_t kFirstProgramId = 900'000'000;  // sandbox/cell_spawn.cc; as root only

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// Of each line of a file the words with these numbers: not those that count how often something is in use.
Things columns(const char* path, std::initializer_list<std::size_t> numbers) {
  Things out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto all = words(line);
    std::string kept;
    for (const std::size_t number : numbers) kept += number < all.size() ? all[number] + " " : "";
    out.insert(kept);
  }
  return out;
}

Things names_in(DIR* folder) {
  Things out;
  if (folder == nullptr) return out;
  while (const dirent* entry = readdir(folder)) out.insert(entry->d_name);
  closedir(folder);
  return out;
}

// The queues of our ipc namespace, looked at through a mount that is nowhere; without root there is no seeing them.
Things message_queues() {
  const sandbox::Descriptor context(fsopen("mqueue", FSOPEN_CLOEXEC));
  if (!context || fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) return {};
  sandbox::Descriptor mounted(fsmount(context.get(), FSMOUNT_CLOEXEC, 0));
  const int folder = mounted ? openat(mounted.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  return folder < 0 ? Things() : names_in(fdopendir(folder));
}

// Names of all processes that descend from us, dead ones that nobody waited for among them.
Things descendants() {
  std::map<int, std::pair<int, std::string>> all;  // parent and name
  for (const auto& entry : fs::directory_iterator("/proc")) {
    int pid = 0;
    const std::string name = entry.path().filename();
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size()) continue;
    std::ifstream in(entry.path() / "stat");
    std::string line;
    if (!std::getline(in, line)) continue;  // it has ended meanwhile
    const auto open = line.find('('), close = line.rfind(')');
    const auto rest = words(line.substr(close + 1));
    if (rest.size() > 1) all[pid] = {std::stoi(rest[1]), line.substr(open + 1, close - open - 1)};
  }
  Things out;
  for (const auto& [pid, one] : all) {
    for (int above = one.first; all.contains(above); above = all[above].first) {
      if (above == getpid()) out.insert(one.second);
    }
  }
  return out;
}

// Below "cgroup v1: FOLDER", of each cell how many processes are in it: its init alone.
Things cells(const std::string& described) {
  Things out;
  std::error_code none;
  const auto at = described.find(": /");
  if (at == std::string::npos) return out;
  for (const auto& entry : fs::directory_iterator(described.substr(at + 2), none)) {
    if (!entry.path().filename().string().starts_with("cell-")) continue;
    std::ifstream in(entry.path() / "cgroup.procs");
    out.insert(std::to_string(std::count(std::istreambuf_iterator<char>(in), {}, '\n')) + " in a cell");
  }
  return out;
}

Things files_of_programs() {
  Things out;
  for (const char* folder : {"/tmp", "/var/tmp", "/dev/shm", "/run", "/"}) {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      struct stat info {};
      if (lstat(entry.path().c_str(), &info) == 0 && info.st_uid >= kFirstProgramId && info.st_uid != uid_t(-1)) out.insert(entry.path());
    }
  }
  return out;
}

}  // namespace

HostState host_state(const sandbox::Sandbox& box) {
  HostState out;
  out.descriptors = names_in(opendir("/proc/self/fd")).size();
  out.things = {{"processes", descendants()},
                {"cgroups", cells(box.enforcement().cgroups)},
                {"mounts", columns("/proc/self/mountinfo", {0, 2, 4})},
                {"/dev/shm", names_in(opendir("/dev/shm"))},
                {"files", files_of_programs()},
                {"shared memory", columns("/proc/sysvipc/shm", {0, 1})},
                {"semaphores", columns("/proc/sysvipc/sem", {0, 1})},
                {"messages", columns("/proc/sysvipc/msg", {0, 1})},
                {"message queues", message_queues()},
                {"keys", columns("/proc/keys", {0, 5, 7, 8})},
                {"key users", columns("/proc/key-users", {0, 2})}};
  return out;
}

std::string difference(const HostState& before, const HostState& after, std::size_t kept) {
  std::string out;
  if (after.descriptors != before.descriptors + kept) {
    out = "descriptors: " + std::to_string(after.descriptors) + " after " + std::to_string(before.descriptors) + "\n";
  }
  for (const auto& [kind, was] : before.things) {
    const Things& is = after.things.at(kind);
    Things added, gone;
    std::set_difference(is.begin(), is.end(), was.begin(), was.end(), std::inserter(added, added.end()));
    std::set_difference(was.begin(), was.end(), is.begin(), is.end(), std::inserter(gone, gone.end()));
    for (const std::string& one : added) out += kind + ": + " + one + "\n";
    for (const std::string& one : gone) out += kind + ": - " + one + "\n";
  }
  return out;
}

}  // namespace otmetka::hostile
