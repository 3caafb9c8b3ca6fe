#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "sandbox/cell_host.h"
#include "sandbox/cgroup.h"
#include "sandbox/own_ids.h"
#include "sandbox/relay.h"
#include "sandbox/seccomp_filter.h"

namespace otmetka::sandbox {
namespace {

constexpr unsigned kMostSlots = 64;
constexpr int kMostPairTries = 4;

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
  using Clock = std::chrono::steady_clock;

  explicit Pool(SandboxOptions options) : options_(std::move(options)), cgroups_(CgroupTree::find(options_.cgroup)) {
    if (options_.slots == 0) options_.slots = usable_cores();
    options_.slots = std::min(options_.slots, kMostSlots);
    for (const char* path : kSystemBinds) options_.binds.push_back({path, path});
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
    wait_for_slots(1);
    return run_in_slot(program);
  }

  // A program that waits while the other computes has not idled: both are run again, with a longer clock.
  Result<PairResult> run_pair(Program program, const Program& interactor, const Settles& settles) {
    wait_for_slots(2);
    auto pair = run_in_two_slots(program, interactor, settles);
    const auto own = program.limits.wall;
    for (int tries = 1; pair && has_waited_for_other(*pair, program) && tries < kMostPairTries; ++tries) {
      const auto busy = pair->interactor.cpu + pair->interactor.starved;
      program.limits.wall = std::min(own + 2 * busy + std::chrono::milliseconds(500), interactor.limits.wall);
      wait_for_slots(2);
      pair = run_in_two_slots(program, interactor, settles);
    }
    return pair;
  }

  std::optional<Result<PairResult>> run_pair_alone(const Program& program, const Program& interactor, const Settles& settles) {
    auto pair = alone<PairResult>(program.limits.wall, 2, [&] { return run_in_two_slots(program, interactor, settles); });
    if (pair && *pair) (*pair)->alone = true;
    return pair;
  }

  std::optional<Result<RunResult>> run_alone(const Program& program) {
    return alone<RunResult>(program.limits.wall, 1, [&] { return run_in_slot(program); });
  }

  const Enforcement& enforcement() const { return enforcement_; }
  unsigned slots() const { return options_.slots; }

 private:
  static bool has_waited_for_other(const PairResult& pair, const Program& program) {
    return pair.program.ending == Ending::kIdleLimit && 4 * (pair.interactor.cpu + pair.interactor.starved) >= program.limits.wall;
  }

  // Both slots are the caller's; they are given back.
  Result<PairResult> run_in_two_slots(Program program, Program interactor, const Settles& settles) {
    const auto cancel = std::make_shared<const Descriptor>(eventfd(0, EFD_CLOEXEC));
    auto relay = Relay::start(std::max(kMostTalkBytes, program.limits.output_bytes));
    Status connected = relay ? connect(program, interactor, **relay) : Status(relay.failure());
    if (!connected) {
      for (int i = 0; i < 2; ++i) give_back(nullptr);
      return connected.failure();
    }
    program.ends_with_process = true;
    if (*cancel) program.cancel = cancel;  // else it has its time out
    std::optional<Result<RunResult>> judged;
    std::thread other;
    try {
      other = std::thread([&] {
        judged = run_in_slot(interactor);
        if (settles && *judged && settles(**judged)) static_cast<void>(eventfd_write(cancel->get(), 1));
        interactor.input_pipe.reset();
        interactor.output_pipe.reset();
      });
    } catch (const std::system_error& problem) {
      for (Program* side : {&program, &interactor}) side->input_pipe.reset(), side->output_pipe.reset();  // the relay waits for their end
      for (int i = 0; i < 2; ++i) give_back(nullptr);
      return retryable_error("OT542", {std::string(problem.what())});
    }
    auto ran = run_in_slot(program);
    program.input_pipe.reset();  // where it has not come to running: the other side is not to wait for it
    program.output_pipe.reset();
    other.join();
    const bool too_much = (*relay)->finish();
    if (!ran) return ran.failure();
    if (!*judged) return judged->failure();
    if (too_much && ran->ending != Ending::kMemoryLimit) ran->ending = Ending::kOutputLimit;
    const bool interactor_first = (*judged)->ended < ran->ended;
    return PairResult{.program = std::move(*ran), .interactor = std::move(**judged), .interactor_first = interactor_first};
  }

