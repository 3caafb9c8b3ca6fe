// Any bytes as either encoding: no crash, and what decodes stays the same through encode and decode.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "queue/codec.h"

using namespace otmetka;

namespace {

void check_stable(std::string_view payload, queue::Encoding encoding) {
  const auto first = queue::decode_submission(payload, encoding);
  if (!first) return;
  const std::string bytes = queue::encode_submission(*first);
  const auto second = queue::decode_submission(bytes, queue::Encoding::kProtobuf);
  if (!second || queue::encode_submission(*second) != bytes) std::abort();
  if (first->responses.size() != second->responses.size()) std::abort();
  for (std::size_t i = 0; i < first->responses.size(); ++i) {
    if (first->responses[i].answer.index() != second->responses[i].answer.index()) std::abort();
    const std::string json = queue::answer_json(first->responses[i].answer);
    if (!queue::answer_from_json(json).ok()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view payload(reinterpret_cast<const char*>(data), size);
  check_stable(payload, queue::Encoding::kJson);
  check_stable(payload, queue::Encoding::kProtobuf);
  return 0;
}
