// Words after a number that mean what the item asks for, or say nothing at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checkers/numeric/units.h"

namespace otmetka::checkers::numeric {

// `г.` where years are asked for, `градусов` and `°` where the answer is on a scale of degrees, `C`, `C°`, `по Цельсию` where it is
// a temperature; nullopt elsewhere. Normal form.
std::optional<Unit> unit_in_context(std::string_view text, const Unit& wanted);

// What unknown units are compared by: small letters, ё as е, no full stop at the end; `человек` is `чел`.
std::string word_in_common(std::string_view text);

// What stands after a number, without the word for thousands or more that it begins with: `тыс. руб` is 1000 and `руб`.
struct FactorAndUnit {
  Rational factor = 1;
  std::string_view unit;  // may be empty
};
FactorAndUnit split_factor(std::string_view text);

// False where a text after a number may change the number (`7π`, `7x`, `1,5к`, `7 или восемь`): taken are units of the table, a single
// letter only in its own case, none that begin with a slash, and words of two letters (Latin ones: three) that are not
// и, или, не, нет, пи, and, or, not or the name of a number. `text` is in normal form and not empty.
bool leaves_the_number(std::string_view text);

}  // namespace otmetka::checkers::numeric
