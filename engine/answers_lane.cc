#include "engine/answers_lane.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "engine/bounds.h"
#include "engine/engine_metrics.h"
#include "engine/fault.h"

namespace otmetka::engine {
namespace {

// cpu.max (cgroup v2) or cpu.cfs_quota_us (v1), rounded up to whole cores; 0 where there is no quota.
int quota_cores() {
  long long quota = 0;  // "max", no quota, does not read as a number
  long long period = 0;
  if (std::ifstream v2("/sys/fs/cgroup/cpu.max"); v2 >> quota >> period && period > 0) {
    return static_cast<int>((quota + period - 1) / period);
  }
  long long v1_quota = 0;
  std::ifstream v1("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
  std::ifstream v1_period("/sys/fs/cgroup/cpu/cpu.cfs_period_us");
  if (v1 >> v1_quota && v1_period >> period && v1_quota > 0 && period > 0) {
    return static_cast<int>((v1_quota + period - 1) / period);
  }
  return 0;
}

// Counts its thread among those that grade while it lives.
class Busy {
 public:
  explicit Busy(std::atomic<int>& count) : count_(count) { ++count_; }
  ~Busy() { --count_; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  std::atomic<int>& count_;
};

}  // namespace

int usable_cores() {
  cpu_set_t set;
  const int mask = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
  const int quota = quota_cores();
  return std::max(1, quota > 0 ? std::min(mask, quota) : mask);
}

class AnswersLane::Impl {
 public:
  Impl(SpecCache& specs, Options options, Hooks hooks)
      : specs_(specs), options_(options), slice_(kLaneGrain * static_cast<std::size_t>(options.workers)), hooks_(std::move(hooks)),
        control_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(options.workers) + 1),
        arena_(options.workers, 0) {}

  ~Impl() { finish(std::chrono::milliseconds(0)); }

  void submit(std::vector<Work> batch) {
    const std::lock_guard lock(mutex_);
    for (Work& work : batch) {
      const bool can_wait = queue::lane_of(work.record.position.partition) == queue::Lane::kBatch;
      (can_wait ? pending_batch_ : pending_).push_back(std::move(work));
    }
    start();
  }

  std::vector<queue::Position> drop(const std::function<bool(const Work&)>& which) {
    std::vector<queue::Position> dropped;
    const std::lock_guard lock(mutex_);
    for (std::deque<Work>* pending : {&pending_, &pending_batch_}) {
      std::erase_if(*pending, [&](const Work& work) {
        if (!which(work)) return false;
        dropped.push_back(work.record.position);
        return true;
      });
    }
    return dropped;
  }

  void resume() {
    const std::lock_guard lock(mutex_);
    start();
  }

  LaneLoad load() const {
    const std::lock_guard lock(mutex_);
    return {.waiting = waiting(), .slots = options_.workers, .busy = busy_};
  }

  void finish(std::chrono::milliseconds most) {
    std::unique_lock lock(mutex_);
    idle_.wait_for(lock, most, [&] { return begun_ == 0 && waiting() == 0; });
    pending_.clear();
    pending_batch_.clear();
    idle_.wait(lock, [&] { return begun_ == 0; });
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::size_t waiting() const { return pending_.size() + pending_batch_.size(); }  // under the lock

  // Under the lock. A task grades one slice and ends: one that went on would keep back a slice whose thread helps it.
  void start() {
    while (begun_ < kSlicesBegun && waiting() > 0 && (!hooks_.may_start || hooks_.may_start())) {
      arena_.enqueue([this] { run(); });
      ++begun_;
    }
  }

  void run() {
    const Status graded = without_throwing([this] {
      grade(next_slice());
      return ok_status();
    });
    if (!graded && hooks_.failed) hooks_.failed(graded.failure());
    const std::lock_guard lock(mutex_);
    --begun_;
    const Status started = without_throwing([this] {
      start();
      return ok_status();
    });
    if (!started && hooks_.failed) hooks_.failed(started.failure());
    idle_.notify_all();
  }

  std::vector<Work> next_slice() {
    const std::lock_guard lock(mutex_);
    std::vector<Work> slice;
    slice.reserve(std::min(slice_, waiting()));
    while (slice.size() < slice_ && waiting() > 0) {
      std::deque<Work>& from = pending_.empty() ? pending_batch_ : pending_;
      slice.push_back(std::move(from.front()));
      from.pop_front();
    }
    return slice;
  }

  LastTry last_try(const Work& work, Clock::time_point now) const {
    return {.of_fault = work.faults + 1 >= options_.tries,
            .of_spec = now - work.wants_spec_since.value_or(now) >= options_.spec_patience,
            .forwarding = &options_.forwarding};
  }

  static Retry again(Work work, Graded graded, Clock::time_point now) {
    ++work.attempts;
    if (graded.awaits == Awaits::kLuck) {
      ++work.faults;
    } else if (!work.wants_spec_since) {
      work.wants_spec_since = now;
    }
    return {std::move(work), std::move(graded.error), graded.awaits};
  }

  void grade(std::vector<Work> slice) {
    const auto now = Clock::now();
    std::vector<Graded> graded(slice.size());
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, slice.size(), kLaneGrain), [&](const auto& range) {
      const Busy busy(busy_);
      auto began = options_.metrics != nullptr ? Clock::now() : Clock::time_point{};
      for (std::size_t i = range.begin(); i != range.end(); ++i) {
        const InHand::Holding holding(options_.in_hand, slice[i].record);
        graded[i] = grade_record(slice[i], specs_, last_try(slice[i], now), nullptr, options_.metrics);
        if (options_.metrics != nullptr) began = options_.metrics->tried(slice[i], graded[i], LaneName::kAnswers, began);
      }
    });
    std::vector<Finished> finished;
    std::vector<Retry> retries;
    finished.reserve(slice.size());
    for (std::size_t i = 0; i < slice.size(); ++i) {
      if (graded[i].finished) {
        finished.push_back(std::move(*graded[i].finished));
      } else if (graded[i].awaits == Awaits::kPrograms && hooks_.programs) {
        hooks_.programs(std::move(slice[i]), std::move(graded[i].ticket));
      } else {
        retries.push_back(again(std::move(slice[i]), std::move(graded[i]), now));
      }
    }
    hooks_.done(std::move(finished), std::move(retries));
  }

  SpecCache& specs_;
  Options options_;
  std::size_t slice_;
  Hooks hooks_;
  std::atomic<int> busy_{0};  // threads that grade
  mutable std::mutex mutex_;
  std::condition_variable idle_;
  std::deque<Work> pending_;  // submitted, not begun
  std::deque<Work> pending_batch_;
  std::size_t begun_ = 0;     // slices, not handed back
  tbb::global_control control_;
  tbb::task_arena arena_;
};

AnswersLane::AnswersLane(SpecCache& specs, Options options, Hooks hooks)
    : impl_(std::make_unique<Impl>(specs, options, std::move(hooks))) {}

AnswersLane::~AnswersLane() = default;

void AnswersLane::submit(std::vector<Work> batch) { impl_->submit(std::move(batch)); }
void AnswersLane::resume() { impl_->resume(); }
std::vector<queue::Position> AnswersLane::drop(const std::function<bool(const Work&)>& which) { return impl_->drop(which); }
LaneLoad AnswersLane::load() const { return impl_->load(); }
void AnswersLane::finish(std::chrono::milliseconds most) { impl_->finish(most); }

}  // namespace otmetka::engine
