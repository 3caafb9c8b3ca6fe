#include "sandbox/cgroup_v1.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace otmetka::sandbox {
namespace {

enum Controller { kMemory, kPids, kCpu, kControllers };
constexpr std::array<const char*, kControllers> kNames{"memory", "pids", "cpuacct"};

using Folders = std::array<std::string, kControllers>;

class CellV1 final : public CellCgroup {
 public:
  CellV1(Folders folders, Folders tree) : folders_(std::move(folders)), tree_(std::move(tree)) {}

  // False: a file that must be there is not.
  bool open() {
    for (std::size_t i = 0; i < kControllers; ++i) join_[i] = open_file(folders_[i] + "/cgroup.procs", O_WRONLY);
    limit_ = open_file(folders_[kMemory] + "/memory.limit_in_bytes", O_WRONLY);
    limit_with_swap_ = open_file(folders_[kMemory] + "/memory.memsw.limit_in_bytes", O_WRONLY);
    peak_ = open_file(folders_[kMemory] + "/memory.max_usage_in_bytes", O_RDWR);
    usage_ = open_file(folders_[kMemory] + "/memory.usage_in_bytes", O_RDONLY);
    control_ = open_file(folders_[kMemory] + "/memory.oom_control", O_RDONLY);
    refusals_ = open_file(folders_[kMemory] + "/memory.failcnt", O_RDONLY);
    statistics_ = open_file(folders_[kMemory] + "/memory.stat", O_RDONLY);
    most_processes_ = open_file(folders_[kPids] + "/pids.max", O_WRONLY);
    process_events_ = open_file(folders_[kPids] + "/pids.events", O_RDONLY);
    cpu_ = open_file(folders_[kCpu] + "/cpuacct.usage", O_RDONLY);
    write_text(folders_[kMemory] + "/memory.swappiness", "0");
    return join_[kMemory] && join_[kPids] && join_[kCpu] && limit_ && peak_ && usage_ && control_ && refusals_ && statistics_ &&
           most_processes_ && cpu_;
  }

  std::vector<int> join_descriptors() const override { return {join_[kMemory].get(), join_[kPids].get(), join_[kCpu].get()}; }
  std::vector<std::string> removals() const override { return {folders_.begin(), folders_.end()}; }
  std::vector<std::string> orphaned() const override { return {tree_.begin(), tree_.end()}; }
  int cpu_descriptor() const override { return cpu_.get(); }
  cell::CpuSource cpu_source() const override { return cell::CpuSource::kNanoseconds; }

  Status begin(std::uint64_t memory_bytes, std::uint64_t room_bytes, std::uint64_t processes) override {
    if (Status set = set_memory(memory_bytes + room_bytes + kInitBytes); !set) return set;
    limit_of_run_ = memory_bytes;
    if (processes != processes_) {
      if (!write_again(most_processes_.get(), std::to_string(processes + 1))) return refused("pids.max");
      processes_ = processes;
    }
    write_again(peak_.get(), "0");
    before_ = charged_bytes();
    kills_ = field(read_again(control_.get()), "oom_kill");
    hits_ = process_hits();
    return ok_status();
  }

  CgroupUsage usage() override {
    const std::uint64_t peak = number(read_again(peak_.get()));
    const bool close = peak > limit_of_run_ + kInitCharge;
    const bool pushed_out = close && was_refused();
    return {.peak_bytes = pushed_out ? std::min(peak, limit_of_run_) : peak - std::min(peak, before_),
            .own_bytes = !close ? peak : pushed_out ? 0 : peak - std::min(peak, page_cache()),
            .peak_is_of_run = true,
            .out_of_memory = field(read_again(control_.get()), "oom_kill") > kills_,
            .process_limit_hit = process_hits() > hits_};
  }

  std::uint64_t charged_bytes() const override { return number(read_again(usage_.get())); }

 private:
  // The limit with swap may never be below the one without, so which goes first depends on the direction.
  Status set_memory(std::uint64_t bytes) {
    if (bytes == memory_) return ok_status();
    const std::string text = std::to_string(bytes);
    const bool raise = bytes > memory_;
    if (raise && limit_with_swap_ && !write_again(limit_with_swap_.get(), text)) return refused("memory.memsw.limit_in_bytes");
    if (!write_again(limit_.get(), text)) return refused("memory.limit_in_bytes");
    if (!raise && limit_with_swap_ && !write_again(limit_with_swap_.get(), text)) return refused("memory.memsw.limit_in_bytes");
    memory_ = bytes;
    return ok_status();
  }

