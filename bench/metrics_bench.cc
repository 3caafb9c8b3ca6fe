// What it costs to count: a thread's own counter and histogram, beside one atomic counter for all.
#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <chrono>

#include "engine/metrics.h"

namespace otmetka::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::nanoseconds, 12> kBounds{2us, 10us, 50us, 200us, 1ms, 5ms, 20ms, 100ms, 500ms, 2s, 10s, 50s};

engine::Metrics& metrics() {
  static engine::Metrics all;
  return all;
}

void counter_add(benchmark::State& state) {
  static const auto counter = metrics().counter("otmetka_bench_total", "Of the benchmark.");
  for (auto _ : state) counter.add();
}
BENCHMARK(counter_add)->Threads(1)->Threads(2);

void histogram_observe(benchmark::State& state) {
  static const auto histogram = metrics().histogram("otmetka_bench_seconds", "Of the benchmark.", kBounds);
  std::chrono::nanoseconds took{1};
  for (auto _ : state) {
    histogram.observe(took);
    took = took > 100ms ? 1ns : took * 3;
  }
}
BENCHMARK(histogram_observe)->Threads(1)->Threads(2);

void shared_atomic_add(benchmark::State& state) {
  static std::atomic<std::uint64_t> shared{0};
  for (auto _ : state) shared.fetch_add(1, std::memory_order_relaxed);
}
BENCHMARK(shared_atomic_add)->Threads(1)->Threads(2);

void page(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(metrics().text());
}
BENCHMARK(page);

}  // namespace
}  // namespace otmetka::bench
