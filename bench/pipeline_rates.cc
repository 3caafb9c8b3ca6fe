// How many submissions a second the pipeline takes: beside the same records passed through, and as partitions and workers grow.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bench/bench_data.h"
#include "bench/pipeline_support.h"
#include "engine/engine.h"
#include "queue/kafka/topics.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using std::chrono::milliseconds;

constexpr int kRounds = 5;
constexpr int kGrowthRounds = 3;

// Of all workers of one run: from the first record that came to the last commit that succeeded.
struct Meter {
  explicit Meter(int all) : absent(all) {}
  std::mutex mutex;
  std::atomic<int> absent;  // workers that are not in the group yet: until all are nobody begins
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
  Result<std::vector<queue::PartitionProgress>> committed() override {
    auto out = source_.committed();
    --meter_.absent;
    return out;
  }
  Result<std::vector<queue::Record>> poll(std::size_t records, std::size_t bytes, milliseconds wait) override {
    if (meter_.absent > 0) return source_.poll(0, 0, milliseconds(10));
    auto out = source_.poll(records, bytes, wait);
    if (out) meter_.polled(out->size());
    return out;
  }
  Result<bool> at_end() override { return meter_.absent > 0 ? Result<bool>(false) : source_.at_end(); }
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

// The whole engine until all is graded.
void grade(queue::SubmissionSource& source, queue::ResultSink& sink) {
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  specs.put(one_question(), true);
  engine::EngineOptions options;
  options.until_empty = true;
  engine::Engine worker(source, sink, specs, std::move(options));
  must(worker.run(), "engine");
}

// What grading is compared with: the same records come and results of such records go, with the engine's own policy of commits on a
// thread beside, and nothing is looked at.
class PassThrough {
 public:
  PassThrough(queue::SubmissionSource& source, queue::ResultSink& sink, const std::vector<std::string>& results)
      : source_(source), sink_(sink), results_(results) {}

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
          commit.results.push_back({0, "p-1/every-kind", results_[next_++ % results_.size()], record.position});
        }
        changed_.notify_all();
      }
      for (const auto& [partition, one] : progress) commit.progress.push_back(one);
      if (!commit.results.empty()) must(sink_.commit(commit), "commit");
    }
  }

  queue::SubmissionSource& source_;
  queue::ResultSink& sink_;
  const std::vector<std::string>& results_;
  std::size_t next_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<queue::Record> waiting_;
  bool ended_ = false;
};

enum class What { kPass, kGrade };

struct Rate {
  double submissions = 0;  // a second, of all workers together
  double cpu_us = 0;       // of this process, client library and all, a submission
};

double cpu_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto us = [](const timeval& time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); };
  return us(used.ru_utime) + us(used.ru_stime);
}

Rate run_once(const queue::KafkaOptions& options, What what, int workers, int records_count, const std::vector<std::string>& results) {
  Meter meter(workers);
  const double before = cpu_us();
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
      what == What::kGrade ? grade(source, sink) : PassThrough(source, sink, results).run();
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (meter.results != static_cast<std::size_t>(records_count)) {
    give_up(std::to_string(meter.results) + " results of " + std::to_string(records_count));
  }
  return {meter.rate(), (cpu_us() - before) / records_count};
}

// More than a batch that is compressed as one holds.
std::vector<std::string> some_results(Submissions of) {
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  specs.put(one_question(), true);
  std::vector<std::string> out;
  for (queue::Record& record : records(2'000, of)) {
    engine::Work work{.record = std::move(record)};
    engine::Graded graded = engine::grade_record(work, specs, {.of_fault = true, .of_spec = true});
    if (graded.finished->dead_letter) give_up("a submission of bench_data.cc is not graded");
    out.push_back(std::move(graded.finished->result->payload));
  }
  return out;
}

std::size_t mean_bytes(const std::vector<std::string>& results) {
  std::size_t bytes = 0;
  for (const std::string& result : results) bytes += result.size();
  return bytes / results.size();
}

// Medians of rounds that take turns.
struct Rounds {
  std::vector<double> submissions, cpu;
  void add(const Rate& rate) {
    submissions.push_back(rate.submissions);
    cpu.push_back(rate.cpu_us);
  }
  double rate() const { return median(submissions); }
};

}  // namespace

