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
    statistics_ = open_file(folder_ + "/memory.stat", O_RDONLY);
    most_processes_ = open_file(folder_ + "/pids.max", O_WRONLY);
    process_events_ = open_file(folder_ + "/pids.events", O_RDONLY);
    cpu_ = open_file(folder_ + "/cpu.stat", O_RDONLY);
    write_text(folder_ + "/memory.swap.max", "0");
    return join_ && limit_ && usage_ && events_ && statistics_ && most_processes_ && cpu_;
  }

  std::vector<int> join_descriptors() const override { return {join_.get()}; }
  std::vector<std::string> removals() const override { return {folder_}; }
  std::vector<std::string> orphaned() const override { return {tree_}; }
  int cpu_descriptor() const override { return cpu_.get(); }
  cell::CpuSource cpu_source() const override { return cell::CpuSource::kCpuStat; }

  Status begin(std::uint64_t memory_bytes, std::uint64_t room_bytes, std::uint64_t processes) override {
    const std::uint64_t all = memory_bytes + room_bytes + kInitBytes;
    if (all != memory_) {
      if (!write_again(limit_.get(), std::to_string(all))) return refused("memory.max");
      memory_ = all;
    }
    limit_of_run_ = memory_bytes;
    if (processes != processes_) {
      if (!write_again(most_processes_.get(), std::to_string(processes + 1))) return refused("pids.max");
      processes_ = processes;
    }
    if (can_reset_ && !write_again(peak_.get(), "reset")) can_reset_ = false;
    peak_before_ = can_reset_ || !peak_ ? 0 : number(read_again(peak_.get()));
    before_ = charged_bytes();
    const std::string events = read_again(events_.get());
    kills_ = field(events, "oom_kill");
    refused_ = field(events, "max");
    hits_ = process_hits();
    return ok_status();
  }

  CgroupUsage usage() override {
    const std::uint64_t peak = peak_ ? number(read_again(peak_.get())) : 0;
    const std::string events = read_again(events_.get());
    const bool pushed_out = field(events, "max") > refused_;  // page cache has been given back: nobody knows how much there was
    const bool close = peak > limit_of_run_ + kInitCharge;
    return {.peak_bytes = pushed_out ? std::min(peak, limit_of_run_) : peak - std::min(peak, before_),
            .own_bytes = !close ? peak : pushed_out ? 0 : peak - std::min(peak, page_cache()),
            .peak_is_of_run = peak > peak_before_,
            .out_of_memory = field(events, "oom_kill") > kills_,
            .process_limit_hit = process_hits() > hits_};
  }

  std::uint64_t charged_bytes() const override { return number(read_again(usage_.get())); }

 private:
  std::uint64_t page_cache() const {
    const std::string text = read_again(statistics_.get());
    return field(text, "file") - std::min(field(text, "file"), field(text, "shmem"));
  }

  std::uint64_t process_hits() { return process_events_ ? field(read_again(process_events_.get()), "max") : 0; }
  Error refused(const char* file) const { return error("OT544", {folder_, std::string(file), std::string(std::strerror(errno))}); }

  std::string folder_;
  std::string tree_;
  Descriptor join_, limit_, peak_, usage_, events_, statistics_, most_processes_, process_events_, cpu_;
  bool can_reset_ = false;
  std::uint64_t memory_ = ~std::uint64_t{0};  // what the group may be charged
  std::uint64_t limit_of_run_ = 0;
  std::uint64_t processes_ = ~std::uint64_t{0};
  std::uint64_t peak_before_ = 0;
  std::uint64_t before_ = 0;   // charged when the run began
  std::uint64_t refused_ = 0;
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

constexpr std::string_view kLeaf = "-self";  // what a process has moved to that was in the way of its own cells

// Where a tree is made, and where this process went to make way for it ("" when it stayed).
struct Place {
  std::string parent;
  std::string leaf;
};

// All as it was found. While another tree is there the kernel refuses the first step, and we stay. The leaf of an engine that was
// killed stays too, empty, until whoever delegated the folder removes it.
void go_back(const Place& place) {
  if (place.leaf.empty() || !write_text(place.parent + "/cgroup.subtree_control", "-memory -pids") ||
      !write_text(place.parent + "/cgroup.procs", "0")) {
    return;
  }
  rmdir(place.leaf.c_str());
}

