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

constexpr std::string_view kOneQuestion = R"(grade: v1
id: one-question
locale: ru
items:
- {id: capital, text: {answer: Москва, accept: [{value: Moscow}]}}
)";

std::string beginning(const std::string& assignment, std::size_t number) {
  return R"({"assignment_id":")" + assignment + R"(","submission_id":"s-)" + std::to_string(number) + R"(","learner_id":"p-)" +
         std::to_string(number % 30'000) + R"(","responses":{)";
}

std::shared_ptr<const engine::CompiledSpec> compiled(std::string_view text, const std::string& name) {
  auto checked = engine::check_spec_text(std::string(text), name, "", engine::Depth::kCompile);
  if (checked.spec) return checked.spec;
  std::cerr << "bench: the spec " << name << " of bench_data.cc does not compile: " << checked.diagnostics.front().message.id << '\n';
  std::abort();
}

constexpr std::array<std::string_view, 6> kTowns{"Москва", "москва", " Moscow ", "Санкт-Петербург", "Моcква", "Киев"};

template <std::size_t N>
std::string_view pick(std::mt19937_64& random, const std::array<std::string_view, N>& from) {
  return from[std::uniform_int_distribution<std::size_t>(0, N - 1)(random)];
}

std::string one_answer_line(std::size_t number) {
  std::mt19937_64 random(number);
  return beginning("one-question", number) + R"("capital":")" + std::string(pick(random, kTowns)) + R"("}})";
}

}  // namespace

std::shared_ptr<const engine::CompiledSpec> every_kind() {
  static const auto spec = compiled(kSpec, "every_kind");
  return spec;
}

std::shared_ptr<const engine::CompiledSpec> one_question() {
  static const auto spec = compiled(kOneQuestion, "one_question");
  return spec;
}

const engine::CompiledItem& item(const std::string& kind) {
  const auto spec = every_kind();
  return spec->items[spec->item_by_id.at(kind)];
}

std::string answers_line(std::size_t number) {
  constexpr std::array<std::string_view, 7> kNumbers{"9,8 м/с²", "9.79 м/с^2", "980 см/с²", "10 м/с²", "9,8", "−9,8 м/с²", "12"};
  constexpr std::array<std::string_view, 4> kDates{"12.04.1961", "12/04/1961", "1.1.2000", "вчера"};
  constexpr std::array<std::string_view, 5> kTicks{R"(["a","b"])", R"(["b","a"])", R"(["a"])", R"(["a","c"])", "[]"};
  std::mt19937_64 random(number);
  std::string line = beginning("every-kind", number) + R"("numeric":")";
  line += pick(random, kNumbers);
  line += R"(","text":")";
  line += pick(random, kTowns);
  line += R"(","regex":")";
  line += pick(random, kDates);
  line += R"(","choice":)";
  line += pick(random, kTicks);
  return line + "}}";
}

std::vector<queue::Record> records(std::size_t count, Submissions of) {
  std::vector<queue::Record> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string line = of == Submissions::kFourAnswers ? answers_line(i) : one_answer_line(i);
    auto submission = queue::decode_submission(line, queue::Encoding::kJson);
    submission->spec = SpecId(submission->assignment.value);  // `submit` fills it in
    out[i].position.offset = static_cast<std::int64_t>(i);
    out[i].payload = queue::encode_submission(*submission);
  }
  return out;
}

}  // namespace otmetka::bench
