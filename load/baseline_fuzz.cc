// Any bytes as an earlier report: no crash; what is read can be compared with itself, and is no worse than that.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "load/compare.h"

using namespace otmetka;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto base = load::read_baseline({reinterpret_cast<const char*>(data), size}, "base.json");
  if (!base) {
    require(base.failure().code() == "OT486");
    return 0;
  }
  require(base->blocks.size() <= 1'000 && base->rate >= 0);
  const auto changes = load::compare(*base, *base);
  if (!changes) {
    require(changes.failure().code() == "OT487");
    return 0;
  }
  for (const load::Change& one : *changes) require(!one.worse && !one.better && std::abs(one.ratio - 1) < 1e-9);
  return 0;
}
