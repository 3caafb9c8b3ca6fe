#include "checkers/numeric/unit_table.h"

#include <algorithm>
#include <charconv>
#include <cassert>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checkers/numeric/normal_form.h"

namespace otmetka::checkers::numeric {
namespace {

struct Prefix {
  std::string_view text;
  int power_of_ten;
};

constexpr Prefix kCyrillicPrefixes[] = {{"да", 1},  {"г", 2},   {"к", 3},  {"М", 6},   {"Г", 9},   {"Т", 12},
                                        {"П", 15},  {"д", -1},  {"с", -2}, {"м", -3},  {"мк", -6}, {"н", -9},
                                        {"п", -12}, {"ф", -15}};
constexpr Prefix kLatinPrefixes[] = {{"da", 1},  {"h", 2},  {"k", 3},  {"M", 6},   {"G", 9},   {"T", 12}, {"P", 15},
                                     {"d", -1},  {"c", -2}, {"m", -3}, {"μ", -6},  {"u", -6},  {"n", -9}, {"p", -12},
                                     {"f", -15}};
constexpr Prefix kNamePrefixes[] = {
    {"дека", 1},  {"гекто", 2},  {"кило", 3},   {"мега", 6},  {"гига", 9},   {"тера", 12}, {"деци", -1}, {"санти", -2},
    {"милли", -3}, {"микро", -6}, {"нано", -9}, {"пико", -12}, {"hecto", 2}, {"kilo", 3},  {"mega", 6},  {"giga", 9},
    {"tera", 12}, {"deci", -1},  {"centi", -2}, {"milli", -3}, {"micro", -6}, {"nano", -9}, {"pico", -12}};

enum class Script { kCyrillic, kLatin, kName };

std::span<const Prefix> prefixes_of(Script script) {
  switch (script) {
    case Script::kCyrillic: return kCyrillicPrefixes;
    case Script::kLatin: return kLatinPrefixes;
    case Script::kName: return kNamePrefixes;
  }
  return {};
}

struct Entry {
  Unit unit;
  Prefixes prefixes = Prefixes::kNone;
  Script script = Script::kLatin;
};

template <class Use>
void split(std::string_view list, char mark, Use use) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(mark), list.size());
    use(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Rational exact(std::string_view text) {
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    return exact(text.substr(0, slash)) / exact(text.substr(slash + 1));
  }
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return Rational::decimal(text, 0);
  std::string digits(text);
  digits.erase(point, 1);
  return Rational::decimal(digits, -static_cast<int>(text.size() - point - 1));
}

Dimension dimension_of(std::string_view text) {
  static constexpr std::string_view kNames[kBaseCount] = {"m",   "kg",  "s",     "A",   "K",   "mol", "cd",
                                                          "deg", "bit", "month", "rub", "usd", "eur"};
  Dimension result;
  split(text, ' ', [&](std::string_view factor) {
    const std::size_t end = std::min(factor.find_first_of("-0123456789"), factor.size());
    const auto* base = std::find(std::begin(kNames), std::end(kNames), factor.substr(0, end));
    assert(base != std::end(kNames));
    int power = 1;
    if (end != factor.size()) std::from_chars(factor.data() + end, factor.data() + factor.size(), power);
    result.powers[static_cast<std::size_t>(base - std::begin(kNames))] = static_cast<std::int16_t>(power);
  });
  return result;
}

bool is_cyrillic(std::string_view text) {
  const char32_t c = decode(text).value;
  return c >= 0x400 && c < 0x530;
}

// Letters that look alike as units are typed, Latin and Cyrillic.
struct LookAlike {
  std::string_view latin;
  std::string_view cyrillic;
};
constexpr LookAlike kLookAlikes[] = {{"a", "а"}, {"c", "с"}, {"e", "е"}, {"o", "о"}, {"p", "р"}, {"x", "х"}, {"y", "у"},
                                {"k", "к"}, {"m", "м"}, {"A", "А"}, {"B", "В"}, {"C", "С"}, {"E", "Е"}, {"H", "Н"},
                                {"K", "К"}, {"M", "М"}, {"O", "О"}, {"P", "Р"}, {"T", "Т"}, {"X", "Х"}, {"r", "г"}};

std::string replace_letters(std::string_view text, bool to_cyrillic) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, decode(text).length);
    std::string_view letter = text.substr(0, length);
    for (const LookAlike& pair : kLookAlikes) {
      if (letter != (to_cyrillic ? pair.latin : pair.cyrillic)) continue;
      letter = to_cyrillic ? pair.cyrillic : pair.latin;
      break;
    }
    out += letter;
    text.remove_prefix(length);
  }
  return out;
}

bool is_same(const Unit& a, const Unit& b) { return a.dimension == b.dimension && a.factor == b.factor && a.offset == b.offset; }