// Topics of a run of this program alone, with so many short submissions in them.
std::string published(const std::string& brokers, int records_count, int partitions, Submissions of) {
  const std::string prefix = new_prefix();
  const auto options = options_of(brokers, prefix, queue::Delivery::kExactlyOnce);
  must(queue::create_topics(options, {.partitions = partitions}), "create_topics");
  const auto client = must(queue::KafkaQueue::open(options, queue::KafkaRole::kClient), "open");
  const auto all = records(static_cast<std::size_t>(records_count), of);
  for (std::size_t at = 0; at < all.size(); at += 10'000) {
    std::vector<queue::Outgoing> batch;
    for (std::size_t i = at; i < std::min(at + 10'000, all.size()); ++i) {
      batch.push_back({"p-" + std::to_string(i % 30'000), all[i].payload});
    }
    must(client->publisher().publish(batch), "publish");
  }
  return prefix;
}

namespace {

void ratios_of(Submissions of, const std::string& name, const std::string& brokers, int records_count, int partitions, Figures& figures) {
  const std::string prefix = published(brokers, records_count, partitions, of);
  const std::vector<std::string> results = some_results(of);
  const auto measure = [&](What what, queue::Delivery delivery) {
    return run_once(options_of(brokers, prefix, delivery), what, 1, records_count, results);
  };
  Rounds pass, once, least;
  for (int round = 0; round < kRounds; ++round) {
    pass.add(measure(What::kPass, queue::Delivery::kExactlyOnce));
    once.add(measure(What::kGrade, queue::Delivery::kExactlyOnce));
    least.add(measure(What::kGrade, queue::Delivery::kAtLeastOnce));
  }
  const std::string work = name + ": " + std::to_string(records_count) + " submissions, results of " +
                           std::to_string(mean_bytes(results)) + " bytes, one worker";
  std::printf("%s\n", work.c_str());
  const auto tell = [&](const char* by, const Rounds& rounds) {
    char note[96];
    std::snprintf(note, sizeof(note), "%.0f submissions/s, %.1f us of the worker's CPU for each", rounds.rate(), median(rounds.cpu));
    figures.row({work, by, "us a submission", 1e6 / rounds.rate(), 1e6 / quantile(rounds.submissions, 0), rounds.submissions.size(),
                 pass.rate() / rounds.rate(), note});
  };
  tell("passed through", pass);
  tell("otmetka, at least once", least);
  tell("otmetka, exactly once", once);
  figures.figure(name + ": grading exactly once against passing through", once.rate() / pass.rate(), "times", Goal{0.85, false});
  figures.figure(name + ": exactly once against at least once", once.rate() / least.rate(), "times", Goal{0.8, false});
}

}  // namespace

void ratios(const std::string& brokers, int records_count, int partitions, Figures& figures) {
  ratios_of(Submissions::kOneAnswer, "one short answer", brokers, records_count, partitions, figures);
  ratios_of(Submissions::kFourAnswers, "four answers of nine", brokers, records_count, partitions, figures);
}

void growth(const std::string& brokers, int records_count, Figures& figures) {
  constexpr std::array kPartitions{1, 4, 16, 64};
  constexpr int kMostWorkers = 2;
  std::array<std::string, kPartitions.size()> prefixes;
  for (std::size_t i = 0; i < kPartitions.size(); ++i) prefixes[i] = published(brokers, records_count, kPartitions[i]);
  std::array<std::array<Rounds, kMostWorkers>, kPartitions.size()> rounds;
  for (int round = 0; round < kGrowthRounds; ++round) {
    for (std::size_t i = 0; i < kPartitions.size(); ++i) {
      for (int workers = 1; workers <= kMostWorkers; ++workers) {
        const auto options = options_of(brokers, prefixes[i], queue::Delivery::kExactlyOnce);
        rounds[i][static_cast<std::size_t>(workers - 1)].add(run_once(options, What::kGrade, workers, records_count, {}));
      }
    }
  }
  for (std::size_t workers = 1; workers <= kMostWorkers; ++workers) {
    const std::string series = workers == 1 ? "partitions, one worker" : "partitions, two workers";
    for (std::size_t i = 0; i < kPartitions.size(); ++i) {
      figures.point(series, kPartitions[i], records_count / rounds[i][workers - 1].rate(), records_count);
    }
  }
}

}  // namespace otmetka::bench
