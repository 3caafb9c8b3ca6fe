// The pipeline on a real broker: what grading costs beside passing the same records through, and what exactly-once costs beside
// at-least-once. `./run bench pipeline` calls it.
//
//   pipeline_bench BROKERS ratios [RECORDS [PARTITIONS [WORKERS]]]    interleaved rounds, medians and ratios
//   pipeline_bench BROKERS restart                                    kill -9 of a worker, until the next one's first result
//   pipeline_bench BROKERS overload [SECONDS]                         memory while the sink stands still and records wait
//   pipeline_bench BROKERS lanes [SECONDS]                            answers beside a lane of programs that is full
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "bench/arguments.h"
#include "bench/bench_data.h"
#include "bench/pipeline_support.h"
#include "engine/engine.h"
#include "queue/kafka/kafka_queue.h"
#include "queue/kafka/topics.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using std::chrono::milliseconds;

constexpr int kRounds = 5;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Of all workers of one run: from the first record that came to the last commit that succeeded.
struct Meter {
  std::mutex mutex;
  Clock::time_point first = Clock::time_point::max(), last{};
  std::size_t results = 0;

  void polled(std::size_t records) {
    const std::lock_guard lock(mutex);
    if (records > 0) first = std::min(first, Clock::now());
  }
  void committed(std::size_t count) {
    const std::lock_guard lock(mutex);
    results += count;
    last = Clock::now();
  }
  double rate() const { return static_cast<double>(results) / Seconds(last - first).count(); }
};

class MeteredSource final : public queue::SubmissionSource {
 public:
  MeteredSource(queue::SubmissionSource& source, Meter& meter) : source_(source), meter_(meter) {}
  Result<std::vector<queue::PartitionProgress>> committed() override { return source_.committed(); }
  Result<std::vector<queue::Record>> poll(std::size_t records, std::size_t bytes, milliseconds wait) override {
    auto out = source_.poll(records, bytes, wait);
    if (out) meter_.polled(out->size());
    return out;
  }
  Result<bool> at_end() override { return source_.at_end(); }
  void wake() override { source_.wake(); }
  void listen(queue::PartitionListener* listener) override { source_.listen(listener); }
  void pause(std::span<const std::int32_t> partitions) override { source_.pause(partitions); }
  void resume(std::span<const std::int32_t> partitions) override { source_.resume(partitions); }

 private:
  queue::SubmissionSource& source_;
  Meter& meter_;
};

class MeteredSink final : public queue::ResultSink {
 public:
  MeteredSink(queue::ResultSink& sink, Meter& meter) : sink_(sink), meter_(meter) {}
  Status commit(const queue::Commit& commit) override {
    const Status done = sink_.commit(commit);
    if (done) meter_.committed(commit.results.size());
    return done;
  }

 private:
  queue::ResultSink& sink_;
  Meter& meter_;
};

// Topics of a run of this program alone, with so many short submissions in them.
std::string published(const std::string& brokers, int records_count, int partitions) {
  const std::string prefix = new_prefix();
  const auto options = options_of(brokers, prefix, queue::Delivery::kExactlyOnce);
  must(queue::create_topics(options, {.partitions = partitions}), "create_topics");
  const auto client = must(queue::KafkaQueue::open(options, queue::KafkaRole::kClient), "open");
  const auto all = records(static_cast<std::size_t>(records_count));
  for (std::size_t at = 0; at < all.size(); at += 10'000) {
    std::vector<queue::Outgoing> batch;
    for (std::size_t i = at; i < std::min(at + 10'000, all.size()); ++i) {
      batch.push_back({"p-" + std::to_string(i % 30'000), all[i].payload});
    }
    must(client->publisher().publish(batch), "publish");
  }
  return prefix;
}

// The whole engine until all is graded.
void grade(queue::SubmissionSource& source, queue::ResultSink& sink) {
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  engine::EngineOptions options;
  options.until_empty = true;
  engine::Engine worker(source, sink, specs, std::move(options));
  must(worker.run(), "engine");
}

// What grading is compared with: the same records come and the same number of bytes goes, with the engine's own policy of
// commits on a thread beside, and nothing is looked at.
class PassThrough {
 public:
  PassThrough(queue::SubmissionSource& source, queue::ResultSink& sink, std::size_t result_bytes)
      : source_(source), sink_(sink), filling_(result_bytes, 'x') {}

  void run() {
    for (const auto& progress : must(source_.committed(), "committed")) static_cast<void>(progress);
    std::thread committer([this] { commit_all(); });
    while (true) {
      room();
      auto polled = must(source_.poll(engine::kPollRecords, engine::kPollBytes, milliseconds(20)), "poll");
      if (polled.empty() && must(source_.at_end(), "at_end")) break;
      const std::lock_guard lock(mutex_);
      for (queue::Record& record : polled) waiting_.push_back(std::move(record));
      changed_.notify_all();
    }
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      changed_.notify_all();
    }
    committer.join();
  }

 private:
  void room() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() < engine::Bounds{}.records; });
  }

  void commit_all() {
    while (true) {
      queue::Commit commit;
      std::map<std::int32_t, queue::PartitionProgress> progress;
      {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, engine::CommitPolicy{}.interval, [&] { return ended_ || waiting_.size() >= engine::kCommitRecords; });
        if (waiting_.empty() && ended_) return;
        for (std::size_t i = 0; i < engine::kCommitRecords && !waiting_.empty(); ++i) {
          const queue::Record record = std::move(waiting_.front());
          waiting_.pop_front();
          progress[record.position.partition] = {record.position.partition, record.position.offset + 1, "", record.position.epoch};
          commit.results.push_back({0, "p-1/every-kind", filling_, record.position});
        }
        changed_.notify_all();
      }
      for (const auto& [partition, one] : progress) commit.progress.push_back(one);
      if (!commit.results.empty()) must(sink_.commit(commit), "commit");
    }
  }

  queue::SubmissionSource& source_;
  queue::ResultSink& sink_;
  std::string filling_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<queue::Record> waiting_;
  bool ended_ = false;
};

