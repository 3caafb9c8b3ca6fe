#include "sandbox/cgroup_v2.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace otmetka::sandbox {
namespace {

class CellV2 final : public CellCgroup {
 public:
  CellV2(std::string folder, std::string tree) : folder_(std::move(folder)), tree_(std::move(tree)) {}

  bool open() {
    join_ = open_file(folder_ + "/cgroup.procs", O_WRONLY);
    limit_ = open_file(folder_ + "/memory.max", O_WRONLY);
    peak_ = open_file(folder_ + "/memory.peak", O_RDWR);
    can_reset_ = static_cast<bool>(peak_);
    if (!peak_) peak_ = open_file(folder_ + "/memory.peak", O_RDONLY);  // Linux 5.19 to 6.11
    usage_ = open_file(folder_ + "/memory.current", O_RDONLY);
    events_ = open_file(folder_ + "/memory.events", O_RDONLY);
    most_processes_ = open_file(folder_ + "/pids.max", O_WRONLY);
    process_events_ = open_file(folder_ + "/pids.events", O_RDONLY);
    cpu_ = open_file(folder_ + "/cpu.stat", O_RDONLY);
    write_text(folder_ + "/memory.swap.max", "0");
    return join_ && limit_ && usage_ && events_ && most_processes_ && cpu_;
  }

  std::vector<int> join_descriptors() const override { return {join_.get()}; }
  std::vector<std::string> removals() const override { return {folder_}; }
  std::vector<std::string> orphaned() const override { return {tree_}; }
  int cpu_descriptor() const override { return cpu_.get(); }
  cell::CpuSource cpu_source() const override { return cell::CpuSource::kCpuStat; }

  Status begin(std::uint64_t memory_bytes, std::uint64_t processes) override {
    if (memory_bytes != memory_) {
      if (!write_again(limit_.get(), std::to_string(memory_bytes + kInitBytes))) return refused("memory.max");
      memory_ = memory_bytes;
    }
    if (processes != processes_) {
      if (!write_again(most_processes_.get(), std::to_string(processes + 1))) return refused("pids.max");
      processes_ = processes;
    }
    if (can_reset_ && !write_again(peak_.get(), "reset")) can_reset_ = false;
    peak_before_ = can_reset_ || !peak_ ? 0 : number(read_again(peak_.get()));
    kills_ = field(read_again(events_.get()), "oom_kill");
    hits_ = process_hits();
    return ok_status();
  }

  CgroupUsage usage() override {
    const std::uint64_t peak = peak_ ? number(read_again(peak_.get())) : 0;
    return {.peak_bytes = peak,
            .peak_is_of_run = peak > peak_before_,
            .out_of_memory = field(read_again(events_.get()), "oom_kill") > kills_,
            .process_limit_hit = process_hits() > hits_,
            .resting_bytes = number(read_again(usage_.get()))};
  }

 private:
  std::uint64_t process_hits() { return process_events_ ? field(read_again(process_events_.get()), "max") : 0; }
  Error refused(const char* file) const { return error("OT544", {folder_, std::string(file), std::string(std::strerror(errno))}); }

  std::string folder_;
  std::string tree_;
  Descriptor join_, limit_, peak_, usage_, events_, most_processes_, process_events_, cpu_;
  bool can_reset_ = false;
  std::uint64_t memory_ = ~std::uint64_t{0};
  std::uint64_t processes_ = ~std::uint64_t{0};
  std::uint64_t peak_before_ = 0;
  std::uint64_t kills_ = 0;
  std::uint64_t hits_ = 0;
};

bool lists(const std::string& path, std::string_view controller) {
  const std::string text = " " + read_text(path).value_or("") + " ";
  for (std::size_t at = text.find(controller); at != std::string::npos; at = text.find(controller, at + 1)) {
    const char after = text[at + controller.size()];
    if (text[at - 1] == ' ' && (after == ' ' || after == '\n')) return true;
  }
  return false;
}

bool both_in(const std::string& path) { return lists(path, "memory") && lists(path, "pids"); }

class TreeV2 final : public CgroupTree {
 public:
  TreeV2(std::string folder, std::string leaf) : folder_(std::move(folder)), leaf_(std::move(leaf)) {}
  ~TreeV2() override { rmdir(folder_.c_str()); }

