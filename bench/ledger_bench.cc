// What the offset ledger costs a message, finished in the order of a lane: not quite the order of arrival.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "queue/offset_ledger.h"

namespace otmetka::bench {
namespace {

constexpr std::int64_t kHeld = 65'536;  // as much as the engine holds

// Offsets of a window, moved from their places by `disorder` at most.
std::vector<std::int64_t> finishing_order(std::int64_t disorder) {
  std::mt19937_64 random(1);
  std::vector<std::pair<std::int64_t, std::int64_t>> keyed;
  for (std::int64_t i = 0; i < kHeld; ++i) keyed.emplace_back(i + std::uniform_int_distribution<std::int64_t>(0, disorder)(random), i);
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::int64_t> out;
  for (const auto& [key, offset] : keyed) out.push_back(offset);
  return out;
}

void ledger(benchmark::State& state) {
  const auto order = finishing_order(state.range(0));
  queue::OffsetLedger ledger;
  std::int64_t base = 0;
  for (auto _ : state) {
    for (std::int64_t i = 0; i < kHeld; ++i) ledger.start(base + i);
    for (const std::int64_t offset : order) ledger.finish(base + offset);
    base += kHeld;
    benchmark::DoNotOptimize(ledger.next());
  }
  state.SetItemsProcessed(state.iterations() * kHeld);
  state.counters["ns_per_message"] =
      benchmark::Counter(static_cast<double>(state.iterations() * kHeld) / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(ledger)->ArgName("disorder")->Arg(0)->Arg(100)->Arg(10'000);

}  // namespace
}  // namespace otmetka::bench