enum class What { kPass, kGrade };

// Submissions a second, of all workers together.
double run_once(const queue::KafkaOptions& options, What what, int workers, int records_count, std::size_t result_bytes) {
  Meter meter;
  std::vector<std::unique_ptr<queue::KafkaQueue>> queues;
  for (int i = 0; i < workers; ++i) {
    queue::KafkaOptions mine = options;
    mine.instance = "worker-" + std::to_string(i);
    queues.push_back(must(queue::KafkaQueue::open(mine, queue::KafkaRole::kServe), "open"));
  }
  std::vector<std::thread> threads;
  for (const auto& queue : queues) {
    threads.emplace_back([&] {
      MeteredSource source(queue->source(), meter);
      MeteredSink sink(queue->sink(), meter);
      what == What::kGrade ? grade(source, sink) : PassThrough(source, sink, result_bytes).run();
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (meter.results != static_cast<std::size_t>(records_count)) {
    give_up(std::to_string(meter.results) + " results of " + std::to_string(records_count));
  }
  return meter.rate();
}

std::size_t bytes_of_a_result() {
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  std::size_t bytes = 0;
  for (queue::Record& record : records(100)) {
    engine::Work work{.record = std::move(record)};
    const engine::Graded graded = engine::grade_record(work, specs, {.of_fault = true, .of_spec = true});
    if (graded.finished->dead_letter) give_up("a submission of bench_data.cc is not graded");
    bytes += graded.finished->result->payload.size();
  }
  return bytes / 100;
}

void ratios(const std::string& brokers, int records_count, int partitions, int workers) {
  const std::string prefix = published(brokers, records_count, partitions);
  const std::size_t result_bytes = bytes_of_a_result();
  const bool alone = workers == 1;
  std::vector<double> pass, once, least;
  for (int round = 0; round < kRounds; ++round) {
    const auto measure = [&](What what, queue::Delivery delivery) {
      return run_once(options_of(brokers, prefix, delivery), what, workers, records_count, result_bytes);
    };
    if (alone) pass.push_back(measure(What::kPass, queue::Delivery::kExactlyOnce));
    once.push_back(measure(What::kGrade, queue::Delivery::kExactlyOnce));
    if (alone) least.push_back(measure(What::kGrade, queue::Delivery::kAtLeastOnce));
  }
  std::printf("%d submissions, %d partitions, %d workers, %zu bytes a result: exactly once %.0f/s", records_count, partitions, workers,
              result_bytes, median(once));
  if (alone) {
    std::printf(", passed through %.0f/s, at least once %.0f/s; of passing through %.2f, of at least once %.2f", median(pass),
                median(least), median(once) / median(pass), median(once) / median(least));
  }
  std::printf("\n");
}

// Results that a read_committed reader sees, in all partitions.
std::size_t visible(queue::KafkaQueue& client) {
  std::size_t seen = 0;
  for (std::int32_t i = 0; i < must(client.results_partitions(), "partitions"); ++i) {
    const auto reader = client.results_of(i);
    std::int64_t from = 0;
    while (true) {
      const auto some = must(reader->poll_results(from, 100'000, 64u << 20, milliseconds(0)), "results");
      if (some.empty()) break;
      seen += some.size();
      from = some.back().offset + 1;
    }
  }
  return seen;
}

pid_t start_worker(const queue::KafkaOptions& options) {
  const pid_t child = fork();
  if (child < 0) give_up("fork");
  if (child > 0) return child;
  execl("/proc/self/exe", "pipeline_bench", options.brokers.c_str(), "worker", options.prefix.c_str(), options.group.c_str(), nullptr);
  _exit(127);
}

void work(const std::string& brokers, const std::string& prefix, const std::string& group) {
  queue::KafkaOptions options = options_of(brokers, prefix, queue::Delivery::kExactlyOnce);
  options.group = group;
  const auto queue = must(queue::KafkaQueue::open(options, queue::KafkaRole::kServe), "open");
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  engine::Engine worker(queue->source(), queue->sink(), specs, {});
  must(worker.run(), "engine");
}

// From the start of the second process to its first result that a reader sees.
void restart(const std::string& brokers) {
  std::vector<double> took;
  for (int round = 0; round < kRounds; ++round) {
    const std::string prefix = published(brokers, 1'000, 4);
    const queue::KafkaOptions options = options_of(brokers, prefix, queue::Delivery::kExactlyOnce);
    const auto client = must(queue::KafkaQueue::open(options, queue::KafkaRole::kClient), "open");
    const pid_t first = start_worker(options);
    while (visible(*client) < 1'000) std::this_thread::yield();
    kill(first, SIGKILL);
    waitpid(first, nullptr, 0);
    must(client->publisher().publish(std::vector<queue::Outgoing>{{"p-1", records(1'001).back().payload}}), "publish");
    const auto began = Clock::now();
    const pid_t second = start_worker(options);
    while (visible(*client) < 1'001) std::this_thread::yield();
    took.push_back(Seconds(Clock::now() - began).count());
    kill(second, SIGKILL);
    waitpid(second, nullptr, 0);
  }
  std::printf("restart of a killed worker, until its first result is visible: median %.2f s, longest %.2f s, of %d\n", median(took),
              *std::max_element(took.begin(), took.end()), kRounds);
}

double resident_mib() {
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

// Takes nothing, and says that it may be tried again.
class StalledSink final : public queue::ResultSink {
 public:
  explicit StalledSink(Clock::time_point until) : until_(until) {}
  Status commit(const queue::Commit&) override {
    std::this_thread::sleep_until(std::min(until_, Clock::now() + milliseconds(200)));
    return Clock::now() < until_ ? Status(retryable_error("OT440", {std::string("-"), std::string("stalled on purpose")})) : ok_status();
  }

 private:
  Clock::time_point until_;
};

void overload(const std::string& brokers, int seconds) {
  const std::string prefix = published(brokers, 1'000'000, 4);
  const auto options_here = options_of(brokers, prefix, queue::Delivery::kExactlyOnce);
  const auto queue = must(queue::KafkaQueue::open(options_here, queue::KafkaRole::kServe), "open");
  const auto until = Clock::now() + std::chrono::seconds(seconds);
  StalledSink sink(until);
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  engine::EngineOptions options;
  options.patience = std::chrono::hours(1);
  engine::Engine worker(queue->source(), sink, specs, std::move(options));
  std::thread thread([&] { must(worker.run(), "engine"); });
  std::this_thread::sleep_for(std::chrono::seconds(std::min(seconds / 4, 20)));
  double least = resident_mib(), most = least;
  while (Clock::now() + std::chrono::seconds(1) < until) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    least = std::min(least, resident_mib());
    most = std::max(most, resident_mib());
  }
  std::this_thread::sleep_until(until + std::chrono::seconds(1));  // a worker that leaves does not wait for a sink that stalls
  worker.stop();
  thread.join();
  std::printf("sink stalled for %d s, 1,000,000 records waiting: resident memory between %.0f and %.0f MiB, ±%.1f %%\n", seconds, least,
              most, (most - least) / (most + least) * 100);
}

}  // namespace
}  // namespace otmetka::bench

int main(int count, char** words) {
  using namespace otmetka::bench;
  const std::string brokers = count > 1 ? words[1] : "", what = count > 2 ? words[2] : "";
  if (what == "ratios") {
    ratios(brokers, number(count, words, 3, 300'000), number(count, words, 4, 4), number(count, words, 5, 1));
  } else if (what == "restart") {
    restart(brokers);
  } else if (what == "overload") {
    overload(brokers, number(count, words, 3, 60));
  } else if (what == "lanes") {
    lanes(brokers, number(count, words, 3, 20));
  } else if (what == "worker" && count == 5) {
    work(brokers, words[3], words[4]);
  } else {
    give_up("BROKERS ratios|restart|overload|lanes");
  }
}
