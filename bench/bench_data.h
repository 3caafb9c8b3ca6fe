// What the benchmarks grade: one spec with an item of each kind, and submissions drawn from a fixed seed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/compiled_spec.h"
#include "queue/record.h"

namespace otmetka::bench {

// Compiled once. Its items are named after their kinds.
std::shared_ptr<const engine::CompiledSpec> every_kind();

// The same spec's item; `kind` must be one of its ids.
const engine::CompiledItem& item(const std::string& kind);

// Short answers to text, numeric, regex and choice: the mix that `bench/whole.py` feeds to `otmetka grade`.
std::string answers_line(std::size_t number);

// One short answer to one question: a text of a few letters.
std::shared_ptr<const engine::CompiledSpec> one_question();

enum class Submissions { kFourAnswers, kOneAnswer };

// `count` published submissions: of answers_line() to every_kind(), or to one_question().
std::vector<queue::Record> records(std::size_t count, Submissions of = Submissions::kFourAnswers);

}  // namespace otmetka::bench
