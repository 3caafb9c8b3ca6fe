// First line: a pattern; the rest: an answer. Neither may crash, hang or make the checker give more than full credit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checkers/regex/regex.h"
#include "checkers/regex/regex.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace otmetka;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  v1::RegexSettings settings;
  settings.set_match(std::string(input.substr(0, line)));
  settings.set_ignore_case(size % 2 == 0);
  const checkers::Made made = checkers::regex::type().make(settings, {});
  for (const checkers::Problem& problem : made.problems) {
    if (problem.offset + problem.length > line) std::abort();
  }
  if (made.checker == nullptr) return 0;
  const std::string_view answer = line < size ? input.substr(line + 1) : std::string_view();
  const checkers::Outcome outcome = made.checker->check(TextAnswer{std::string(answer)}, {.explain = true});
  if (outcome.credit != Ratio(0) && outcome.credit != Ratio(1)) std::abort();
  return 0;
}
