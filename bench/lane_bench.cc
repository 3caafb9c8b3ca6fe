// The answers lane against its ideal: the same records graded by one thread, divided by the number of workers.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <vector>

#include "bench/bench_data.h"
#include "engine/answers_lane.h"
#include "engine/bounds.h"
#include "engine/in_hand.h"

namespace otmetka::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t kBatches = 8;

std::vector<engine::Work> works(const std::vector<queue::Record>& records) {
  std::vector<engine::Work> out;
  for (const queue::Record& record : records) out.push_back({.record = record});
  return out;
}

// What is measured is grading, not refusing.
void must_have_graded(const engine::Finished& finished) {
  if (finished.dead_letter) std::abort();
}

Seconds serial(const std::vector<queue::Record>& batch, engine::SpecCache& specs) {
  std::vector<std::vector<engine::Work>> all(kBatches, works(batch));
  const auto began = Clock::now();
  for (auto& one : all) {
    std::vector<engine::Graded> graded(one.size());
    for (std::size_t i = 0; i < one.size(); ++i) graded[i] = engine::grade_record(one[i], specs, {.of_fault = true, .of_spec = true});
    for (const engine::Graded& each : graded) must_have_graded(*each.finished);
  }
  return Clock::now() - began;
}

Seconds on_the_lane(const std::vector<queue::Record>& batch, engine::SpecCache& specs, int workers) {
  std::vector<std::vector<engine::Work>> all(kBatches, works(batch));
  std::atomic<std::size_t> done{0};
  Clock::time_point began;
  {
    engine::AnswersLane lane(specs, {.workers = workers, .tries = 1}, {.done = [&](auto finished, auto) {
                               for (const engine::Finished& each : finished) must_have_graded(each);
                               done += finished.size();
                             }});
    began = Clock::now();
    for (auto& one : all) lane.submit(std::move(one));
    lane.finish(std::chrono::hours(1));
  }
  if (done != kBatches * batch.size()) std::abort();
  return Clock::now() - began;
}

// efficiency: 1 is ideal. The two are measured in turns, so that a machine that slows down slows both.
void lane_efficiency(benchmark::State& state) {
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  const auto batch = records(engine::kPollRecords);
  const int workers = engine::usable_cores();
  std::vector<double> ratios;
  double one_thread = 0;
  for (auto _ : state) {
    const Seconds alone = serial(batch, specs);
    const Seconds together = on_the_lane(batch, specs, workers);
    state.SetIterationTime(together.count());
    ratios.push_back(alone / together / workers);
    one_thread += alone.count();
  }
  std::nth_element(ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2), ratios.end());
  state.counters["efficiency"] = ratios[ratios.size() / 2];
  state.counters["workers"] = workers;
  state.counters["us_per_submission"] = one_thread * 1e6 / static_cast<double>(ratios.size() * kBatches * batch.size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatches * batch.size()));
}
BENCHMARK(lane_efficiency)->UseManualTime()->Unit(benchmark::kMillisecond)->MinTime(2);

// What it costs to note which work a thread has in hand, on this thread.
void work_noted(benchmark::State& state) {
  const auto folder = std::filesystem::temp_directory_path() / "otmetka-work-noted";
  std::filesystem::create_directories(folder);
  {
    const auto in_hand = engine::InHand::open(folder);
    if (!in_hand) return state.SkipWithError("the file of what is in hand cannot be opened");
    const auto batch = records(1);
    for (auto _ : state) {
      const engine::InHand::Holding holding(in_hand->get(), batch[0]);
      benchmark::ClobberMemory();
    }
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK(work_noted);

}  // namespace
}  // namespace otmetka::bench
