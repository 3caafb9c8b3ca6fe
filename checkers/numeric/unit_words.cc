#include "checkers/numeric/unit_words.h"

#include <algorithm>
#include <span>

#include "checkers/numeric/normal_form.h"
#include "checkers/numeric/unit_table.h"

namespace otmetka::checkers::numeric {
namespace {

constexpr std::string_view kDegrees[] = {"°", "град", "градус", "градуса", "градусов", "градусы", "deg", "degree", "degrees"};
// Where a temperature is asked for C is no coulomb; small letters stay what they are, as с is a second.
constexpr std::string_view kCelsius[] = {"c°",         "с°",       "celsius",   "цельсия",  "цельсий",   "по цельсию",
                                         "° цельсия",  "° celsius", "° по цельсию", "градусов по цельсию", "градуса по цельсию",
                                         "градус по цельсию", "град по цельсию", "град. по цельсию", "град цельсия", "град. цельсия",
                                         "degree celsius", "degrees c", "deg c"};
constexpr std::string_view kYears[] = {"г", "гг"};
constexpr std::string_view kPeople[] = {"человек", "человека", "людей", "люди"};
constexpr std::string_view kFactors[] = {"тыс",      "тысяча",    "тысячи",    "тысяч",    "thousand",  "млн",      "миллион",   "миллиона",
                                         "миллионов", "million",  "млрд",      "миллиард", "миллиарда", "миллиардов", "billion", "трлн",
                                         "триллион", "триллиона", "триллионов", "trillion", "mln",       "bn",     "bln"};
constexpr std::string_view kNoUnits[] = {"и",     "или",     "не",       "нет",      "либо",  "пи",      "сотня", "сотни",
                                         "сотен", "десяток", "десятка", "десятков", "and",   "or",      "not",   "pi",
                                         "dozen", "dozens",  "hundred",  "hundreds", "sqrt",  "корень"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view without_end(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

struct Letters {
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  bool only = true;  // and nothing else
};

Letters count_letters(std::string_view text) {
  Letters letters;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    const char32_t c = point.value;
    const bool latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool cyrillic = c >= 0x400 && c < 0x530;
    letters.latin += latin ? 1 : 0;
    letters.cyrillic += cyrillic ? 1 : 0;
    letters.only = letters.only && (latin || cyrillic);
    text.remove_prefix(std::max<std::size_t>(1, point.length));
  }
  return letters;
}

}  // namespace

std::optional<Unit> unit_in_context(std::string_view text, const Unit& wanted) {
  const std::string word = fold_case(without_end(text));
  std::optional<Unit> unit;
  const bool is_temperature = wanted.dimension == parse_unit("°C").dimension;
  if (is_temperature && (text == "C" || text == "С" || is_one_of(word, kCelsius))) unit = parse_unit("°C");
  if (!wanted.offset.is_zero() && is_one_of(word, kDegrees)) unit = wanted;
  if (is_one_of(word, kYears)) {
    if (Unit year = parse_unit("год"); year.dimension == wanted.dimension) unit = std::move(year);
  }
  if (unit) unit->text = text;
  return unit;
}

std::string word_in_common(std::string_view text) {
  std::string word = fold_case(without_end(text));
  return is_one_of(word, kPeople) ? "чел" : word;
}

FactorAndUnit split_factor(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of(" ."), text.size());
  if (!is_one_of(fold_case(text.substr(0, end)), kFactors)) return {1, text};
  std::string_view unit = text.substr(end);
  unit.remove_prefix(std::min(unit.find_first_not_of(" ."), unit.size()));
  return {parse_unit(text.substr(0, end)).factor, unit};
}

bool leaves_the_number(std::string_view text) {
  if (text.starts_with('/')) return false;
  const std::string_view word = without_end(text);
  if (is_one_of(fold_case(word), kNoUnits)) return false;
  const Letters letters = count_letters(word);
  const Unit unit = parse_unit(text);
  if (unit.kind == UnitKind::kKnown && !unit.folded) return true;
  if (unit.kind == UnitKind::kKnown) return letters.latin + letters.cyrillic > 1 && word.find('*') == std::string_view::npos;
  return letters.only && (letters.cyrillic > 0 ? letters.latin + letters.cyrillic >= 2 : letters.latin >= 3);
}

}  // namespace otmetka::checkers::numeric
