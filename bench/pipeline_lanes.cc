// Answers are published at a steady rate whatever becomes of them, and each one's time runs from the moment at which it was to be
// published: a worker that stands still is seen in all that came meanwhile.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "bench/bench_data.h"
#include "bench/pipeline_support.h"
#include "engine/engine.h"
#include "engine/spec_check.h"
#include "queue/codec.h"
#include "queue/kafka/topics.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kBetween{25};  // two answers: each is acknowledged before the next
constexpr int kPartitions = 4;

constexpr const char* kBurning = R"(grade: v1
id: burning
locale: ru
items:
- id: c
  code: {languages: [c], limits: {cpu: 2s}, tests: [{in: "", out: ""}]}
)";
constexpr const char* kProgram = R"({"assignment_id":"burning","spec_id":"burning","submission_id":"program-%d","learner_id":"p-%d",
"attempt_no":1,"responses":{"c":{"files":{"a.c":"#include <time.h>\nint main(void) { while (clock() < CLOCKS_PER_SEC / 20) {} }"}}}})";

std::shared_ptr<const engine::CompiledSpec> burning() {
  auto checked = engine::check_spec_text(kBurning, "burning", "", engine::Depth::kCompile);
  if (!checked.spec) give_up("the spec that burns does not compile: " + checked.diagnostics.front().message.id);
  return checked.spec;
}

queue::Outgoing answer(int n) {
  std::string line = answers_line(static_cast<std::size_t>(n));
  line.replace(1, 0, R"("spec_id":"every-kind",)");
  return {"p-" + std::to_string(n), std::move(line), queue::Encoding::kJson};
}

std::vector<queue::Outgoing> programs(int from, int count) {
  std::vector<queue::Outgoing> out;
  for (int n = from; n < from + count; ++n) {
    char text[512];
    std::snprintf(text, sizeof(text), kProgram, n, n);
    out.push_back({"p-" + std::to_string(n), text, queue::Encoding::kJson});
  }
  return out;
}

// When each result became visible to a read_committed reader.
class Watch {
 public:
  Watch(const queue::KafkaQueue& client, int partitions) {
    for (int i = 0; i < partitions; ++i) {
      threads_.emplace_back([this, reader = std::shared_ptr<queue::ResultSource>(client.results_of(i))] { follow(*reader); });
    }
  }
  ~Watch() {
    leaving_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  std::size_t programs() const { return programs_; }
  Clock::time_point seen(const std::string& submission) {
    const auto until = Clock::now() + std::chrono::seconds(60);
    while (Clock::now() < until) {
      {
        const std::lock_guard lock(mutex_);
        const auto found = seen_.find(submission);
        if (found != seen_.end()) return found->second;
      }
      std::this_thread::sleep_for(milliseconds(1));
    }
    give_up("no result of " + submission);
  }

 private:
  void follow(queue::ResultSource& reader) {
    std::int64_t from = 0;
    while (!leaving_) {
      const auto some = must(reader.poll_results(from, 10'000, 8u << 20, milliseconds(50)), "results");
      const auto now = Clock::now();
      for (const queue::ResultRecord& record : some) {
        from = record.offset + 1;
        const auto result = queue::decode_result(record.payload);
        if (!result) give_up("a result cannot be read");
        if (result->progress == Progress::kFailed) give_up(result->submission.value + " was not graded: " + result->notices.back().id);
        if (result->submission.value.starts_with("program-")) ++programs_;
        const std::lock_guard lock(mutex_);
        seen_[result->submission.value] = now;
      }
    }
  }

  std::mutex mutex_;
  std::unordered_map<std::string, Clock::time_point> seen_;
  std::atomic<bool> leaving_{false};
  std::atomic<std::size_t> programs_{0};
  std::vector<std::thread> threads_;
};

// In milliseconds.
std::vector<double> latencies(queue::SubmissionPublisher& publisher, Watch& watch, int from, int count) {
  std::vector<Clock::time_point> intended;
  const auto began = Clock::now();
  for (int i = 0; i < count; ++i) {
    intended.push_back(began + i * kBetween);
    std::this_thread::sleep_until(intended.back());
    must(publisher.publish(std::vector<queue::Outgoing>{answer(from + i)}), "publish");
  }
  std::vector<double> out;
  for (int i = 0; i < count; ++i) {
    const auto took = watch.seen("s-" + std::to_string(from + i)) - intended[static_cast<std::size_t>(i)];
    out.push_back(std::chrono::duration<double, std::milli>(took).count());
  }
  return out;
}

}  // namespace

void lanes(const std::string& brokers, int seconds, Figures& figures) {
  queue::KafkaOptions options = options_of(brokers, new_prefix(), queue::Delivery::kExactlyOnce);
  options.lanes = {queue::Lane::kSubmissions, queue::Lane::kPrograms};
  must(queue::create_topics(options, {.partitions = kPartitions}), "create_topics");
  const auto queue = must(queue::KafkaQueue::open(options, queue::KafkaRole::kServe), "open");
  const auto client = must(queue::KafkaQueue::open(options, queue::KafkaRole::kClient), "open");
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  specs.put(burning(), true);
  engine::Programs workshop(sandbox::WorkshopOptions{});
  engine::EngineOptions engine_options;
  engine_options.programs = &workshop;
  engine_options.forwarding.lanes = options.lanes;
  engine::Engine worker(queue->source(), queue->sink(), specs, std::move(engine_options));
  std::thread thread([&] { must(worker.run(), "engine"); });

  Watch watch(*client, kPartitions);
  const int count = static_cast<int>(std::chrono::seconds(seconds) / kBetween);
  static_cast<void>(latencies(client->publisher(), watch, 0, 40));  // everybody has met
  const auto idle = latencies(client->publisher(), watch, 1'000'000, count);
  const int load = seconds * 60 + 1'000;  // each takes a twentieth of a second of a core
  must(client->publisher().publish(programs(0, load)), "publish");
  while (watch.programs() < 10) std::this_thread::sleep_for(milliseconds(10));
  const auto busy = latencies(client->publisher(), watch, 2'000'000, count);
  const std::size_t done = watch.programs();
  if (done >= static_cast<std::size_t>(load)) give_up("the lane of programs ran empty");
  worker.stop();
  thread.join();
  figures.figure("answers, 40 a second: p50", quantile(idle, 0.5), "ms");
  figures.figure("answers, 40 a second: p99", quantile(idle, 0.99), "ms");
  const std::string beside = "answers beside a full lane of programs: ";
  figures.figure(beside + "p50", quantile(busy, 0.5), "ms");
  figures.figure(beside + "p99", quantile(busy, 0.99), "ms");
  figures.figure(beside + "p99 against p99 alone", quantile(busy, 0.99) / quantile(idle, 0.99), "times", Goal{2});
  figures.figure("programs done meanwhile", static_cast<double>(done), "programs");
}

}  // namespace otmetka::bench
