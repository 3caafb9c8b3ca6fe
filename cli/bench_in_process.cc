// The whole engine in this process, between a queue in memory and nothing: what grading itself costs.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <unistd.h>

#include "cli/bench_targets.h"
#include "cli/programs_config.h"
#include "engine/engine.h"
#include "engine/engine_metrics.h"
#include "engine/spec_check.h"

namespace otmetka::cli {
namespace {

using load::Arrival;
using std::chrono::milliseconds;

constexpr milliseconds kSpecPatience{300};  // nobody brings one

// Any thread.
class MemoryQueue final : public queue::SubmissionSource, public queue::ResultSink {
 public:
  void publish(std::span<const queue::Outgoing> submissions) {
    const std::lock_guard lock(mutex_);
    for (const queue::Outgoing& one : submissions) {
      queue::Record record{.position = {}, .payload = one.payload, .encoding = one.encoding, .published_at = now()};
      record.position.offset = next_++;
      waiting_.push_back(std::move(record));
    }
    changed_.notify_all();
  }

  std::vector<Arrival> arrivals(milliseconds wait) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, wait, [this] { return !arrivals_.empty(); });
    return std::exchange(arrivals_, {});
  }

  std::uint64_t letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }

  Result<std::vector<queue::PartitionProgress>> committed() override { return std::vector<queue::PartitionProgress>{}; }
  Result<std::vector<queue::Record>> poll(std::size_t most_records, std::size_t most_bytes, milliseconds wait) override {
    std::unique_lock lock(mutex_);
    if (most_records > 0) changed_.wait_for(lock, wait, [this] { return woken_ || !waiting_.empty(); });
    woken_ = false;
    std::vector<queue::Record> out;
    for (std::size_t bytes = 0; !waiting_.empty() && out.size() < most_records && bytes < most_bytes;) {
      bytes += waiting_.front().payload.size();
      out.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return out;
  }
  Result<bool> at_end() override {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
  }
  void wake() override {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }
  Status commit(const queue::Commit& commit) override {
    const std::lock_guard lock(mutex_);
    const auto at = load::Clock::now();
    for (const queue::ResultRecord& result : commit.results) arrivals_.push_back({result.payload, at});
    for (const queue::DeadLetter& letter : commit.dead_letters) letters_ += letter.submission_id.empty() ? 1 : 0;
    came_.notify_all();
    return ok_status();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable came_;
  std::deque<queue::Record> waiting_;
  std::vector<Arrival> arrivals_;
  std::int64_t next_ = 0;
  std::uint64_t letters_ = 0;
  bool woken_ = false;
};

class InProcess final : public BenchTarget {
 public:
  InProcess(const Config& config, bool runs_programs) : metrics_of_engine_(metrics_) {
    if (runs_programs) programs_ = std::make_unique<engine::Programs>(workshop_options(config));
    engine::EngineOptions options;
    options.workers = config.get_int("workers");
    options.program_threads = config.get_int("slots");
    options.commit.interval = milliseconds(config.get_int("commit_interval_ms"));
    options.spec_patience = kSpecPatience;
    options.programs = programs_.get();
    options.metrics = &metrics_of_engine_;
    engine_ = std::make_unique<engine::Engine>(queue_, queue_, specs_, std::move(options));
  }
  ~InProcess() override { end(); }

  Status begin(const load::Workload& load) {
    for (const auto& [id, text] : load.specs()) {
      const auto checked = engine::check_spec_text(text, id, "", engine::Depth::kCompile);
      if (checked.spec == nullptr) return error("OT525", {id});
      specs_.put(checked.spec, true);
    }
    thread_ = std::thread([this] {
      if (const Status done = engine_->run(); !done) {
        const std::lock_guard lock(mutex_);
        failure_ = done.failure();
      }
    });
    return ok_status();
  }

  Status publish(std::span<const queue::Outgoing> submissions) override {
    queue_.publish(submissions);
    return ok_status();
  }
  std::size_t readers() const override { return 1; }
  Result<std::vector<Arrival>> read(std::size_t /*reader*/, milliseconds wait) override { return queue_.arrivals(wait); }
  std::optional<Error> ended() override {
    const std::lock_guard lock(mutex_);
    return failure_;
  }
  std::optional<load::ProcessUse> use() override { return load::own_use(); }
  load::ServerPage page() override { return load::read_server_page(metrics_.text()); }
  Result<std::uint64_t> undecodable_letters() override { return queue_.letters(); }
  bool is_this_process() const override { return true; }
  pid_t pid() const override { return getpid(); }
  void close() override { end(); }

 private:
  void end() {
    if (!thread_.joinable()) return;
    engine_->stop();
    thread_.join();
  }

  MemoryQueue queue_;
  engine::SpecCache specs_;
  engine::Metrics metrics_;
  engine::EngineMetrics metrics_of_engine_;
  std::unique_ptr<engine::Programs> programs_;
  std::unique_ptr<engine::Engine> engine_;
  std::thread thread_;
  std::mutex mutex_;
  std::optional<Error> failure_;
};

}  // namespace

Result<std::unique_ptr<BenchTarget>> open_in_process(const Config& config, const load::Workload& load) {
  auto target = std::make_unique<InProcess>(config, load.mix().runs_programs());
  if (Status begun = target->begin(load); !begun) return begun.failure();
  return std::unique_ptr<BenchTarget>(std::move(target));
}

}  // namespace otmetka::cli
