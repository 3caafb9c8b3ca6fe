// What stands between a spec's text and an answer: reading and compiling it, and finding it again for each submission.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "bench/bench_data.h"
#include "engine/spec_cache.h"
#include "engine/spec_check.h"

namespace otmetka::bench {
namespace {

// As many items, of four kinds in turn.
std::string spec_text(std::int64_t items) {
  std::string out = "grade: v1\nid: long\nlocale: ru\nitems:\n";
  for (std::int64_t i = 0; i < items; ++i) {
    const std::string n = std::to_string(i);
    switch (i % 4) {
      case 0:
        out += "- {id: i" + n + ", numeric: {answer: 9.8 м/с², tolerance: 0.05}}\n";
        break;
      case 1:
        out += "- {id: i" + n + ", text: {answer: слово" + n + ", typos: 1}}\n";
        break;
      case 2:
        out += "- {id: i" + n + ", regex: {match: '\\d{1,2}[./]\\d{4}'}}\n";
        break;
      default:
        out += "- {id: i" + n + ", choice: {right: {a: x}, wrong: {b: y}}}\n";
        break;
    }
  }
  return out;
}

void spec_load(benchmark::State& state) {
  const std::string text = spec_text(state.range(0));
  for (auto _ : state) {
    const auto checked = engine::check_spec_text(text, "long", "", engine::Depth::kCompile);
    if (!checked.spec) return state.SkipWithError("the spec does not compile");
    benchmark::DoNotOptimize(checked.spec);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(spec_load)->ArgName("items")->Arg(1)->Arg(10)->Arg(100)->Arg(1'000)->Unit(benchmark::kMicrosecond);

// By the hash, as an event that is pinned to a version has it, and by the id.
void spec_cache_find(benchmark::State& state) {
  engine::SpecCache cache;
  const auto spec = every_kind();
  cache.put(spec, true);
  const std::string hash = state.range(0) != 0 ? spec->sha256 : "";
  for (auto _ : state) {
    auto found = cache.find("every-kind", hash);
    if (!found) return state.SkipWithError("not found");
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK(spec_cache_find)->ArgName("by_hash")->Arg(0)->Arg(1)->ThreadRange(1, 2);

}  // namespace
}  // namespace otmetka::bench