  // `run` takes `count` slots and gives them back.
  template <class Ran, class Run>
  std::optional<Result<Ran>> alone(std::chrono::nanoseconds wall, unsigned count, const Run& run) {
    const auto began = Clock::now();
    const unsigned all = std::max(options_.slots, count);
    {
      std::unique_lock lock(mutex_);
      if (busy_ == 0 && alone_ == 0) return std::nullopt;
      if (10 * (alone_time_ + wall) > began - opened_) return std::nullopt;
      alone_time_ += wall;  // until it is known
      ++alone_;
      returned_.wait(lock, [&] { return busy_ == 0; });
      busy_ = all;
    }
    Result<Ran> result = run();
    {
      const std::lock_guard lock(mutex_);
      busy_ -= all - count;
      --alone_;
      alone_time_ += (Clock::now() - began) - wall;
    }
    returned_.notify_all();
    return result;
  }

  static Status connect(Program& program, Program& interactor, Relay& relay) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return retryable_error("OT542", {std::string(std::strerror(errno))});
    program.input_pipe = std::make_shared<Descriptor>(ends[0]);
    interactor.output_pipe = std::make_shared<Descriptor>(ends[1]);
    static_cast<void>(fchmod(ends[0], 0666));  // whoever has it may open it again as /dev/stdin, and has another id than ours
    interactor.input_pipe = std::make_shared<Descriptor>(relay.take_reader());
    program.output_pipe = std::make_shared<Descriptor>(relay.take_writer());
    return ok_status();
  }

  // All at once: two pairs that held a slot each and waited for another would wait for ever. A pair may have one slot more
  // than there are where there is only one. In the order of their coming: else who wants two would wait behind all who want one.
  void wait_for_slots(unsigned count) {
    const unsigned most = std::max(options_.slots, count);
    std::unique_lock lock(mutex_);
    const std::uint64_t mine = came_++;
    returned_.wait(lock, [&] { return mine == next_ && alone_ == 0 && busy_ + count <= most; });
    ++next_;
    busy_ += count;
    lock.unlock();
    returned_.notify_all();
  }

  Result<RunResult> run_in_slot(const Program& program) {
    auto cell = take();
    if (!cell) return cell.failure();
    auto result = (*cell)->run(program);
    give_back(std::move(*cell));
    return result;
  }

  // A free cell, or a new one. The slot is the caller's already.
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
    const std::lock_guard lock(mutex_);
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
    returned_.notify_all();  // who waits for one slot, and who for two
  }

  Result<std::unique_ptr<Cell>> make() {
    static std::atomic<unsigned> made{0};  // of the process: no two sandboxes give their programs the same ids
    return Cell::start({.number = made++, .binds = options_.binds, .filter = filter_, .scratch_bytes = options_.scratch_bytes,
                        .scratch_inodes = options_.scratch_inodes, .cpus = usable_cores(), .realtime = options_.realtime},
                       *cgroups_);
  }

  void note_enforcement(const Cell& cell) {
    const cell::Hello& hello = cell.hello();
    const auto raised = [&](cell::Wall wall) { return (hello.walls & wall) != 0; };
    enforcement_ = {.cgroups = cgroups_->describe(),
                    .cgroup_version = static_cast<int>(cgroups_->version()),
                    .swap_bounded = cgroups_->swap_is_bounded(),
                    .own_ids = own_ids().any(),
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
  std::uint64_t came_ = 0, next_ = 0;  // those who have waited for slots, and whose turn it is
  unsigned alone_ = 0;  // runs that wait for all slots, or have them: nobody begins before them
  std::chrono::nanoseconds alone_time_{0};
  const Clock::time_point opened_ = Clock::now();
};

Sandbox::Sandbox(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Sandbox::~Sandbox() = default;

Result<std::unique_ptr<Sandbox>> Sandbox::open(SandboxOptions options) {
  auto pool = std::make_unique<Pool>(std::move(options));
  if (Status opened = pool->open(); !opened) return opened.failure();
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(pool)));
}

Result<RunResult> Sandbox::run(const Program& program) { return pool_->run(program); }
std::optional<Result<RunResult>> Sandbox::run_alone(const Program& program) { return pool_->run_alone(program); }
Result<PairResult> Sandbox::run_pair(const Program& program, const Program& interactor, const Settles& settles) {
  return pool_->run_pair(program, interactor, settles);
}
std::optional<Result<PairResult>> Sandbox::run_pair_alone(const Program& program, const Program& interactor, const Settles& settles) {
  return pool_->run_pair_alone(program, interactor, settles);
}
const Enforcement& Sandbox::enforcement() const { return pool_->enforcement(); }
unsigned Sandbox::slots() const { return pool_->slots(); }

}  // namespace otmetka::sandbox