  CgroupVersion version() const override { return CgroupVersion::kTwo; }
  const std::string& reason() const override { return reason_; }
  std::string describe() const override { return "cgroup v2: " + folder_; }
  bool swap_is_bounded() const override { return access((folder_ + "/memory.swap.max").c_str(), F_OK) == 0; }

  Result<std::unique_ptr<CellCgroup>> make(unsigned number) override {
    const std::string folder = folder_ + "/cell-" + std::to_string(number);
    if (mkdir(folder.c_str(), 0755) != 0) return error("OT543", {folder, std::string(std::strerror(errno))});
    auto made = std::make_unique<CellV2>(folder, folder_);
    if (!made->open()) return error("OT543", {folder, std::string(std::strerror(errno))});
    return std::unique_ptr<CellCgroup>(std::move(made));
  }

 private:
  std::string folder_;
  std::string leaf_;  // where this process now lives, if it moved; removed by whoever removes the delegated folder
  std::string reason_;
};

// The processes of a cgroup are only us.
bool alone_in(const std::string& folder) {
  const std::string processes = read_text(folder + "/cgroup.procs").value_or("");
  return processes == std::to_string(getpid()) + "\n";
}

// Makes `parent/name` with both controllers for its children. The leaf that we moved to, if we had to, in `leaf`.
bool make_tree(const std::string& parent, const std::string& name, bool may_move, std::string& leaf, std::string& problem) {
  if (!both_in(parent + "/cgroup.controllers")) {
    problem = parent + " does not have the controllers memory and pids";
    return false;
  }
  const std::string enable = "+memory +pids";
  if (!both_in(parent + "/cgroup.subtree_control") && !write_text(parent + "/cgroup.subtree_control", enable)) {
    const int refused = errno;
    if (refused == EBUSY && may_move && alone_in(parent)) {
      leaf = parent + "/" + name + "-self";
      if (mkdir(leaf.c_str(), 0755) != 0 || !write_text(leaf + "/cgroup.procs", "0") ||
          !write_text(parent + "/cgroup.subtree_control", enable)) {
        problem = leaf + ": " + std::strerror(errno);
        return false;
      }
    } else {
      problem = parent + "/cgroup.subtree_control: " + std::strerror(refused);
      return false;
    }
  }
  const std::string folder = parent + "/" + name;
  if (mkdir(folder.c_str(), 0755) != 0) {
    problem = folder + ": " + std::strerror(errno);
    return false;
  }
  if (write_text(folder + "/cgroup.subtree_control", enable)) return true;
  problem = folder + "/cgroup.subtree_control: " + std::strerror(errno);
  rmdir(folder.c_str());
  return false;
}

}  // namespace

std::unique_ptr<CgroupTree> find_cgroups_v2(const std::vector<Hierarchy>& mounted, const std::string& delegated, const std::string& name,
                                            std::string& reason) {
  std::vector<std::string> parents;
  if (!delegated.empty()) parents.push_back(delegated);
  const auto second = std::find_if(mounted.begin(), mounted.end(), [](const Hierarchy& one) { return one.second; });
  if (delegated.empty() && second != mounted.end()) {
    parents.push_back(second->mount_point + second->own);
    if (!second->own.empty()) parents.push_back(second->mount_point);
  }
  if (parents.empty()) reason = "no cgroup v2 is mounted";
  for (const std::string& parent : parents) {
    std::string leaf, problem;
    if (make_tree(parent, name, true, leaf, problem)) return std::make_unique<TreeV2>(parent + "/" + name, leaf);
    reason += (reason.empty() ? "cgroup v2: " : "; ") + problem;
  }
  return nullptr;
}

}  // namespace otmetka::sandbox
