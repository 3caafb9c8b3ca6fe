// The steps that take the harmless differences between two texts away.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checkers/text/lookalikes.h"

namespace otmetka::checkers::text {

// What is done to a typed text before it is compared. Key and answer go through the same steps, in this order:
//
//   invisible   soft hyphens, zero-width and direction marks, U+FEFF and variation selectors are deleted
//   compose     NFC, never NFKC (½ and м² stay), and no mark is ever dropped (й stays й, typed as one character or as two)
//   lookalikes  Latin letters to Cyrillic ones drawn alike, or the other way, towards the script of the key
//   case        full case folding (ß is ss, final sigma is sigma; Turkish i has no rule of its own), then look-alikes and NFC
//               once more for what folding brought forth
//   yo          ё to е, then NFC
//   typography  quotes, apostrophes and dashes (U+2010–2015, U+2212) to their ASCII forms
//   spaces      every run of White_Space to one space, none at the ends
//   trailing    the run of . ! ? ; , and spaces at the end is cut off, unless nothing would be left
//
// Normalising a normalised text changes nothing: a property the tests and the fuzzer hold on to.
enum class Step : std::uint8_t {
  kInvisible = 1,
  kCompose = 2,
  kLookalikes = 4,
  kCase = 8,
  kYo = 16,
  kTypography = 32,
  kSpaces = 64,
  kTrailing = 128,
};

// A set of steps as the sum of their bits.
using StepSet = std::uint8_t;
constexpr bool contains(StepSet set, Step step) { return (set & static_cast<StepSet>(step)) != 0; }

// The names above, of the steps in the set, in order of application.
std::vector<std::string_view> step_names(StepSet set);

struct NormalizeOptions {
  bool keep_case = false;
  bool keep_yo = false;
  bool keep_punctuation = false;  // switches off both typography and trailing
  bool keep_spaces = false;       // as typed, at the ends too; trailing then cuts off punctuation only
  bool remove_spaces = false;     // `preset: ege`: answer sheets have no spaces. Wins over keep_spaces.
};

struct Normalized {
  std::string text;     // UTF-8, NFC
  StepSet changed = 0;  // the steps that changed something
};

// More combining marks in a row than this are not text; the figure is that of Unicode's stream-safe format (UAX #15, 13).
constexpr int kMaxCombiningMarks = 30;

// Valid UTF-8 without the White_Space around it.
std::string_view trim_white_space(std::string_view text);

// One set of options towards one script, with its tables ready. Immutable: any number of threads may share one.
class Normalizer {
 public:
  Normalizer(const NormalizeOptions& options, Script target);

  // False, with `out` unspecified, if `typed` is not valid UTF-8 (overlong forms, surrogates and code points past U+10FFFF
  // are not) or holds more than kMaxCombiningMarks marks in a row. `out` is overwritten; keep it to keep its memory.
  // Linear in the length of `typed`: nanoseconds for a word of ASCII and Cyrillic, about 0.1 s for a hostile mebibyte.
  bool normalize(std::string_view typed, Normalized& out) const;

  // The same by Unicode's tables alone, without the fast path; it must agree with normalize() and is its oracle in tests.
  bool normalize_with_icu(std::string_view typed, Normalized& out) const;

  const NormalizeOptions& options() const { return options_; }
  Script target() const { return target_; }

 private:
  // What becomes of one character of ASCII or U+0400–045F: at most two bytes, and the steps that made them.
  struct Entry {
    char bytes[2] = {0, 0};
    std::uint8_t size = 0;
    StepSet changed = 0;
    bool space = false;
  };
  struct Output;

  Entry entry_for(char32_t c) const;
  bool normalize_fast(std::string_view typed, Normalized& out) const;
  void put_space(Output& o, bool plain) const;
  bool put_rare(std::string_view rest, Output& o, std::size_t& used) const;
  void finish(Output& o) const;

  NormalizeOptions options_;
  Script target_;
  std::array<Entry, 128 + 96> table_;
};

}  // namespace otmetka::checkers::text
