#include "checkers/numeric/tolerance.h"

#include <charconv>

#include "checkers/numeric/normal_form.h"
#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

Fault fault(std::string id, std::string_view text, std::vector<Arg> more = {}) {
  more.insert(more.begin(), std::string(text));
  return {{std::move(id), std::move(more)}};
}

// Narrows a fault of `whole` to a piece of it, unless that is empty.
Fault narrowed(Fault fault, std::string_view whole, std::string_view piece) {
  if (piece.empty()) return fault;
  fault.offset = static_cast<std::size_t>(piece.data() - whole.data());
  fault.length = piece.size();
  return fault;
}

bool is_near(const Rational& key, const Rational& value, const Tolerance& tolerance) {
  const Rational distance = (value - key).abs();
  if (tolerance.absolute && distance <= *tolerance.absolute) return true;
  return tolerance.relative && distance <= *tolerance.relative * key.abs();
}

// "3 sig", "2 dp loose"; nullopt where the text is something else.
std::optional<Tolerance> parse_digits(std::string_view text) {
  int digits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
  if (error != std::errc()) return std::nullopt;
  std::string_view words = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  Tolerance result;
  result.digits = digits;
  result.as_written = true;
  if (words.ends_with(" loose")) {
    result.as_written = false;
    words = trimmed(words.substr(0, words.size() - 6));
  }
  if (words != "sig" && words != "dp") return std::nullopt;
  result.kind = words == "sig" ? Tolerance::Kind::kFigures : Tolerance::Kind::kPlaces;
  return result;
}

// The text up to the next "or", which is taken off with it.
std::string_view next_term(std::string_view* text) {
  static constexpr std::string_view kOr[] = {" or ", " или "};
  std::size_t begin = text->size();
  std::size_t length = 0;
  for (const std::string_view word : kOr) {
    const std::size_t found = text->find(word);
    if (found < begin) {
      begin = found;
      length = word.size();
    }
  }
  const std::string_view term = trimmed(text->substr(0, begin));
  text->remove_prefix(begin + length);
  return term;
}

// A number of no less than zero, perhaps after ±, with the unit behind it; `unreadable` is what is said of anything else.
std::optional<Fault> read_term(std::string_view term, Notation notation, const Fault& unreadable, Reading* reading, Unit* own) {
  for (const std::string_view sign : {"±", "+-", "+/-"}) {
    if (term.starts_with(sign)) term = trimmed(term.substr(sign.size()));
  }
  if (auto bad = parse_teacher_number(term, notation, reading, own)) return bad->message.id == "OT150" ? unreadable : *bad;
  return reading->value.is_negative() ? std::optional(unreadable) : std::nullopt;
}

std::optional<Fault> set_distance(const Rational& value, Unit own, const Unit& unit, const Fault& unreadable, Tolerance* tolerance) {
  tolerance->absolute = value;
  if (own.kind == UnitKind::kNone) return std::nullopt;
  if (!is_comparable(own, unit)) own = parse_unit_like(own.text, unit);
  const bool two_units = own.kind == UnitKind::kKnown && unit.kind != UnitKind::kNone;
  if (!is_comparable(own, unit)) return two_units ? fault("OT153", own.text, {unit.text}) : unreadable;
  tolerance->absolute = value * own.factor / unit.factor;  // a difference, so no offset: 1 °C is 1 K
  return std::nullopt;
}

std::optional<Fault> add_term(std::string_view term, Notation notation, const Unit& unit, Tolerance* tolerance) {
  const Fault unreadable = fault("OT152", term);
  Reading reading;
  Unit own;
  if (auto bad = read_term(term, notation, unreadable, &reading, &own)) return bad;
  if (!reading.percent || own.kind != UnitKind::kNone) return set_distance(reading.value, own, unit, unreadable, tolerance);
  tolerance->relative = reading.value;
  return std::nullopt;
}

// Near, unless nothing but the key itself is within.
void settle(Tolerance* tolerance) {
  const bool zero = (!tolerance->absolute || tolerance->absolute->is_zero()) &&
                    (!tolerance->relative || tolerance->relative->is_zero());
  tolerance->kind = zero ? Tolerance::Kind::kExact : Tolerance::Kind::kNear;
}

// Whether a text is the infinity of one side of a range. The other side's is none: [∞; 5] would be read as (−∞; 5].
bool is_open_end(std::string_view text, bool is_low) {
  for (const std::string_view minus : {"-", "−", "–"}) {
    if (text.starts_with(minus)) return is_low && (text.substr(minus.size()) == "∞" || text.substr(minus.size()) == "inf");
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  return !is_low && (text == "∞" || text == "inf");
}

std::optional<Fault> parse_end(std::string_view text, Notation notation, bool is_low, std::optional<Rational>* end) {
  if (is_open_end(text, is_low)) return std::nullopt;
  if (is_open_end(text, !is_low)) return fault("OT154", text);
  Reading reading;
  Unit unit;
  if (auto bad = parse_teacher_number(text, notation, &reading, &unit)) return bad;
  if (unit.kind != UnitKind::kNone) return fault("OT152", text);
  *end = reading.value;
  return std::nullopt;
}

// Under a notation, a number in the other one is told how to be written.
Fault unread(std::string_view text, Notation notation) {
  std::string other(text);
  for (char& c : other) c = c == '.' ? ',' : c == ',' ? '.' : c;
  const bool would_do = notation != Notation::kAny && parse_number(other, Locale::kNone, notation).fault == ParseFault::kNone;
  const char* name = notation == Notation::kComma ? "comma" : "point";
  return would_do ? fault("OT642", text, {std::string(name), std::move(other)}) : fault("OT150", text);
}

}  // namespace

