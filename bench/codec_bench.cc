// Bytes to nouns and back, and the ledger: what a message costs besides its grading.
#include <benchmark/benchmark.h>

#include "bench/bench_data.h"
#include "engine/grade_record.h"
#include "engine/grade_submission.h"
#include "engine/spec_cache.h"
#include "queue/codec.h"
#include "queue/offset_ledger.h"

namespace otmetka::bench {
namespace {

void decode_json(benchmark::State& state) {
  const std::string line = answers_line(1);
  for (auto _ : state) {
    auto submission = queue::decode_submission(line, queue::Encoding::kJson);
    benchmark::DoNotOptimize(submission);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(line.size()));
}
BENCHMARK(decode_json);

void decode_protobuf(benchmark::State& state) {
  const std::string bytes = records(1).front().payload;
  for (auto _ : state) {
    auto submission = queue::decode_submission(bytes, queue::Encoding::kProtobuf);
    benchmark::DoNotOptimize(submission);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(decode_protobuf);

void grade(benchmark::State& state) {
  const auto spec = every_kind();
  const auto submission = queue::decode_submission(answers_line(1), queue::Encoding::kJson);
  const engine::GradeOptions options{.explain = state.range(0) != 0};
  for (auto _ : state) {
    auto result = engine::grade_submission(*spec, *submission, options);
    benchmark::DoNotOptimize(result);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(grade)->ArgName("explain")->Arg(0)->Arg(1);

// All that becomes of a record between poll and commit: decoded, graded, explained, hashed, encoded.
void record(benchmark::State& state) {
  engine::SpecCache specs;
  specs.put(every_kind(), true);
  specs.put(one_question(), true);
  std::vector<engine::Work> works;
  for (queue::Record& one : records(1'024, state.range(0) == 1 ? Submissions::kOneAnswer : Submissions::kFourAnswers)) {
    works.push_back({.record = std::move(one)});
  }
  std::size_t next = 0;
  for (auto _ : state) {
    auto graded = engine::grade_record(works[next++ % works.size()], specs, {.of_fault = true, .of_spec = true});
    benchmark::DoNotOptimize(graded);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(record)->ArgName("answers")->Arg(1)->Arg(4);

void write_json(benchmark::State& state) {
  const auto submission = queue::decode_submission(answers_line(1), queue::Encoding::kJson);
  const ScoredResult result = *engine::grade_submission(*every_kind(), *submission, {});
  std::string out;
  for (auto _ : state) {
    out.clear();
    queue::append_json(result, {}, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK(write_json);

// Started in order and finished in reverse within a window: what a lane of parallel work does to it.
void ledger(benchmark::State& state) {
  constexpr std::int64_t kWindow = 1'024;
  for (auto _ : state) {
    queue::OffsetLedger offsets;
    for (std::int64_t i = 0; i < kWindow; ++i) offsets.start(i);
    for (std::int64_t i = kWindow - 1; i >= 0; --i) offsets.finish(i);
    auto next = offsets.next();
    benchmark::DoNotOptimize(next);
  }
  state.SetItemsProcessed(state.iterations() * kWindow);
}
BENCHMARK(ledger);

}  // namespace
}  // namespace otmetka::bench
