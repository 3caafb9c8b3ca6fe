// Any bytes: reading never crashes, and what was read can be written plainly and read again as the same number.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "checkers/numeric/expression.h"
#include "checkers/numeric/number_parser.h"
#include "checkers/numeric/target.h"
#include "checkers/numeric/units.h"

namespace {

using namespace otmetka::checkers::numeric;

void require(bool holds) {
  if (!holds) std::abort();
}

// "123e-5" or "123/7", as far as both parts keep to the bounds of the grammar.
std::optional<std::string> canonical(const Rational& value) {
  const std::string exact = value.abs().to_string();
  const std::string sign = value.is_negative() ? "-" : "";
  const std::size_t slash = exact.find('/');
  if (slash != std::string::npos && slash <= 64 && exact.size() - slash - 1 <= 64) return sign + exact;
  if (slash == std::string::npos && exact.size() <= 64) return sign + exact;
  if (value.is_zero()) return "0";
  const int shift = value.magnitude() - 63;
  const Rational scaled = value.abs() * Rational::power_of_ten(-shift);
  if (!scaled.is_integer() || shift > 400 || shift < -400) return std::nullopt;
  return sign + scaled.to_string() + "e" + std::to_string(shift);
}

void check_reading(const Reading& reading) {
  require(reading.least_figures <= reading.most_figures && reading.most_figures <= kMaxDigits);
  const auto text = canonical(reading.value);
  if (!text) return;
  const Readings again = parse_number(*text, Locale::kNone);
  require(again.count == 1 && again.all[0].value == reading.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Locale locale : {Locale::kNone, Locale::kRussian, Locale::kEnglish}) {
    const Readings readings = parse_number(text, locale);
    require((readings.count == 0) == (readings.fault != ParseFault::kNone));
    for (const Reading& reading : readings) check_reading(reading);
    const Unit unit = parse_unit(readings.unit);
    require((unit.kind == UnitKind::kNone) == readings.unit.empty());
    if (unit.kind == UnitKind::kKnown) require(!unit.factor.is_zero() && convert(1, unit, unit) == Rational(1));
  }
  for (const Notation notation : {Notation::kAny, Notation::kComma, Notation::kPoint}) {
    for (const Reading& reading : parse_number(text, Locale::kNone, notation)) check_reading(reading);
    Target target;
    const auto fault = parse_target(text, notation, &target);
    if (fault) require(fault->offset + fault->length <= text.size());
  }
  parse_unit(text);
  Expression expression;
  if (!Expression::parse(text, &expression)) {
    const Rational two = 2;
    expression.evaluate([&two](std::string_view) { return &two; });
  }
  return 0;
}
