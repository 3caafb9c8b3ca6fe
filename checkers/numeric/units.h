// Units of measurement: what `км/ч` is, and what it is in `м/с`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/numeric/rational.h"

namespace otmetka::checkers::numeric {

// Powers of the base units. Angles in degrees are a dimension of their own, since π is not rational: radians are plain
// numbers, as in SI, and never convert to degrees. Months and years convert to each other, not to days. Currencies
// convert to nothing.
enum class Base { kMetre, kKilogram, kSecond, kAmpere, kKelvin, kMole, kCandela, kDegree, kBit, kMonth, kRouble, kDollar, kEuro };
inline constexpr std::size_t kBaseCount = 13;

struct Dimension {
  std::array<std::int16_t, kBaseCount> powers{};

  friend bool operator==(const Dimension&, const Dimension&) = default;
};

enum class UnitKind {
  kNone,     // no unit written
  kKnown,    // built of units in the table (unit_table.cc)
  kUnknown,  // a word of some sort: `яблок`; equal only to itself
};

// value in base units = value × factor + offset. The offset is that of °C and °F, and only where they stand alone and
// mean a point on a scale; in `Дж/°C` they are differences.
struct Unit {
  UnitKind kind = UnitKind::kNone;
  std::string text;  // in normal form, as written
  Dimension dimension;
  Rational factor = 1;
  Rational offset = 0;
  bool folded = false;  // understood only without regard to case

  bool is_plain_number() const { return kind == UnitKind::kKnown && dimension == Dimension{}; }
};

// How to take what is written two ways. `Дж/кг·К` is strictly (Дж/кг)·К, and in school nearly always Дж/(кг·К).
// `H` on a Latin keyboard is henry, and looks like Н, newton.
struct UnitStyle {
  enum class Letters { kAsTyped, kToCyrillic, kToLatin };
  bool slash_reaches_end = false;
  Letters letters = Letters::kAsTyped;
};

// `text` is in normal form; empty gives kNone. Anything that is not understood gives kUnknown with its text; so do more
// than 8 factors and powers beyond ±9. Linear, bounded, safe for any bytes.
//
// Factors are parted by * . space - or /; ^2, ² and 2 after a symbol are powers; `кв.` and `куб.` stand before or after
// theirs, `в квадрате` and `squared` after; `в` and `per` between spaces are a slash; brackets go four deep. A symbol is
// looked up as written, bare or with a prefix (к, м, М, мк …); then with Cyrillic look-alikes for its Latin letters; then
// as two that are written together (Нм, кВА); then without regard to case, if that leaves one unit: `Кг` is кг, but `мпа`
// could be мПа and МПа and is unknown; then with Latin look-alikes.
Unit parse_unit(std::string_view text, const UnitStyle& style = {});

// What a text can mean where `wanted` is asked for: one unit, or, where letters' case is all that tells two of the wanted
// dimension apart (`МВТ`: мВт, МВт), up to four. Read as typed if that has the wanted dimension; then as
// unit_in_context() (unit_words.h); then in the other styles;
// then by find_meanings() (unit_table.h): a reading that loses the case counts only if its dimension is the wanted one. When
// nothing fits: as parse_unit(), so that the quantity is wrong.
std::vector<Unit> unit_readings(std::string_view text, const Unit& wanted);

// The first of them, for texts that teachers write.
Unit parse_unit_like(std::string_view text, const Unit& wanted);

// All that a text by itself can mean, at most four; more than one only where parse_unit() finds none.
std::vector<Unit> unit_meanings(std::string_view text);

// Same dimension, or the same unknown word whatever its case (ё as е) and final full stop; `человек` and `чел.` are one word.
bool is_comparable(const Unit& a, const Unit& b);

// Exact. The units are comparable.
Rational convert(const Rational& value, const Unit& from, const Unit& to);

// Whether a text after a number can be a unit at all, known or not: at most 64 bytes of Latin, Cyrillic and Greek letters,
// ° ′ ″ and currency signs, with * / . - ^ ( ) and spaces between, and digits only as powers.
bool looks_like_unit(std::string_view text);

}  // namespace otmetka::checkers::numeric
