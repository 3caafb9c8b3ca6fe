// A pattern that covers a whole answer: RE2 behind a narrow door.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "checkers/text/pattern_scan.h"

namespace otmetka::checkers::text {

// A regular expression that must cover a whole text. RE2: no backtracking, so no pattern takes exponential time.
//
// The whole of the pattern is anchored: `a|b` covers "a" and "b" and nothing longer. `.` does not stand for a line end.
// Immutable; any number of threads may match at once.
class Pattern {
 public:
  struct Options {
    bool ignore_case = false;
  };

  // The most memory one pattern may take, its automata included. A pattern that needs more is OT148.
  static constexpr std::int64_t kMaxMemory = 2 << 20;

  // Without its automata RE2 may need a step for each instruction and byte. This many take about a second.
  static constexpr std::size_t kMaxSteps = 200'000'000;

  // What RE2 makes of the pattern; null with one error added to `problems` (OT140–OT149, its place in the pattern where RE2
  // lets it be known). Linear in the pattern but for a pattern with an error, which may be read up to 50 times.
  static std::unique_ptr<const Pattern> compile(std::string_view text, const Options& options,
                                                std::vector<PatternProblem>& problems);

  // Whether the text is longer than kMaxSteps allow for this pattern: at least 4 kB, more than a mebibyte for usual patterns.
  // Such a text is not matched at all.
  bool is_too_long(std::string_view text) const;

  // Whether the pattern covers the whole text. Text that is not UTF-8 or is too long is never covered.
  bool covers(std::string_view text) const;

  // The same; `groups` gets what group i caught, null views for groups that took no part. Group 0 is the whole text. It is
  // resized to at most group_count() + 1.
  bool covers(std::string_view text, std::vector<re2::StringPiece>& groups, int last_group) const;

  int group_count() const { return expression_.NumberOfCapturingGroups(); }
  int group_number(const std::string& name) const;  // 0: no such group
  std::vector<std::string> group_names() const;     // sorted

 private:
  Pattern(std::string_view text, const RE2::Options& options) : expression_(re2::StringPiece(text.data(), text.size()), options) {}

  RE2 expression_;
};

}  // namespace otmetka::checkers::text
