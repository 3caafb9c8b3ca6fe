// The cache of compiled programs, without a compiler: a program that is there among many, and one that is not and pushes others out.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "sandbox/compile_cache.h"

namespace {

using namespace otmetka;

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;  // of keys, here: the programs are empty
constexpr std::size_t kKeyBytes = 2'000;                      // a source of that size is the key

std::string key(std::int64_t number) { return std::string(kKeyBytes, 'x') + std::to_string(number); }

void compile_cache_hit(benchmark::State& state) {
  sandbox::CompileCache cache(std::uint64_t{1} << 30);
  const auto compile = [] { return Result<sandbox::Compiled>(sandbox::Compiled{}); };
  for (std::int64_t i = 0; i < state.range(0); ++i) static_cast<void>(cache.get(key(i), compile));
  const std::string wanted = key(state.range(0) / 2);
  bool compiled = false;
  for (auto _ : state) {
    auto found = cache.get(wanted, [&] {
      compiled = true;
      return compile();
    });
    benchmark::DoNotOptimize(found);
  }
  if (compiled) state.SkipWithError("compiled again");
}
BENCHMARK(compile_cache_hit)->ArgName("programs")->Arg(1)->Arg(1'000)->Arg(10'000);

void compile_cache_miss(benchmark::State& state) {
  sandbox::CompileCache cache(kMostBytes);
  std::int64_t number = 0;
  std::int64_t compiled = 0;
  for (auto _ : state) {
    auto made = cache.get(key(number++), [&] {
      ++compiled;
      return Result<sandbox::Compiled>(sandbox::Compiled{});
    });
    benchmark::DoNotOptimize(made);
  }
  if (compiled != state.iterations()) state.SkipWithError("found what was never put there");
}
BENCHMARK(compile_cache_miss);

}  // namespace