// Capitals and no small letters: what such a word is in small letters its writer may not have said.
bool is_all_capitals(std::string_view symbol) {
  bool letters = false;
  for (std::string_view rest = symbol; !rest.empty();) {
    const std::size_t length = std::max<std::size_t>(1, decode(rest).length);
    const std::string_view letter = rest.substr(0, length);
    const char32_t c = decode(letter).value;
    const bool small = (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x45F);
    if (small) return false;
    letters = letters || fold_case(letter) != letter;
    rest.remove_prefix(length);
  }
  return letters;
}

class Table {
 public:
  Table() {
    for (const UnitRow& row : unit_rows()) {
      split(row.symbols, '|', [&](std::string_view name) {
        add(row, name, is_cyrillic(name) ? Script::kCyrillic : Script::kLatin);
      });
      split(row.names, '|', [&](std::string_view name) { add(row, name, Script::kName); });
    }
  }

  std::optional<Unit> exact_match(std::string_view symbol) const {
    if (const auto found = entries_.find(symbol); found != entries_.end()) return found->second.unit;
    for (const Script script : {Script::kCyrillic, Script::kLatin, Script::kName}) {
      for (const Prefix& prefix : prefixes_of(script)) {
        if (!symbol.starts_with(prefix.text)) continue;
        const auto found = entries_.find(symbol.substr(prefix.text.size()));
        if (found == entries_.end() || found->second.script != script) continue;
        if (auto unit = with_prefix(found->second, prefix)) return unit;
      }
    }
    return binary_match(symbol);
  }

  // Two symbols written together, each in its own letters: Нм is newton metre. Between any two that gives nonsense (`Кг` as
  // kelvin gram), so by itself only those that are written so are taken.
  std::optional<Unit> pair_match(std::string_view symbol, bool any) const {
    for (std::size_t at = 1; at < symbol.size(); ++at) {
      const std::string_view first = symbol.substr(0, at);
      const std::string_view second = symbol.substr(at);
      if (!any && !is_usual_pair(first, second)) continue;
      const auto last = entries_.find(second);
      if (last == entries_.end() || last->second.script == Script::kName) continue;
      const auto one = exact_match(first);
      if (!one || !one->offset.is_zero() || !last->second.unit.offset.is_zero()) continue;
      return product(*one, last->second.unit);
    }
    return std::nullopt;
  }

  // Without regard to case; `use` is called for each reading.
  template <class Use>
  void for_folded_readings(std::string_view symbol, Use use) const {
    const std::string folded = fold_case(symbol);
    for_folded(folded, [&](const Entry& entry) { use(entry.unit); });
    for (const Script script : {Script::kCyrillic, Script::kLatin, Script::kName}) {
      for (const Prefix& prefix : prefixes_of(script)) {
        const std::string start = fold_case(prefix.text);
        if (!folded.starts_with(start)) continue;
        for_folded(folded.substr(start.size()), [&](const Entry& entry) {
          if (entry.script != script) return;
          if (const auto unit = with_prefix(entry, prefix)) use(*unit);
        });
      }
    }
  }

  // The same, if it leaves one unit.
  std::optional<Unit> folded_match(std::string_view symbol) const {
    std::optional<Unit> only;
    bool several = false;
    for_folded_readings(symbol, [&](const Unit& unit) {
      several = several || (only && !is_same(*only, unit));
      if (!only) only = unit;
    });
    if (several || !only) return std::nullopt;
    only->folded = true;
    return only;
  }

