#include "checkers/numeric/target.h"

#include <algorithm>

#include "checkers/numeric/normal_form.h"
#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

constexpr int kMaxExampleDecimals = 60;

// A value, and what stands after its ±.
struct PlusMinus {
  std::string_view value;
  std::string_view tolerance;
  std::string_view unit;  // after the bracket of "(9.8 ± 0.05) м/с²"
};

std::optional<PlusMinus> split_plus_minus(std::string_view text) {
  for (const std::string_view sign : {"±", "+/-", "+-"}) {
    const std::size_t found = text.find(sign);
    if (found == std::string_view::npos || found == 0) continue;
    PlusMinus parts{text.substr(0, found), text.substr(found + sign.size()), {}};
    const std::size_t close = parts.tolerance.find(')');
    if (trimmed(parts.value).starts_with('(') && close != std::string_view::npos) {
      parts.value = trimmed(parts.value).substr(1);
      parts.unit = parts.tolerance.substr(close + 1);
      parts.tolerance = parts.tolerance.substr(0, close);
    }
    return parts;
  }
  return std::nullopt;
}

Unit unit_of(std::string_view typed) {
  const NormalForm normal(typed);
  return normal.fault() == NormalFault::kNone ? parse_unit(normal.text()) : Unit{};
}

// Moves a fault of a piece to its place in the whole text.
Fault shifted(Fault fault, std::string_view whole, std::string_view piece) {
  fault.offset += static_cast<std::size_t>(piece.data() - whole.data());
  if (fault.length == 0) fault.length = piece.size();
  return fault;
}

std::optional<Fault> parse_plus_minus(std::string_view text, const PlusMinus& parts, Notation notation, Target* target) {
  Reading reading;
  if (auto bad = parse_teacher_number(parts.value, notation, &reading, &target->unit)) {
    return shifted(std::move(*bad), text, parts.value);
  }
  target->value = std::move(reading.value);
  if (!trimmed(parts.unit).empty()) target->unit = unit_of(parts.unit);
  if (target->unit.kind == UnitKind::kNone) {  // "9.8 ± 0.05 м/с²": the unit is of both
    Reading ignored;
    Unit unit;
    if (!parse_teacher_number(parts.tolerance, notation, &ignored, &unit)) target->unit = std::move(unit);
  }
  Tolerance own;
  if (auto bad = parse_tolerance(parts.tolerance, notation, target->unit, &own)) {
    return shifted(std::move(*bad), text, parts.tolerance);
  }
  target->own = std::move(own);
  return std::nullopt;
}

// A value inside a range, its own end where it is taken in.
std::optional<Rational> inside(const Range& range) {
  if (range.low && range.takes_low) return range.low;
  if (range.high && range.takes_high) return range.high;
  if (range.low && range.high) return (*range.low + *range.high) / 2;
  if (range.low) return *range.low + 1;
  return range.high ? *range.high - 1 : Rational(0);
}

std::string zero_filled(std::string text, int decimals) {
  const std::size_t point = text.find('.');
  const std::size_t has = point == std::string::npos ? 0 : text.size() - point - 1;
  if (decimals > 0 && point == std::string::npos) text += '.';
  if (static_cast<std::size_t>(decimals) > has) text.append(static_cast<std::size_t>(decimals) - has, '0');
  return text;
}

std::optional<std::string> written(const Rational& value, int decimals) {
  if (auto text = value.to_decimal(kMaxExampleDecimals)) {
    if (text->size() > static_cast<std::size_t>(kMaxDigits)) return std::nullopt;
    return zero_filled(std::move(*text), decimals);
  }
  std::string text = value.to_string();
  return text.size() > static_cast<std::size_t>(kMaxDigits) ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

std::optional<Fault> parse_target(std::string_view text, Notation notation, Target* target) {
  *target = {};
  const std::string_view inner = trimmed(text);
  if (inner.starts_with('=')) {
    const std::string_view formula = inner.substr(1);
    target->formula.emplace();
    auto bad = Expression::parse(formula, &*target->formula);
    if (bad && bad->length > 0) bad->offset += static_cast<std::size_t>(formula.data() - text.data());
    return bad;
  }
  if (begins_like_range(inner)) {
    WrittenRange range;
    if (auto bad = parse_range(inner, notation, &range)) return shifted(std::move(*bad), text, inner);
    target->range = std::move(range.range);
    target->unit = unit_of(range.after);
    return std::nullopt;
  }
  if (const auto parts = split_plus_minus(inner)) return parse_plus_minus(text, *parts, notation, target);
  Reading reading;
  auto bad = parse_teacher_number(inner, notation, &reading, &target->unit);
  target->value = std::move(reading.value);
  target->in_percent = reading.percent && target->unit.kind == UnitKind::kNone;
  return bad;
}

void convert_target(const Unit& unit, Target* target) {
  const Unit from = std::exchange(target->unit, unit);
  target->value = convert(target->value, from, unit);
  if (target->own && target->own->absolute) {
    target->own->absolute = *target->own->absolute * from.factor / unit.factor;
  }
  if (!target->range) return;
  if (target->range->low) target->range->low = convert(*target->range->low, from, unit);
  if (target->range->high) target->range->high = convert(*target->range->high, from, unit);
}

std::optional<std::string> example_of(const Target& target, const Tolerance& tolerance, Notation notation) {
  const bool in_range = target.range || tolerance.kind == Tolerance::Kind::kRange;
  Rational value = target.value;
  if (in_range) {
    const auto within = inside(target.range ? *target.range : tolerance.range);
    if (!within) return std::nullopt;
    value = *within;
  }
  int decimals = 0;
  if (!in_range) value = tolerance.target(value);
  if (tolerance.kind == Tolerance::Kind::kPlaces) decimals = tolerance.digits;
  if (tolerance.kind == Tolerance::Kind::kFigures && !value.is_zero()) {
    decimals = std::max(0, tolerance.digits - 1 - value.magnitude());
  }
  auto text = written(value, decimals);
  if (!text) return std::nullopt;
  if (notation == Notation::kComma) std::replace(text->begin(), text->end(), '.', ',');
  if (target.unit.kind != UnitKind::kNone) *text += " " + target.unit.text;
  return text;
}

}  // namespace otmetka::checkers::numeric
