// Any bytes as a reply of a cell's init: no crash, and an ending that says no more than the reply. First the reply, then what the
// cgroup saw and the limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "sandbox/ending.h"

namespace {

using namespace otmetka::sandbox;

void require(bool holds) {
  if (!holds) std::abort();
}

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  // As many as there are; the rest stays zero.
  template <class Plain>
  Plain take() {
    Plain out{};
    const std::size_t count = std::min(size_, sizeof(out));
    std::memcpy(static_cast<void*>(&out), data_, count);
    data_ += count;
    size_ -= count;
    return out;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const auto reply = bytes.take<cell::RunReply>();
  const auto flags = bytes.take<std::uint8_t>();
  CgroupUsage usage;
  usage.peak_bytes = bytes.take<std::uint64_t>();
  usage.own_bytes = bytes.take<std::uint64_t>();
  usage.peak_is_of_run = (flags & 1) != 0;
  usage.out_of_memory = (flags & 2) != 0;
  Limits limits;
  limits.memory_bytes = bytes.take<std::uint32_t>();
  OutputSize output;
  output.bytes = bytes.take<std::uint32_t>();
  output.charged = bytes.take<std::uint32_t>();
  const bool has_cgroup = (flags & 4) != 0;
  const RunResult result = judge_ending(reply, usage, has_cgroup, limits, output);
  const bool not_started = reply.reason == cell::StopReason::kNotStarted;
  require((result.ending == Ending::kNotStarted) == not_started);
  require(result.detail.size() <= sizeof(reply.step) && (not_started || result.detail.empty()));
  require(not_started || (result.code >= 0 && result.code <= 255));
  if (result.ending == Ending::kExited) require(output.bytes <= limits.output_bytes && !usage.out_of_memory);
  require(!result.peak_is_exact || has_cgroup);
  return 0;
}