  // Whether the limit was met since this was asked last; then page cache has been given back, and nobody knows how much there was.
  // Every run that may have met it asks.
  bool was_refused() {
    const std::uint64_t before = std::exchange(refused_, number(read_again(refusals_.get())));
    return refused_ != before;
  }

  std::uint64_t page_cache() const {
    const std::string text = read_again(statistics_.get());
    return field(text, "cache") - std::min(field(text, "cache"), field(text, "shmem"));
  }

  std::uint64_t process_hits() { return process_events_ ? field(read_again(process_events_.get()), "max") : 0; }
  Error refused(const char* file) const {
    return error("OT544", {folders_[kMemory], std::string(file), std::string(std::strerror(errno))});
  }

  Folders folders_;
  Folders tree_;
  std::array<Descriptor, kControllers> join_;
  Descriptor limit_, limit_with_swap_, peak_, usage_, control_, refusals_, statistics_, most_processes_, process_events_, cpu_;
  std::uint64_t memory_ = ~std::uint64_t{0};  // what the group may be charged
  std::uint64_t limit_of_run_ = 0;
  std::uint64_t processes_ = ~std::uint64_t{0};
  std::uint64_t before_ = 0;   // charged when the run began
  std::uint64_t refused_ = 0;
  std::uint64_t kills_ = 0;
  std::uint64_t hits_ = 0;
};

class TreeV1 final : public CgroupTree {
 public:
  explicit TreeV1(Folders folders) : folders_(std::move(folders)) {}
  ~TreeV1() override {
    for (const std::string& folder : folders_) rmdir(folder.c_str());
  }

  CgroupVersion version() const override { return CgroupVersion::kOne; }
  const std::string& reason() const override { return reason_; }
  std::string describe() const override { return "cgroup v1: " + folders_[kMemory]; }
  bool swap_is_bounded() const override { return access((folders_[kMemory] + "/memory.memsw.limit_in_bytes").c_str(), F_OK) == 0; }

  Result<std::unique_ptr<CellCgroup>> make(unsigned number) override {
    Folders cell = folders_;
    for (std::string& folder : cell) {
      folder += "/cell-" + std::to_string(number);
      if (mkdir(folder.c_str(), 0755) != 0) return error("OT543", {folder, std::string(std::strerror(errno))});
    }
    auto made = std::make_unique<CellV1>(cell, folders_);
    if (!made->open()) return error("OT543", {cell[kMemory], std::string(std::strerror(errno))});
    return std::unique_ptr<CellCgroup>(std::move(made));
  }

 private:
  Folders folders_;
  std::string reason_;
};

const Hierarchy* with(const std::vector<Hierarchy>& mounted, std::string_view controller) {
  for (const Hierarchy& one : mounted) {
    if (!one.second && std::find(one.controllers.begin(), one.controllers.end(), controller) != one.controllers.end()) return &one;
  }
  return nullptr;
}

}  // namespace

std::unique_ptr<CgroupTree> find_cgroups_v1(const std::vector<Hierarchy>& mounted, const std::string& name, std::string& reason) {
  Folders folders;
  for (std::size_t i = 0; i < kControllers; ++i) {
    const Hierarchy* hierarchy = with(mounted, kNames[i]);
    std::string problem;
    if (hierarchy == nullptr) {
      problem = "not mounted";
    } else {
      folders[i] = hierarchy->mount_point + hierarchy->own + "/" + name;
      if (mkdir(folders[i].c_str(), 0755) != 0) problem = folders[i] + ": " + std::strerror(errno);
    }
    if (problem.empty()) continue;
    reason = std::string("cgroup v1 ") + kNames[i] + ": " + problem;
    for (std::size_t made = 0; made < i; ++made) {
      if (folders[made] != folders[i]) rmdir(folders[made].c_str());
    }
    return nullptr;
  }
  return std::make_unique<TreeV1>(std::move(folders));
}

}  // namespace otmetka::sandbox
