// text: a word or a phrase, compared after the harmless differences are taken away (normalize.h).
//
// An answer is looked up among `answer`, `accept` and `reject` alike, in three ranks: the same text; a pattern that covers
// it; a typo. The first rank with a hit decides, inside it the entry with the most credit, then the first in the file
// (answer, accept, reject). So a known wrong answer is never taken for a typo of a right one.
//
// Each entry's text is compared towards its own script: `Moscow` and `Москва` may stand side by side. Patterns ignore case
// unless it is kept, and their literal letters go through the same steps as the answer.
//
// rule_id: "answer" ("answer[1]" where there are several), "accept[0]", "reject[0]", or empty. answer_key: the normalised
// answer. Feedback: an entry's own words, else text.wrong or text.partial; then text.homoglyph, letters of another alphabet stood for their look-alikes;
// text.typo, credit was given in spite of a typo. NOT_ATTEMPTED: nothing but spaces and invisible characters.
// INVALID_INPUT: not UTF-8, or heaps of combining marks.
//
// check() of a short answer takes under a microsecond without a trace, whatever the number of entries, unless there are
// patterns or typos to try: those are tried one after another.
#pragma once

#include "checkers/checker.h"

namespace otmetka::checkers::text {

CheckerType type();

}  // namespace otmetka::checkers::text
