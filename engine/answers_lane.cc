#include "engine/answers_lane.h"

#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

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

}  // namespace

int usable_cores() {
  cpu_set_t set;
  const int mask = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
  const int quota = quota_cores();
  return std::max(1, quota > 0 ? std::min(mask, quota) : mask);
}

class AnswersLane::Impl {
 public:
  Impl(const SpecCache& specs, int workers, std::int32_t tries, Done done)
      : specs_(specs), tries_(tries), done_(std::move(done)),
        control_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(workers) + 1),
        arena_(workers, 0) {}

  ~Impl() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return batches_ == 0; });
  }

  void submit(std::vector<Work> batch) {
    {
      const std::lock_guard lock(mutex_);
      ++batches_;
    }
    auto shared = std::make_shared<std::vector<Work>>(std::move(batch));
    arena_.enqueue([this, shared] {
      grade(*shared);
      shared->clear();
      const std::lock_guard lock(mutex_);
      --batches_;
      idle_.notify_all();
    });
  }

 private:
  void grade(std::vector<Work>& batch) {
    std::vector<Graded> graded(batch.size());
    constexpr std::size_t kGrain = 32;
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, batch.size(), kGrain), [&](const auto& range) {
      for (std::size_t i = range.begin(); i != range.end(); ++i) {
        graded[i] = grade_record(batch[i], specs_, batch[i].attempts + 1 >= tries_);
      }
    });
    std::vector<Finished> finished;
    std::vector<Retry> again;
    finished.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (graded[i].finished) {
        finished.push_back(std::move(*graded[i].finished));
      } else {
        ++batch[i].attempts;
        again.push_back({std::move(batch[i]), std::move(graded[i].error)});
      }
    }
    done_(std::move(finished), std::move(again));
  }

  const SpecCache& specs_;
  std::int32_t tries_;
  Done done_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t batches_ = 0;
  tbb::global_control control_;
  tbb::task_arena arena_;
};

AnswersLane::AnswersLane(const SpecCache& specs, int workers, std::int32_t tries, Done done)
    : impl_(std::make_unique<Impl>(specs, workers, tries, std::move(done))) {}

AnswersLane::~AnswersLane() = default;

void AnswersLane::submit(std::vector<Work> batch) { impl_->submit(std::move(batch)); }

}  // namespace otmetka::engine
