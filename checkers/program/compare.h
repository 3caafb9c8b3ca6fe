// How a program's output is held against the right one, byte by byte, line by line or token by token.
//
// White space is space, \t, \n, \v, \f and \r; bytes are bytes, so a no-break space is no white space and, under
// `case_sensitive` off, only A–Z are as a–z.
//   kExact           byte for byte.
//   kLines           line by line; white space at the ends of lines and blank lines at the end of the text do not matter, and
//                    so neither does CRLF.
//   kUnorderedLines  the same lines as often, in whatever order; blank lines do not matter, wherever they stand.
//   kTokens          what stands between white space, as the default validator of Kattis does (problemtools and the problem
//                    package format, version 2025-09). With `absolute` or `relative` set (a negative one counts as not set) a
//                    token of the answer that is a finite decimal (decimal.h) is met by one with |got - answer| <= absolute or
//                    <= relative × |answer|, in doubles. Every other token is met by its text; where the answer says `inf`,
//                    `nan` or `0x10`, that is text. With `space_change_sensitive` the white space before, between and
//                    after the tokens must be the same bytes.
// What problemtools does otherwise by way of scanf and strcmp is not followed: there hex and `1e` are numbers, and a token's
// text ends at a zero byte.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "checkers/program/task.h"
#include "messages/catalogue.h"
#include "model/message.h"

namespace otmetka::checkers::program {

// nullopt: accepted. Else why not: "program.diff_…", which quotes both texts, at most kExcerptCharacters of each, so it is for
// those who may see the test. Any bytes; linear in both texts, which are not copied. kUnorderedLines holds up to 64 bytes for each
// different line of the answer, the others nothing. `comparison.kind` is not kProgram. Any thread.
std::optional<Message> compare(std::string_view output, std::string_view answer, const Comparison& comparison);

// The texts of those reasons.
std::span<const messages::Entry> compare_entries();

}  // namespace otmetka::checkers::program
