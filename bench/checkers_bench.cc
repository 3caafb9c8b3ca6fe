// One answer judged by a prepared checker, kind by kind.
#include <benchmark/benchmark.h>

#include "bench/bench_data.h"
#include "checkers/checker.h"

namespace otmetka::bench {
namespace {

void check(benchmark::State& state, const std::string& kind, const Answer& answer) {
  const engine::CompiledItem& compiled = item(kind);
  const checkers::CheckContext context{.locale = "ru"};
  for (auto _ : state) {
    auto outcome = compiled.checker->check(answer, context);
    benchmark::DoNotOptimize(outcome);
  }
  state.SetItemsProcessed(state.iterations());
}

Answer text(std::string typed) { return TextAnswer{std::move(typed)}; }

BENCHMARK_CAPTURE(check, text_as_the_key, "text", text("Москва"));
BENCHMARK_CAPTURE(check, text_in_another_case, "text", text(" москва. "));
BENCHMARK_CAPTURE(check, text_with_a_lookalike, "text", text("Моcква"));
BENCHMARK_CAPTURE(check, text_with_a_typo, "typos", text("электромогнетизм"));
BENCHMARK_CAPTURE(check, numeric_met_exactly, "numeric", text("9,8 м/с²"));
BENCHMARK_CAPTURE(check, numeric_other_unit, "numeric", text("980 см/с²"));
BENCHMARK_CAPTURE(check, numeric_not_a_number, "numeric", text("девять"));
BENCHMARK_CAPTURE(check, regex, "regex", text("12.04.1961"));
BENCHMARK_CAPTURE(check, choice, "choice", ChoiceAnswer{{"b", "a"}});
BENCHMARK_CAPTURE(check, digits, "digits", text("7541"));
BENCHMARK_CAPTURE(check, match, "match", MappingAnswer{{{"Франция", "Париж"}, {"Япония", "Токио"}, {"Канада", "Оттава"}}});
BENCHMARK_CAPTURE(check, order, "order", SequenceAnswer{{"проверить", "прочитать", "составить", "решить"}});
BENCHMARK_CAPTURE(check, parts_with_follow_through, "parts", MappingAnswer{{{"v", "70 км/ч"}, {"t", "5,14"}}});
// A megabyte must cost time linear in it, whatever it holds.
BENCHMARK_CAPTURE(check, text_of_a_megabyte, "typos", text(std::string(1'000'000, 'e')))->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(check, regex_on_a_megabyte, "regex", text(std::string(1'000'000, '1')))->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace otmetka::bench