  std::optional<Unit> phrase(std::string_view squeezed) const {
    const auto found = phrases_.find(fold_case(squeezed));
    return found == phrases_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class Value>
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  void add(const UnitRow& row, std::string_view name, Script script) {
    Entry entry{{UnitKind::kKnown, std::string(name), dimension_of(row.dimension), exact(row.factor), exact(row.offset)},
                row.prefixes,
                script};
    if (name.find(' ') != std::string_view::npos) {
      std::string squeezed = fold_case(name);
      std::erase(squeezed, ' ');
      phrases_.emplace(std::move(squeezed), std::move(entry.unit));
      return;
    }
    const auto [place, is_new] = entries_.emplace(std::string(name), std::move(entry));
    assert(is_new);
    if (is_new) by_folded_[fold_case(name)].push_back(&place->second);
  }

  static std::optional<Unit> with_prefix(const Entry& entry, const Prefix& prefix) {
    if (entry.prefixes == Prefixes::kNone) return std::nullopt;
    if (entry.prefixes == Prefixes::kBinary && prefix.power_of_ten < 3) return std::nullopt;
    Unit unit = entry.unit;
    unit.factor = unit.factor * (entry.prefixes == Prefixes::kBinary ? Rational(1024).power(prefix.power_of_ten / 3)
                                                                     : Rational::power_of_ten(prefix.power_of_ten));
    unit.text.insert(0, prefix.text);
    return unit;
  }

  // By their ends: the first may have a prefix, кН·м.
  static bool is_usual_pair(std::string_view first, std::string_view second) {
    static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {{"Н", "м"},  {"N", "m"},  {"Н", "с"},  {"N", "s"},  {"В", "А"},  {"V", "A"},
                                      {"Па", "с"}, {"Pa", "s"}, {"Вт", "с"}, {"W", "s"},  {"Дж", "с"}, {"J", "s"}};
    return std::any_of(std::begin(kPairs), std::end(kPairs),
                       [&](const auto& pair) { return first.ends_with(pair.first) && second == pair.second; });
  }

  static Unit product(const Unit& first, const Unit& second) {
    Unit unit = first;
    unit.text += "*" + second.text;
    unit.factor = unit.factor * second.factor;
    for (std::size_t i = 0; i < kBaseCount; ++i) {
      unit.dimension.powers[i] = static_cast<std::int16_t>(unit.dimension.powers[i] + second.dimension.powers[i]);
    }
    return unit;
  }

  // Кбайт and KB are written with a capital that SI's kilo does not have.
  std::optional<Unit> binary_match(std::string_view symbol) const {
    for (const std::string_view kilo : {"К", "K"}) {
      if (!symbol.starts_with(kilo)) continue;
      const auto found = entries_.find(symbol.substr(kilo.size()));
      if (found == entries_.end() || found->second.prefixes != Prefixes::kBinary) continue;
      return with_prefix(found->second, {kilo, 3});
    }
    return std::nullopt;
  }

  template <class Use>
  void for_folded(std::string_view folded, Use use) const {
    const auto found = by_folded_.find(folded);
    if (found == by_folded_.end()) return;
    for (const Entry* entry : found->second) use(*entry);
  }

  Map<Entry> entries_;
  Map<std::vector<const Entry*>> by_folded_;
  Map<Unit> phrases_;
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

}  // namespace

std::optional<Unit> find_unit(std::string_view symbol, UnitStyle::Letters letters) {
  if (letters != UnitStyle::Letters::kAsTyped) {
    const std::string replaced = replace_letters(symbol, letters == UnitStyle::Letters::kToCyrillic);
    if (auto unit = table().exact_match(replaced)) return unit;
    return table().pair_match(replaced, false);
  }
  if (auto unit = table().exact_match(symbol)) return unit;
  const std::string cyrillic = replace_letters(symbol, true);
  if (auto unit = table().exact_match(cyrillic)) return unit;
  if (auto unit = table().pair_match(symbol, false)) return unit;
  if (auto unit = table().pair_match(cyrillic, false)) return unit;
  if (auto unit = table().folded_match(symbol)) return unit;
  if (auto unit = table().folded_match(cyrillic)) return unit;
  return table().exact_match(replace_letters(symbol, false));
}

std::vector<Unit> find_meanings(std::string_view symbol, bool any_pair) {
  std::vector<Unit> all;
  const auto add = [&](const std::optional<Unit>& unit, bool folded) {
    if (!unit || all.size() == kMostMeanings) return;
    if (std::any_of(all.begin(), all.end(), [&](const Unit& other) { return is_same(other, *unit); })) return;
    all.push_back(*unit);
    all.back().folded = folded;
  };
  const std::string spellings[] = {std::string(symbol), replace_letters(symbol, true), replace_letters(symbol, false)};
  for (const std::string& spelling : spellings) add(table().exact_match(spelling), false);
  const bool is_nothing_as_typed = all.empty();
  for (const std::string& spelling : spellings) add(table().pair_match(spelling, any_pair), false);
  if (!is_nothing_as_typed && !is_all_capitals(symbol)) return all;
  for (const std::string& spelling : spellings) {  // a look-alike only where the letters as typed give nothing
    const std::size_t before = all.size();
    table().for_folded_readings(spelling, [&](const Unit& unit) { add(unit, true); });
    if (all.size() > before) break;
  }
  return all;
}

std::optional<Unit> find_phrase(std::string_view squeezed) { return table().phrase(squeezed); }

std::string fold_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode(text);
    const std::size_t length = std::max<std::size_t>(1, point.length);
    char32_t c = point.value;
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 0x410 && c < 0x450) || c == 0x401 || c == 0x451) {
      if (c < 0x430 && c != 0x401) c += 0x20;
      if (c == 0x401 || c == 0x451) c = 0x435;
      out += static_cast<char>(0xC0U | (c >> 6));
      out += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace otmetka::checkers::numeric
