// Words after a number that mean what the item asks for, or say nothing at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checkers/numeric/units.h"

namespace otmetka::checkers::numeric {

// `г.` where years are asked for, `градусов` and `°` where the answer is on a scale of degrees; nullopt elsewhere. Normal form.
std::optional<Unit> unit_in_context(std::string_view text, const Unit& wanted);

// What unknown units are compared by: small letters, ё as е, no full stop at the end; `человек` is `чел`.
std::string word_in_common(std::string_view text);

// What stands after a number where no unit is wanted: `тыс. руб` is a factor of 1000 and `руб`.
struct ExtraUnit {
  Rational factor = 1;
  std::string text;
};

// nullopt where the text may change the number (`7π`, `7x`, `1,5к`, `7 или восемь`): taken are units of the table, a single
// letter only in its own case, none that begin with a slash, and words of two letters (Latin ones: three) that are not
// и, или, не, нет, пи, and, or, not or the name of a number. `text` is in normal form and not empty.
std::optional<ExtraUnit> read_extra_unit(std::string_view text);

}  // namespace otmetka::checkers::numeric
