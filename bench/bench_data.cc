#include "bench/bench_data.h"

#include <array>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string_view>

#include "engine/spec_check.h"
#include "queue/codec.h"

namespace otmetka::bench {
namespace {

constexpr std::string_view kSpec = R"(grade: v1
id: every-kind
locale: ru
items:
- {id: numeric, points: 2, numeric: {answer: 9.8 м/с², tolerance: 0.05, unit: {missing: 50%}}}
- {id: text, text: {answer: Москва, accept: [{value: Moscow}]}}
- {id: typos, text: {answer: электромагнетизм, typos: 2}}
- {id: regex, regex: {match: '(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})'}}
- {id: choice, choice: {right: {a: "2", b: "7"}, wrong: {c: "9", d: "15"}}}
- {id: digits, digits: {answer: "1457", order: any, by_errors: [100%, 50%]}}
- {id: match, match: {pairs: {Франция: Париж, Япония: Токио, Канада: Оттава}, scoring: per_pair}}
- {id: order, order: {sequence: [прочитать, составить, решить, проверить], scoring: lis}}
- id: parts
  parts:
    v: {weight: 1, numeric: {answer: 72 км/ч}}
    t: {weight: 2, numeric: {answer: "= 360 / v", unit_default: ч, tolerance: 0.01, follow: v}}
)";

template <std::size_t N>
std::string_view pick(std::mt19937_64& random, const std::array<std::string_view, N>& from) {
  return from[std::uniform_int_distribution<std::size_t>(0, N - 1)(random)];
}

}  // namespace

std::shared_ptr<const engine::CompiledSpec> every_kind() {
  static const auto spec = [] {
    auto checked = engine::check_spec_text(std::string(kSpec), "every_kind", "", engine::Depth::kCompile);
    if (checked.spec) return checked.spec;
    std::cerr << "bench: the spec of bench_data.cc does not compile: " << checked.diagnostics.front().message.id << '\n';
    std::abort();
  }();
  return spec;
}

const engine::CompiledItem& item(const std::string& kind) {
  const auto spec = every_kind();
  return spec->items[spec->item_by_id.at(kind)];
}

std::string answers_line(std::size_t number) {
  constexpr std::array<std::string_view, 7> kNumbers{"9,8 м/с²", "9.79 м/с^2", "980 см/с²", "10 м/с²", "9,8", "−9,8 м/с²", "12"};
  constexpr std::array<std::string_view, 6> kTowns{"Москва", "москва", " Moscow ", "Санкт-Петербург", "Моcква", "Киев"};
  constexpr std::array<std::string_view, 4> kDates{"12.04.1961", "12/04/1961", "1.1.2000", "вчера"};
  constexpr std::array<std::string_view, 5> kTicks{R"(["a","b"])", R"(["b","a"])", R"(["a"])", R"(["a","c"])", "[]"};
  std::mt19937_64 random(number);
  std::string line = R"({"assignment_id":"every-kind","submission_id":"s-)" + std::to_string(number) + R"(","learner_id":"p-)" +
                     std::to_string(number % 30'000) + R"(","responses":{"numeric":")";
  line += pick(random, kNumbers);
  line += R"(","text":")";
  line += pick(random, kTowns);
  line += R"(","regex":")";
  line += pick(random, kDates);
  line += R"(","choice":)";
  line += pick(random, kTicks);
  return line + "}}";
}

std::vector<queue::Record> records(std::size_t count) {
  std::vector<queue::Record> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto submission = queue::decode_submission(answers_line(i), queue::Encoding::kJson);
    submission->spec = SpecId("every-kind");  // `submit` fills it in
    out[i].position.offset = static_cast<std::int64_t>(i);
    out[i].payload = queue::encode_submission(*submission);
  }
  return out;
}

}  // namespace otmetka::bench
