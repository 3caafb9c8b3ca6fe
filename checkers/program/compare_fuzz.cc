// Any two texts as a program's output and the right one: no crash, every text equals itself, the comparators agree with one another
// where one forgives less, and what is told of a difference is short. The first byte holds the tokens' settings; NUL parts the texts.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "checkers/program/compare.h"
#include "checkers/program/excerpt.h"

namespace {

using namespace otmetka;
using namespace otmetka::checkers::program;
using Kind = Comparison::Kind;

void require(bool holds) {
  if (!holds) std::abort();
}

bool accepts(std::string_view output, std::string_view answer, const Comparison& comparison) {
  const auto told = compare(output, answer, comparison);
  if (!told) return true;
  require(!told->id.empty());
  for (const Arg& arg : told->args) {
    const auto* text = std::get_if<std::string>(&arg);
    require(text == nullptr || text->size() <= 4 * (kExcerptCharacters + 2));
  }
  return false;
}

Comparison of(Kind kind) {
  Comparison out;
  out.kind = kind;
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view both(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view output = both.substr(0, both.find('\0'));
  const std::string_view answer = both.substr(output.size() == both.size() ? both.size() : output.size() + 1);

  const bool exact = accepts(output, answer, of(Kind::kExact));
  const bool lines = accepts(output, answer, of(Kind::kLines));
  const bool unordered = accepts(output, answer, of(Kind::kUnorderedLines));
  const bool tokens = accepts(output, answer, of(Kind::kTokens));
  require(exact == (output == answer));
  require((!exact || lines) && (!lines || (unordered && tokens)));
  require(lines == accepts(answer, output, of(Kind::kLines)));
  require(unordered == accepts(answer, output, of(Kind::kUnorderedLines)));

  Comparison loose = of(Kind::kTokens);
  loose.case_sensitive = (data[0] & 1) != 0;
  if ((data[0] & 2) != 0) loose.absolute = 1e-6;
  if ((data[0] & 4) != 0) loose.relative = 1e-9;
  require(!tokens || accepts(output, answer, loose));
  loose.space_change_sensitive = true;
  require(accepts(output, output, loose) && accepts(answer, answer, loose));
  return 0;
}
