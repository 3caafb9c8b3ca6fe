#include "load/drive.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace otmetka::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr std::size_t kMostBatch = 500;             // published in one step
constexpr std::size_t kMostOutstanding = 1'000'000;  // some 100 MiB: past it submissions wait, and count from when they were due
constexpr milliseconds kLook{50};
constexpr milliseconds kReaderWait{100};
constexpr milliseconds kProgressEvery{500};

class Drive {
 public:
  Drive(const Workload& load, Target& target, const LoadPlan& plan, const std::atomic<bool>& stop,
        const std::function<void(const RunProgress&)>& on_progress)
      : load_(load), target_(target), plan_(plan), stop_(stop), on_progress_(on_progress), begin_(Clock::now()),
        measured_from_(begin_ + plan.warmup), end_(measured_from_ + plan.duration),
        recorder_(load, {measured_from_, end_, blocks_of(plan.duration)}), next_(plan.first) {}

  Driven run() {
    std::vector<std::thread> threads;
    for (std::size_t reader = 0; reader < target_.readers(); ++reader) threads.emplace_back([this, reader] { read(reader); });
    threads.emplace_back([this] { watch(); });
    const std::uint64_t unsent = plan_.rate > 0 ? send_open() : send_closed();
    if (!over()) wait_for_results();
    done_ = true;
    for (std::thread& thread : threads) thread.join();
    Driven out{.measured = recorder_.finish(), .next = next_, .failure = failure(), .stopped = stop_};
    out.measured.rate = plan_.rate;
    out.measured.warmup = plan_.warmup;
    out.measured.unsent = unsent;
    out.measured.before = before_.value_or(ProcessUse{});
    out.measured.after = after_.value_or(before_.value_or(ProcessUse{}));
    return out;
  }

 private:
  bool over() const { return stop_ || failed_; }

  void fail(const Error& why) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = why;
    }
    failed_ = true;
  }
  std::optional<Error> failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

  // Sleeps, in pieces short enough to see that it is over.
  void sleep_until(Clock::time_point at) {
    while (!over() && Clock::now() < at) std::this_thread::sleep_until(std::min(at, Clock::now() + kLook));
  }

  void publish(const std::vector<Clock::time_point>& intended) {
    std::vector<queue::Outgoing> batch;
    const std::uint64_t first = next_;
    for (const Clock::time_point at : intended) {
      batch.push_back(load_.submission(next_));
      recorder_.sending(next_++, at);
    }
    const Status done = target_.publish(batch);
    if (!done) return fail(done.failure());
    recorder_.accepted(first, next_, Clock::now());
  }

  // How many were due and never sent.
  std::uint64_t send_open() {
    Schedule schedule(plan_.arrivals, plan_.rate, load_.mix().seed + plan_.first);
    Clock::time_point next = begin_ + schedule.next();
    std::vector<Clock::time_point> batch;
    // What is late when the time is up is still sent, but not for ever.
    const Clock::time_point give_up = end_ + plan_.patience;
    while (next < end_ && !over() && Clock::now() < give_up) {
      sleep_until(next);
      if (recorder_.outstanding() > kMostOutstanding) {
        std::this_thread::sleep_for(kLook);
        continue;
      }
      batch.clear();
      for (const auto now = Clock::now(); next <= now && next < end_ && batch.size() < kMostBatch; next = begin_ + schedule.next()) {
        recorder_.due(next);
        batch.push_back(next);
      }
      if (!batch.empty() && !over()) publish(batch);
    }
    std::uint64_t unsent = 0;
    const Clock::time_point until = std::min(end_, Clock::now());
    for (; next < until; next = begin_ + schedule.next(), ++unsent) recorder_.due(next);
    return over() ? 0 : unsent;
  }

  std::uint64_t send_closed() {
    std::vector<Clock::time_point> batch;
    while (!over() && Clock::now() < end_) {
      const std::size_t outstanding = recorder_.outstanding();
      if (outstanding >= plan_.in_flight) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        continue;
      }
      batch.assign(std::min(plan_.in_flight - outstanding, kMostBatch), Clock::now());
      for (const Clock::time_point at : batch) recorder_.due(at);
      publish(batch);
    }
    return 0;
  }

  void wait_for_results() {
    std::size_t before = recorder_.outstanding();
    Clock::time_point changed = Clock::now();
    // The measured time is seen to its end, whether or not anything is still to come.
    while (!over() && (before > 0 || Clock::now() < end_)) {
      std::this_thread::sleep_for(milliseconds(5));
      const std::size_t outstanding = recorder_.outstanding();
      if (outstanding != before) changed = Clock::now();
      before = outstanding;
      if (outstanding > 0 && Clock::now() > std::max(changed, end_) + plan_.patience) return;
    }
  }

  void read(std::size_t reader) {
    while (!done_) {
      const auto arrivals = target_.read(reader, kReaderWait);
      if (!arrivals && !arrivals.failure().retryable) return fail(arrivals.failure());
      if (!arrivals) std::this_thread::sleep_for(kReaderWait);
      if (arrivals && !arrivals->empty()) recorder_.came(*arrivals);
    }
  }

  // The server's use of each block, progress, and whether there is a server at all.
  void watch() {
    const std::size_t blocks = static_cast<std::size_t>(blocks_of(plan_.duration));
    std::size_t block = 0;
    Clock::time_point next_progress = begin_ + kProgressEvery;
    double used = 0;
    while (!done_) {
      std::this_thread::sleep_for(milliseconds(20));
      const auto now = Clock::now();
      if (auto why = target_.ended(); why && !over()) fail(*why);
      if (now >= measured_from_ && !before_) {
        before_ = target_.use();
        used = before_ ? before_->cpu_seconds : 0;
      }
      while (block < blocks && now >= measured_from_ + plan_.duration * (block + 1) / blocks) {
        if (const auto use = target_.use()) {
          after_ = use;
          recorder_.block_used(block, use->cpu_seconds - used);
          used = use->cpu_seconds;
        }
        ++block;
      }
      if (over()) recorder_.set_window_end(now);
      if (over()) return;
      if (now >= next_progress && on_progress_) {
        next_progress = now + kProgressEvery;
        const std::chrono::duration<double> elapsed = now - begin_, whole = end_ - begin_;
        on_progress_({elapsed.count(), whole.count(), recorder_.now()});
      }
    }
  }

  const Workload& load_;
  Target& target_;
  const LoadPlan& plan_;
  const std::atomic<bool>& stop_;
  const std::function<void(const RunProgress&)>& on_progress_;
  const Clock::time_point begin_;
  const Clock::time_point measured_from_;
  const Clock::time_point end_;
  Recorder recorder_;
  std::uint64_t next_;
  std::optional<ProcessUse> before_;  // of watch()'s thread, until it has ended
  std::optional<ProcessUse> after_;
  std::atomic<bool> done_{false};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::optional<Error> failure_;
};

}  // namespace

int blocks_of(nanoseconds duration) {
  return static_cast<int>(std::clamp<std::int64_t>(duration / milliseconds(250), 5, 60));
}

Driven drive(const Workload& load, Target& target, const LoadPlan& plan, const std::atomic<bool>& stop,
             const std::function<void(const RunProgress&)>& on_progress) {
  return Drive(load, target, plan, stop, on_progress).run();
}

}  // namespace otmetka::load