class TreeV2 final : public CgroupTree {
 public:
  TreeV2(std::string folder, Place place) : folder_(std::move(folder)), place_(std::move(place)) {}
  ~TreeV2() override {
    rmdir(folder_.c_str());
    go_back(place_);
  }

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
  Place place_;
  std::string reason_;
};

// The processes of a cgroup are only us.
bool alone_in(const std::string& folder) {
  const std::string processes = read_text(folder + "/cgroup.procs").value_or("");
  return processes == std::to_string(getpid()) + "\n";
}

constexpr std::string_view kEnable = "+memory +pids";

bool told(std::string& problem, const std::string& path) {
  problem = path + ": " + std::strerror(errno);
  return false;
}

// Both controllers for the children of `place.parent`, which may have no processes of its own then.
bool enable_below(Place& place, const std::string& name, std::string& problem) {
  const std::string control = place.parent + "/cgroup.subtree_control";
  if (!both_in(place.parent + "/cgroup.controllers")) {
    problem = place.parent + " does not have the controllers memory and pids";
    return false;
  }
  if (both_in(control) || write_text(control, kEnable)) return true;
  if (errno != EBUSY) return told(problem, control);
  if (!alone_in(place.parent)) {
    problem = place.parent + " has other processes";
    return false;
  }
  const std::string leaf = place.parent + "/" + name + std::string(kLeaf);
  if (mkdir(leaf.c_str(), 0755) != 0) return told(problem, leaf);
  place.leaf = leaf;
  return (write_text(leaf + "/cgroup.procs", "0") && write_text(control, kEnable)) || told(problem, leaf);
}

// Makes `place.parent/name` with both controllers for its children.
bool make_tree(Place& place, const std::string& name, std::string& problem) {
  if (!enable_below(place, name, problem)) return false;
  const std::string folder = place.parent + "/" + name;
  if (mkdir(folder.c_str(), 0755) != 0) return told(problem, folder);
  if (write_text(folder + "/cgroup.subtree_control", kEnable)) return true;
  told(problem, folder + "/cgroup.subtree_control");
  rmdir(folder.c_str());
  return false;
}

// Our folder, or the one above where an engine has made way already: this one, or one that started us.
std::string to_divide(const std::string& own) {
  const auto slash = own.rfind('/');
  const bool made_way = slash != std::string::npos && own.compare(slash + 1, 8, "otmetka-") == 0 && own.ends_with(kLeaf);
  return made_way ? own.substr(0, slash) : own;
}

// Whoever enters a cgroup must be allowed to write into the lowest folder above both the old and the new one.
bool can_be_entered(const std::string& parent, const Hierarchy& second, std::string& problem) {
  if (!(parent + "/").starts_with(second.mount_point + "/")) {
    problem = parent + " is not below " + second.mount_point;
    return false;
  }
  std::string above = parent;
  const std::string own = second.mount_point + second.own;
  while (above.size() > second.mount_point.size() && own != above && !own.starts_with(above + "/")) above.erase(above.rfind('/'));
  return faccessat(AT_FDCWD, (above + "/cgroup.procs").c_str(), W_OK, AT_EACCESS) == 0 || told(problem, above + "/cgroup.procs");
}

}  // namespace

std::unique_ptr<CgroupTree> find_cgroups_v2(const std::vector<Hierarchy>& mounted, const std::string& delegated, const std::string& name,
                                            std::string& reason) {
  const auto second = std::find_if(mounted.begin(), mounted.end(), [](const Hierarchy& one) { return one.second; });
  if (second == mounted.end()) {
    reason = "no cgroup v2 is mounted";
    return nullptr;
  }
  std::vector<std::string> parents{second->mount_point + to_divide(second->own)};
  if (!delegated.empty()) {
    parents = {delegated};
  } else if (parents.front() != second->mount_point) {
    parents.push_back(second->mount_point);
  }
  for (const std::string& parent : parents) {
    Place place{parent, {}};
    std::string problem;
    if (can_be_entered(parent, *second, problem) && make_tree(place, name, problem)) {
      return std::make_unique<TreeV2>(parent + "/" + name, std::move(place));
    }
    go_back(place);
    reason += (reason.empty() ? "cgroup v2: " : "; ") + problem;
  }
  return nullptr;
}

}  // namespace otmetka::sandbox
