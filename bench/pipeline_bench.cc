// The pipeline on a real broker. `./run bench pipeline` calls it. Each writes its figures as JSON where `--json FILE` is given as well.
//
//   pipeline_bench BROKERS ratios [RECORDS [PARTITIONS]]    grading beside passing through, exactly once beside at least once
//   pipeline_bench BROKERS growth [RECORDS]                 from 1 partition to 64, with one worker and with two
//   pipeline_bench BROKERS restart                          kill -9 of a worker, until the next one's first result
//   pipeline_bench BROKERS overload [SECONDS]               memory while the sink stands still and records wait
//   pipeline_bench BROKERS lanes [SECONDS]                  answers beside a lane of programs that is full
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/arguments.h"
#include "bench/bench_data.h"
#include "bench/figures.h"
#include "bench/pipeline_support.h"
#include "engine/engine.h"
#include "queue/kafka/kafka_queue.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using std::chrono::milliseconds;

constexpr int kRounds = 5;

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
void restart(const std::string& brokers, Figures& figures) {
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
  const std::string what = "restart of a killed worker, until its first result is visible, of 5: ";
  figures.figure(what + "median", median(took), "s");
  figures.figure(what + "longest", *std::max_element(took.begin(), took.end()), "s", Goal{2});
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

void overload(const std::string& brokers, int seconds, Figures& figures) {
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
  const std::string what = "memory while the sink stands still for " + std::to_string(seconds) + " s and 1,000,000 records wait: ";
  figures.figure(what + "most", most, "MiB");
  figures.figure(what + "changes by ±", (most - least) / (most + least) * 100, "%", Goal{5});
}

}  // namespace
}  // namespace otmetka::bench

int main(int count, char** words) {
  using namespace otmetka::bench;
  Figures figures(option(count, words, "--json"));
  const std::string brokers = count > 1 ? words[1] : "", what = count > 2 ? words[2] : "";
  if (what == "ratios") {
    ratios(brokers, number(count, words, 3, 200'000), number(count, words, 4, 4), figures);
  } else if (what == "growth") {
    growth(brokers, number(count, words, 3, 100'000), figures);
  } else if (what == "restart") {
    restart(brokers, figures);
  } else if (what == "overload") {
    overload(brokers, number(count, words, 3, 60), figures);
  } else if (what == "lanes") {
    lanes(brokers, number(count, words, 3, 20), figures);
  } else if (what == "worker" && count == 5) {
    work(brokers, words[3], words[4]);
  } else {
    give_up("BROKERS ratios|growth|restart|overload|lanes");
  }
}
