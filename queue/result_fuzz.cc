// Any bytes as a ScoredResult: no crash; what decodes is stable, and its JSON is JSON.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "queue/codec.h"
#include "queue/json_reader.h"

using namespace otmetka;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = queue::decode_result({reinterpret_cast<const char*>(data), size});
  if (!first) return 0;
  const std::string bytes = queue::encode_result(*first);
  const auto second = queue::decode_result(bytes);
  if (!second || queue::encode_result(*second) != bytes) std::abort();
  std::string json;
  queue::append_json(*second, {.traces = true}, json);
  queue::JsonReader reader;
  const auto root = reader.read(json);
  if (!root && root.failure().code() != "OT307") std::abort();
  return 0;
}
