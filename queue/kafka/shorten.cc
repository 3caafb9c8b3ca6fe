#include "queue/kafka/shorten.h"

#include <array>

#include "queue/codec.h"

namespace otmetka::queue::kafka {

namespace {

using Cut = void (*)(ScoredResult&);
constexpr std::array<Cut, 4> kCuts{
    [](ScoredResult& r) {
      for (PartResult& part : r.parts) part.trace.clear();
    },
    [](ScoredResult& r) {
      for (PartResult& part : r.parts) part.tests.clear();
    },
    [](ScoredResult& r) {
      for (PartResult& part : r.parts) part.feedback.clear();
    },
    [](ScoredResult& r) { r.notices.clear(); }};

std::string json_of(const ScoredResult& result) {
  std::string out;
  append_json(result, {.traces = true}, out);
  return out;
}

}  // namespace

std::string shorten_result(std::string_view payload, std::size_t most_bytes) {
  auto result = decode_result(payload);
  if (!result) return std::string(payload);
  std::string out(payload);
  for (const Cut cut : kCuts) {
    if (out.size() <= most_bytes) break;
    cut(*result);
    out = encode_result(*result);
  }
  return out;
}

std::string result_as_json(std::string_view payload, std::size_t most_bytes) {
  auto result = decode_result(payload);
  if (!result) return {};
  std::string out = json_of(*result);
  for (const Cut cut : kCuts) {
    if (out.size() <= most_bytes) break;
    cut(*result);
    out = json_of(*result);
  }
  return out.size() <= most_bytes ? out : std::string();
}

}  // namespace otmetka::queue::kafka
