#include "checkers/choice/scoring.h"

#include <algorithm>

namespace otmetka::checkers::choice {
namespace {

using Settings = v1::ChoiceSettings;

std::int64_t left_out(const Counts& c) { return c.all_right - c.right; }

Ratio halves(const Counts& c) {
  const std::int64_t errors = left_out(c) + c.wrong;
  if (errors == 0) return 1;
  if (errors == 1 && c.options >= 3) return Ratio(1, 2);
  if (errors == 2 && c.options >= 5) return Ratio(1, 4);
  return 0;
}

Ratio unclamped(const Scoring& scoring, const Counts& c) {
  const std::int64_t ticked = c.right + c.wrong;
  switch (scoring.rule) {
    case Settings::SCORING_PER_OPTION: return Ratio(c.options - left_out(c) - c.wrong, c.options);
    case Settings::SCORING_RIGHT_MINUS_WRONG: return Ratio(c.right - c.wrong, c.all_right);
    case Settings::SCORING_COVERAGE: return ticked == 0 ? Ratio() : Ratio(Int128{c.right} * c.right, Int128{c.all_right} * ticked);
    case Settings::SCORING_HALVES: return halves(c);
    case Settings::SCORING_BY_ERRORS: return scoring.table.credit(static_cast<std::size_t>(std::max(left_out(c), c.wrong)));
    default: return left_out(c) == 0 && c.wrong == 0 ? 1 : 0;
  }
}

}  // namespace

Ratio Scoring::credit(const Counts& counts) const {
  if (counts.all_right == 0) return counts.wrong == 0 ? 1 : 0;
  return std::clamp(unclamped(*this, counts), floor, Ratio(1));
}

std::string Scoring::formula(const Counts& c) const {
  const auto text = [](std::int64_t n) { return std::to_string(n); };
  if (c.all_right == 0) return c.wrong == 0 ? "0 = 0" : text(c.wrong) + " > 0";
  switch (rule) {
    case Settings::SCORING_PER_OPTION: return text(c.options - left_out(c) - c.wrong) + "/" + text(c.options);
    case Settings::SCORING_RIGHT_MINUS_WRONG: return "(" + text(c.right) + " − " + text(c.wrong) + ")/" + text(c.all_right);
    case Settings::SCORING_COVERAGE:
      return text(c.right) + "/" + text(c.all_right) + " × " + text(c.right) + "/" + text(c.right + c.wrong);
    case Settings::SCORING_HALVES: return "e = " + text(left_out(c)) + " + " + text(c.wrong) + ", n = " + text(c.options);
    case Settings::SCORING_BY_ERRORS: return "e = max(" + text(left_out(c)) + ", " + text(c.wrong) + ")";
    default: return text(c.right) + "/" + text(c.all_right) + ", +" + text(c.wrong);
  }
}

Int128 Scoring::denominator(std::int64_t all_right, std::int64_t wrong) const {
  if (rule == Settings::SCORING_BY_ERRORS) return table.denominator();
  Int128 out = floor.den();
  const std::int64_t most_wrong = wrong == 0 ? all_right : wrong;
  for (std::int64_t r = 0; r <= all_right; ++r) {
    for (std::int64_t w = 0; w <= most_wrong; ++w) {
      const Counts counts{r, w, all_right, all_right + wrong};
      out = common_denominator(out, credit(counts).den());
    }
  }
  return out;
}

}  // namespace otmetka::checkers::choice
