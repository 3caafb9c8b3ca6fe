// First byte: options and script; the rest: a text. Normalising twice is normalising once, and both paths agree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checkers/text/graphemes.h"
#include "checkers/text/normalize.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace otmetka::checkers::text;
  if (size == 0) return 0;
  const unsigned bits = data[0];
  const NormalizeOptions options{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, (bits & 8U) != 0, (bits & 16U) != 0};
  const Normalizer normalizer(options, static_cast<Script>((bits >> 5U) % 3));
  const std::string_view typed(reinterpret_cast<const char*>(data) + 1, size - 1);
  Normalized once, by_icu, twice;
  const bool valid = normalizer.normalize(typed, once);
  if (valid != normalizer.normalize_with_icu(typed, by_icu)) std::abort();
  if (!valid) return 0;
  if (once.text != by_icu.text || once.changed != by_icu.changed) std::abort();
  if (!normalizer.normalize(once.text, twice) || once.text != twice.text || twice.changed != 0) std::abort();
  if (graphemes(once.text).size() > once.text.size()) std::abort();
  return 0;
}
