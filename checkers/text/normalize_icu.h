// The steps of the normalisation that need Unicode's tables.
#pragma once

#include <cstddef>
#include <string_view>

#include "checkers/text/normalize.h"

namespace otmetka::checkers::text {

// The steps of normalize.h for any text at all, one after another through ICU's tables. The contract is normalize()'s.
bool normalize_with_icu(std::string_view typed, const NormalizeOptions& options, Script target, Normalized& out);

// How many bytes at the end of `text` are punctuation without meaning (and spaces, if they count); 0 if all of it is.
std::size_t trailing_size(std::string_view text, bool with_spaces);

}  // namespace otmetka::checkers::text
