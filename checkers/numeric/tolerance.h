// How far from the key an answer may be.
#pragma once

#include <optional>
#include <string_view>

#include "checkers/numeric/number_parser.h"
#include "checkers/numeric/quantity.h"
#include "checkers/numeric/rational.h"

namespace otmetka::checkers::numeric {

// "[9.75; 9.85)", "(0; ∞)": a square bracket takes its end in. A side that is nullopt is open to infinity.
struct Range {
  std::optional<Rational> low;
  std::optional<Rational> high;
  bool takes_low = false;
  bool takes_high = false;

  bool contains(const Rational& value) const;
};

// A value type. All numbers are in the key's unit, and all comparisons exact.
struct Tolerance {
  enum class Kind {
    kExact,    // the value itself; also where no tolerance is given
    kNear,     // |value − key| ≤ absolute, or ≤ relative × |key|: either is enough, both bounds belong to it
    kFigures,  // the key rounded to `digits` significant figures, halves away from zero
    kPlaces,   // the key rounded to `digits` places after the point
    kRange,    // anywhere within; the key itself does not matter
  };
  Kind kind = Kind::kExact;
  bool on_purpose = false;  // the teacher wrote `exact`: no lint
  std::optional<Rational> absolute;
  std::optional<Rational> relative;
  int digits = 0;
  bool as_written = false;  // kFigures, kPlaces: the answer is also written with so many, which `loose` drops
  Range range;

  // `written` is how the learner put it. 980 counts as written with two or with three figures.
  bool accepts(const Rational& key, const Rational& value, const Reading& written) const;

  // kFigures, kPlaces: what the key comes to; otherwise the key.
  Rational target(const Rational& key) const;
};

// "0.05" or "0.05 м" (inclusive), "1%", both as "0.05 or 1%" (or `или`), "3 sig", "3 sig loose", "2 dp",
// "2 dp loose", "exact", or a range. A unit is converted to `unit`, the key's. The teacher's numbers follow the rule of
// one reading. Digits: 1 to 64 figures, 0 to 64 places. nullopt and *tolerance on success.
std::optional<Fault> parse_tolerance(std::string_view text, Notation notation, const Unit& unit, Tolerance* tolerance);

// One side of {abs: …, rel: …}, added to what *tolerance holds; the other side may follow. `abs` is one distance in `unit`,
// the key's: "0.05", "5 см"; a percentage only where the key is written as one (`key_in_percent`), as 1% of 50% is one
// point: 0.01. `rel` is one share of the key: "1%" or "0.01", without a unit. Anything else is OT641.
std::optional<Fault> parse_abs(std::string_view text, Notation notation, const Unit& unit, bool key_in_percent, Tolerance* tolerance);
std::optional<Fault> parse_rel(std::string_view text, Notation notation, Tolerance* tolerance);

// The sides of a range and what stands behind it (a unit, perhaps empty).
struct WrittenRange {
  Range range;
  std::string_view after;
};
bool begins_like_range(std::string_view text);
std::optional<Fault> parse_range(std::string_view text, Notation notation, WrittenRange* range);

// A number that a teacher wrote: one reading with no locale, unless a notation is set; two are a fault that shows both (OT151),
// and a number in the other notation one that shows how to write it (OT642).
std::optional<Fault> parse_teacher_number(std::string_view text, Notation notation, Reading* reading, Unit* unit);

}  // namespace otmetka::checkers::numeric
