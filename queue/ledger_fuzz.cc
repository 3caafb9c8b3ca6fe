// Any text as commit metadata: no crash, no memory beyond its size, and what is accepted reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "queue/offset_ledger.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using otmetka::queue::OffsetLedger;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::int64_t next : {std::int64_t{0}, std::int64_t{7}, INT64_MAX - 3}) {
    const OffsetLedger ledger(next, text);
    if (ledger.next() != next || ledger.finished_before(next)) std::abort();
    const OffsetLedger again(ledger.next(), ledger.metadata());
    for (std::int64_t step = 0; step < 64 && step < INT64_MAX - next; ++step) {
      if (ledger.finished_before(next + step) != again.finished_before(next + step)) std::abort();
    }
  }
  return 0;
}
