// Programs judged by tests: what a submission takes once it is compiled, and what compiling takes. The sandbox has all its walls.
#include <filesystem>
#include <iostream>

#include <benchmark/benchmark.h>

#include "checkers/program/judging.h"
#include "engine/programs.h"

namespace {

using namespace otmetka;
namespace program = checkers::program;

engine::Programs& programs() {
  static engine::Programs* const kPrograms = [] {
    sandbox::WorkshopOptions options;
    options.cache = std::filesystem::absolute("build/bench/cache").string();
    options.allow_weak = true;
    return new engine::Programs(options);
  }();
  return *kPrograms;
}

sandbox::Workshop& workshop() {
  static sandbox::Workshop* const kWorkshop = *programs().workshop();
  return *kWorkshop;
}

// A C program of about a millisecond that doubles its input.
const std::vector<sandbox::SourceFile> kDouble = {
    {"double.c",
     "#include <stdio.h>\nint main(void) { long n; volatile long x = 0; if (scanf(\"%ld\", &n) != 1) return 1;"
     " for (long i = 0; i < 500000; ++i) x += i; printf(\"%ld\\n\", 2 * n); }"}};

program::Task task_of(int tests) {
  program::Task task;
  task.groups.push_back({});
  for (int i = 0; i < tests; ++i) {
    program::Test test;
    test.id = std::to_string(i);
    test.in.bytes = std::to_string(i) + "\n";
    test.out.bytes = std::to_string(2 * i) + "\n";
    task.tests.push_back(std::move(test));
  }
  return task;
}

void judge(benchmark::State& state, bool together) {
  const program::Task task = task_of(static_cast<int>(state.range(0)));
  const program::SubmittedProgram answer{"c", kDouble};
  program::JudgingOptions options;
  if (together) options.for_each = [](std::size_t n, const auto& one) { programs().for_each(n, one); };
  for (auto _ : state) {
    const auto judged = program::judge(task, answer, workshop(), options);
    if (!judged || judged->credit != Ratio(1)) return state.SkipWithError("not accepted");
  }
}
void one_after_another(benchmark::State& state) { judge(state, false); }
void on_all_slots(benchmark::State& state) { judge(state, true); }
BENCHMARK(one_after_another)->ArgName("tests")->Arg(1)->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(on_all_slots)->ArgName("tests")->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);

void the_same_source_again(benchmark::State& state) {
  const sandbox::Language& c = *workshop().language("c")->language;
  for (auto _ : state) benchmark::DoNotOptimize(workshop().compile(c, kDouble));
}
BENCHMARK(the_same_source_again)->Unit(benchmark::kMillisecond);

// A new source each time; `precompiled` 0: without the precompiled header.
void all_of_the_standard_library(benchmark::State& state) {
  sandbox::Language cpp = *workshop().language("cpp")->language;
  if (state.range(0) == 0)
    std::erase_if(cpp.compile, [](const std::string& argument) { return argument.find("{precompiled}") != std::string::npos; });
  int number = 0;
  const auto source = [&] {
    return std::vector<sandbox::SourceFile>{{"a.cpp", "#include <bits/stdc++.h>\nint main() { std::vector<int> v{" +
                                                          std::to_string(state.range(0)) + "," + std::to_string(number++) +
                                                          "}; std::sort(v.begin(), v.end()); std::cout << v[0]; }\n"}};
  };
  static_cast<void>(workshop().compile(cpp, source()));  // the header itself
  for (auto _ : state) {
    const auto compiled = workshop().compile(cpp, source());
    if (!compiled || !compiled->executable) return state.SkipWithError("does not compile");
  }
}
BENCHMARK(all_of_the_standard_library)->ArgName("precompiled")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(5);

}  // namespace

BENCHMARK_MAIN();
