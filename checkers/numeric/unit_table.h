// The units the project knows, as data, and the look-up of one symbol.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "checkers/numeric/units.h"

namespace otmetka::checkers::numeric {

enum class Prefixes {
  kNone,
  kDecimal,  // к = 1000, and all others of SI
  kBinary,   // К = 1024 and so on: Кбайт, as in state exams and in decree 879 of 2009-10-31 on units in Russia
};

// One unit under all its names. Lists are parted by `|`. Symbols take prefix symbols of their own script (км, km),
// names take prefix names (километр, kilometre). The factor is exact: "1/1000", "0.3048". Sources: the SI Brochure
// (9th edition); for units outside it, their legal definitions.
struct UnitRow {
  std::string_view symbols;
  std::string_view names;
  Prefixes prefixes;
  std::string_view factor;
  std::string_view dimension;  // "kg m2 s-2" of m kg s A K mol cd deg bit month rub usd eur
  std::string_view offset = "0";
};

std::span<const UnitRow> unit_rows();

// One symbol with or without prefix, no powers: "км", "кВт", "°C", "часов". As documented at parse_unit(). The table is
// built at first use; safe from any thread.
std::optional<Unit> find_unit(std::string_view symbol, UnitStyle::Letters letters);

// All that a symbol can mean, each once: as typed and with look-alikes, as two symbols written together, and, where it is
// nothing as typed or all in capitals, without regard to case (`folded` is set). At most kMostMeanings. `any_pair`: any two
// symbols, which only a wanted dimension can tell from nonsense.
inline constexpr std::size_t kMostMeanings = 8;
std::vector<Unit> find_meanings(std::string_view symbol, bool any_pair);

// A name of several words, spaces and full stops left out: "ммртст", "лс".
std::optional<Unit> find_phrase(std::string_view squeezed);

// Lower case for Latin and Cyrillic letters; ё becomes е.
std::string fold_case(std::string_view text);

}  // namespace otmetka::checkers::numeric
