#include "queue/kafka/shorten.h"

#include <array>

#include "queue/codec.h"

namespace otmetka::queue::kafka {

std::string shorten_result(std::string_view payload, std::size_t most_bytes) {
  auto result = decode_result(payload);
  if (!result) return std::string(payload);
  using Cut = void (*)(ScoredResult&);
  static constexpr std::array<Cut, 4> kCuts{
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
  std::string out(payload);
  for (const Cut cut : kCuts) {
    if (out.size() <= most_bytes) break;
    cut(*result);
    out = encode_result(*result);
  }
  return out;
}

}  // namespace otmetka::queue::kafka
