// Letters drawn alike in the Latin and the Cyrillic alphabet.
#pragma once

#include <string_view>

namespace otmetka::checkers::text {

// The script that letters of two alphabets are folded towards. kNone folds nothing.
enum class Script { kNone, kLatin, kCyrillic };

// The script of the majority of the letters of a key; kCyrillic when they are equally many, kNone without a Latin or Cyrillic
// letter (digits, Greek, hieroglyphs). Linear; bytes that are not UTF-8 are passed over.
Script script_of(std::string_view key);

// The letter of `target` that is drawn like `c`, or `c` itself. Capitals and small letters are told apart: M and М are drawn
// alike, m and м are not, so this comes before case folding. The pairs are those of Unicode's confusables.txt (UTS #39) that
// hold between the two alphabets in ordinary typefaces, ё ї ӕ with their marks included.
//
// A pair of small letters that has no pair of capitals (d and ԁ) is given one all the same, so that folding the look-alikes
// of a text whose case was folded changes nothing more: normalising twice is normalising once.
//
// Constant time, thread-safe, no allocation. U+0000–10FFFF; anything else is returned as it is.
char32_t fold_lookalike(char32_t c, Script target);

}  // namespace otmetka::checkers::text
