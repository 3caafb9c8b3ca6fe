// Digits and the marks between them, and what they can be taken for.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "checkers/numeric/number_parser.h"

namespace otmetka::checkers::numeric {

// A run of digits and the mark before it: "1 234,5" is "1", ' ' "234", ',' "5". The first run of ",5" is empty.
struct Run {
  std::string_view digits;
  char mark = 0;
};

// Enough for 64 digits in threes with a fraction; more is refused as too many digits.
inline constexpr std::size_t kMaxRuns = 28;

struct Runs {
  std::array<Run, kMaxRuns> all;
  std::size_t count = 0;
  bool too_many = false;

  std::span<const Run> span() const { return {all.data(), count}; }
};

// Which characters a reading takes for what.
struct Marks {
  char decimal;
  char group;
  bool group_only_with_decimal = false;
};

// What a locale or a notation allows, and what is tried when that gives nothing: the table in number_parser.h.
std::span<const Marks> marks_of(Locale locale, Notation notation);
std::span<const Marks> every_marks();

// What the runs are under some marks.
struct Shape {
  std::size_t decimals = 0;
  bool has_decimal_mark = false;
  bool grouped = false;
};

// Whether the runs (one at least) make a number under the marks: groups of three, the first of one to three digits and not
// beginning with 0, then perhaps decimals.
bool is_shaped(std::span<const Run> runs, const Marks& marks, Shape* shape);

// The significant digits of some runs, without their leading zeros; false when there are more than kMaxDigits.
struct Digits {
  std::array<char, kMaxDigits> all;
  std::size_t count = 0;

  std::string_view text() const { return {all.data(), count}; }
};
bool collect(std::span<const Run> runs, Digits* digits);

}  // namespace otmetka::checkers::numeric