bool Range::contains(const Rational& value) const {
  if (low && (value < *low || (value == *low && !takes_low))) return false;
  return !high || (value < *high || (value == *high && takes_high));
}

bool Tolerance::accepts(const Rational& key, const Rational& value, const Reading& written) const {
  switch (kind) {
    case Kind::kExact: return value == key;
    case Kind::kNear: return is_near(key, value, *this);
    case Kind::kFigures:
      return value == target(key) &&
             (!as_written || (written.least_figures <= digits && digits <= written.most_figures));
    case Kind::kPlaces:
      return value == target(key) && (!as_written || (written.is_in_figures() && written.decimals == digits));
    case Kind::kRange: return range.contains(value);
  }
  return false;
}

Rational Tolerance::target(const Rational& key) const {
  if (kind == Kind::kPlaces) return key.rounded(digits);
  if (kind != Kind::kFigures || key.is_zero()) return key;
  return key.rounded(digits - 1 - key.magnitude());
}

std::optional<Fault> parse_teacher_number(std::string_view text, Notation notation, Reading* reading, Unit* unit) {
  Readings readings = parse_number(text, Locale::kNone, notation);
  if (readings.fault != ParseFault::kNone) return unread(text, notation);
  if (readings.count > 1) {
    return fault("OT151", text, {number_arg(readings.all[0].value), number_arg(readings.all[1].value)});
  }
  *unit = parse_unit(readings.unit);
  *reading = std::move(readings.all[0]);
  return std::nullopt;
}

bool begins_like_range(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || (text.front() != '[' && text.front() != '(')) return false;
  return text.find(';') != std::string_view::npos;
}

std::optional<Fault> parse_range(std::string_view text, Notation notation, WrittenRange* range) {
  const std::string_view whole = text;
  text = trimmed(text);
  const std::size_t middle = text.find(';');
  const std::size_t close = text.find_first_of("])");
  if (!begins_like_range(text) || close == std::string_view::npos || close < middle) return fault("OT154", text);
  range->range.takes_low = text.front() == '[';
  range->range.takes_high = text[close] == ']';
  range->after = trimmed(text.substr(close + 1));
  for (const bool is_low : {true, false}) {
    const std::string_view end = trimmed(is_low ? text.substr(1, middle - 1) : text.substr(middle + 1, close - middle - 1));
    auto bad = parse_end(end, notation, is_low, is_low ? &range->range.low : &range->range.high);
    if (bad) return narrowed(std::move(*bad), whole, end);
  }
  const Range& ends = range->range;
  if (ends.low && ends.high && (*ends.low > *ends.high || (*ends.low == *ends.high && !(ends.takes_low && ends.takes_high)))) {
    return fault("OT154", text);
  }
  return std::nullopt;
}

std::optional<Fault> parse_tolerance(std::string_view text, Notation notation, const Unit& unit, Tolerance* tolerance) {
  const std::string_view whole = text;
  text = trimmed(text);
  *tolerance = {};
  if (text == "exact" || text == "точно") {
    tolerance->on_purpose = true;
    return std::nullopt;
  }
  if (begins_like_range(text)) {
    WrittenRange range;
    if (auto bad = parse_range(whole, notation, &range)) return bad;
    if (!range.after.empty()) return fault("OT152", text);
    tolerance->kind = Tolerance::Kind::kRange;
    tolerance->range = std::move(range.range);
    return std::nullopt;
  }
  if (const auto digits = parse_digits(text)) {
    const bool figures = digits->kind == Tolerance::Kind::kFigures;
    if (digits->digits < (figures ? 1 : 0) || digits->digits > kMaxDigits) return fault("OT152", text);
    *tolerance = *digits;
    return std::nullopt;
  }
  if (text.empty()) return fault("OT152", text);
  while (!text.empty()) {
    const std::string_view term = next_term(&text);
    if (auto bad = add_term(term, notation, unit, tolerance)) return narrowed(std::move(*bad), whole, term);
  }
  settle(tolerance);
  return std::nullopt;
}

std::optional<Fault> parse_abs(std::string_view text, Notation notation, const Unit& unit, bool key_in_percent, Tolerance* tolerance) {
  const Fault unreadable = fault("OT641", trimmed(text), {std::string("abs")});
  Reading reading;
  Unit own;
  auto bad = read_term(trimmed(text), notation, unreadable, &reading, &own);
  if (!bad && reading.percent && !key_in_percent) bad = unreadable;
  if (!bad) bad = set_distance(reading.value, std::move(own), unit, unreadable, tolerance);
  if (!bad) settle(tolerance);
  return bad;
}

std::optional<Fault> parse_rel(std::string_view text, Notation notation, Tolerance* tolerance) {
  const Fault unreadable = fault("OT641", trimmed(text), {std::string("rel")});
  Reading reading;
  Unit own;
  if (auto bad = read_term(trimmed(text), notation, unreadable, &reading, &own)) return bad;
  if (own.kind != UnitKind::kNone) return unreadable;
  tolerance->relative = std::move(reading.value);
  settle(tolerance);
  return std::nullopt;
}

}  // namespace otmetka::checkers::numeric
