#include "sandbox/sandbox.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "sandbox/cell_host.h"
#include "sandbox/cgroup.h"
#include "sandbox/seccomp_filter.h"

namespace otmetka::sandbox {
namespace {

constexpr unsigned kMostSlots = 64;

// What compilers and interpreters of Debian packages read. Links are made anew, what is not there is left out. Nothing of
// /home, /root, /var, /opt or the rest of /etc; /usr/local too is for the machine's own use.
constexpr const char* kSystemBinds[] = {"/usr/bin",  "/usr/lib",   "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/include",
                                        "/usr/share", "/usr/sbin", "/bin",       "/sbin",      "/lib",         "/lib32",
                                        "/lib64",    "/etc/ld.so.cache", "/etc/alternatives"};

unsigned usable_cores() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof(set), &set) == 0 ? static_cast<unsigned>(std::max(1, CPU_COUNT(&set))) : 1;
}

}  // namespace

class Sandbox::Pool {
 public:
  explicit Pool(SandboxOptions options) : options_(std::move(options)), cgroups_(CgroupTree::find(options_.cgroup)) {
    if (options_.slots == 0) options_.slots = usable_cores();
    options_.slots = std::min(options_.slots, kMostSlots);
    options_.binds.insert(options_.binds.begin(), std::begin(kSystemBinds), std::end(kSystemBinds));
  }

  Status open() {
    auto filter = compile_filter();
    if (!filter) return filter.failure();
    filter_ = std::move(*filter);
    auto first = make();
    if (!first) return first.failure();
    note_enforcement(**first);
    free_.push_back(std::move(*first));
    return ok_status();
  }

  Result<RunResult> run(const Program& program) {
    auto cell = take();
    if (!cell) return cell.failure();
    auto result = (*cell)->run(program);
    give_back(std::move(*cell));
    return result;
  }

  const Enforcement& enforcement() const { return enforcement_; }
  unsigned slots() const { return options_.slots; }

 private:
  // A free cell, or a new one when there are fewer than slots, or the next that comes back.
  Result<std::unique_ptr<Cell>> take() {
    auto cell = take_free();
    if (cell && cell->ready()) return cell;
    cell.reset();  // one that was left dirty: its end takes some milliseconds, and nobody is to wait for it under the lock
    auto made = make();
    if (!made) give_back(nullptr);
    return made;
  }

  // Null: make one.
  std::unique_ptr<Cell> take_free() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return busy_ < options_.slots; });
    ++busy_;
    if (free_.empty()) return nullptr;
    auto cell = std::move(free_.back());  // the one used last: its memory is warm
    free_.pop_back();
    return cell;
  }

  void give_back(std::unique_ptr<Cell> cell) {
    const bool keep = cell && cell->usable();
    if (!keep) cell.reset();  // outside the lock: it waits for processes to end
    {
      const std::lock_guard lock(mutex_);
      --busy_;
      if (keep) free_.push_back(std::move(cell));
    }
    returned_.notify_one();
  }

  Result<std::unique_ptr<Cell>> make() {
    const unsigned number = next_number();
    return Cell::start({.number = number, .binds = options_.binds, .filter = filter_, .scratch_bytes = options_.scratch_bytes,
                        .scratch_inodes = options_.scratch_inodes, .cpus = usable_cores(), .realtime = options_.realtime},
                       *cgroups_);
  }

  unsigned next_number() {
    const std::lock_guard lock(mutex_);
    return made_++;
  }

  void note_enforcement(const Cell& cell) {
    const cell::Hello& hello = cell.hello();
    const auto raised = [&](cell::Wall wall) { return (hello.walls & wall) != 0; };
    enforcement_ = {.cgroups = cgroups_->describe(),
                    .cgroup_version = static_cast<int>(cgroups_->version()),
                    .swap_bounded = cgroups_->swap_is_bounded(),
                    .own_ids = geteuid() == 0,
                    .landlock = raised(cell::kWallLandlock),
                    .landlock_abi = hello.landlock_abi,
                    .private_proc = raised(cell::kWallProcSubset),
                    .realtime = raised(cell::kWallRealtime),
                    .no_nested_users = raised(cell::kWallNoNestedUsers)};
  }

  SandboxOptions options_;
  std::unique_ptr<CgroupTree> cgroups_;  // outlives the cells
  std::vector<sock_filter> filter_;
  Enforcement enforcement_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Cell>> free_;
  unsigned busy_ = 0;
  unsigned made_ = 0;
};

Sandbox::Sandbox(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Sandbox::~Sandbox() = default;

Result<std::unique_ptr<Sandbox>> Sandbox::open(SandboxOptions options) {
  auto pool = std::make_unique<Pool>(std::move(options));
  if (Status opened = pool->open(); !opened) return opened.failure();
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(pool)));
}

Result<RunResult> Sandbox::run(const Program& program) { return pool_->run(program); }
const Enforcement& Sandbox::enforcement() const { return pool_->enforcement(); }
unsigned Sandbox::slots() const { return pool_->slots(); }

}  // namespace otmetka::sandbox
