#include "checkers/numeric/numeral.h"

#include <algorithm>

namespace otmetka::checkers::numeric {
namespace {

constexpr Marks kRussian[] = {{',', ' '}, {'.', ' '}, {',', '\''}, {'.', '\''}, {',', '.', true}};
constexpr Marks kEnglish[] = {{'.', ','}, {'.', ' '}};
constexpr Marks kBoth[] = {{',', ' '},       {'.', ' '}, {',', '\''}, {'.', '\''},
                           {',', '.', true}, {'.', ','}};
constexpr Marks kEvery[] = {{',', ' '}, {'.', ' '}, {',', '\''}, {'.', '\''}, {',', '.'}, {'.', ','}};
constexpr Marks kComma[] = {{',', ' '}, {',', '\''}, {',', '.'}};
constexpr Marks kPoint[] = {{'.', ' '}, {'.', '\''}, {'.', ','}};

}  // namespace

std::span<const Marks> marks_of(Locale locale, Notation notation) {
  if (notation == Notation::kComma) return kComma;
  if (notation == Notation::kPoint) return kPoint;
  if (locale == Locale::kRussian) return kRussian;
  if (locale == Locale::kEnglish) return kEnglish;
  return kBoth;
}

std::span<const Marks> every_marks() { return kEvery; }

bool is_shaped(std::span<const Run> runs, const Marks& marks, Shape* shape) {
  *shape = {};
  shape->has_decimal_mark = runs.size() > 1 && runs.back().mark == marks.decimal;
  if (shape->has_decimal_mark) {
    shape->decimals = runs.back().digits.size();
    runs = runs.first(runs.size() - 1);
  }
  const std::string_view first = runs.front().digits;
  if (runs.size() == 1) return shape->has_decimal_mark || !first.empty();
  shape->grouped = true;
  if (marks.group_only_with_decimal && !shape->has_decimal_mark) return false;
  if (first.empty() || first.size() > 3 || first.front() == '0') return false;
  return std::all_of(runs.begin() + 1, runs.end(),
                     [&](const Run& run) { return run.mark == marks.group && run.digits.size() == 3; });
}

bool collect(std::span<const Run> runs, Digits* digits) {
  digits->count = 0;
  for (const Run& run : runs) {
    for (const char c : run.digits) {
      if (c == '0' && digits->count == 0) continue;
      if (digits->count == digits->all.size()) return false;
      digits->all[digits->count++] = c;
    }
  }
  return true;
}

}  // namespace otmetka::checkers::numeric
