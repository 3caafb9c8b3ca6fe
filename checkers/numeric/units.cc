#include "checkers/numeric/units.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "checkers/numeric/normal_form.h"
#include "checkers/numeric/unit_table.h"
#include "checkers/numeric/unit_words.h"
#include "model/text.h"

namespace otmetka::checkers::numeric {
namespace {

constexpr std::size_t kMaxUnitBytes = 64;
constexpr int kMaxFactors = 8;
constexpr int kMaxPower = 9;
constexpr int kMaxDepth = 4;
constexpr int kMostParses = 256;          // of one text, when its symbols mean several things each
constexpr std::size_t kMostReadings = 4;

bool is_symbol_character(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$') return true;
  if (c >= 0xC0 && c < 0x250) return true;                     // Latin with marks; × and ÷ have gone before
  if (c >= 0x370 && c < 0x530) return c != 0x37E && c != 0x387;  // Greek and Cyrillic
  return c == 0xB0 || c == 0x2032 || c == 0x2033 || c == 0x20AC || c == 0x20BD || c == 0xA3 || c == 0xA2;
}

// The length of the run of symbol characters at the start.
std::size_t symbol_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const CodePoint point = decode(text.substr(length));
    if (point.length == 0 || !is_symbol_character(point.value)) break;
    length += point.length;
  }
  return length;
}

// Power words and the powers they mean; 0: none.
int power_word(std::string_view word) {
  const std::string folded = fold_case(word);
  for (const std::string_view square : {"кв", "квадратный", "квадратных", "sq", "square", "squared"}) {
    if (folded == square) return 2;
  }
  for (const std::string_view cube : {"куб", "кубический", "кубических", "cubic", "cubed"}) {
    if (folded == cube) return 3;
  }
  return 0;
}

// Which meaning each symbol of a text is to have, counted through like the digits of a number.
class Choices {
 public:
  explicit Choices(bool any_pair) : any_pair_(any_pair) {}
  bool any_pair() const { return any_pair_; }

  Unit take(std::vector<Unit> meanings) {
    if (at_ == digits_.size()) digits_.push_back({0, 0});
    Digit& digit = digits_[at_++];
    digit.most = meanings.size();
    return std::move(meanings[digit.value]);
  }

  // False when all have been counted.
  bool next() {
    at_ = 0;
    while (!digits_.empty() && digits_.back().value + 1 >= digits_.back().most) digits_.pop_back();
    if (digits_.empty()) return false;
    ++digits_.back().value;
    return true;
  }

 private:
  struct Digit {
    std::size_t value;
    std::size_t most;
  };
  std::vector<Digit> digits_;
  std::size_t at_ = 0;
  bool any_pair_;
};

class UnitParser {
 public:
  UnitParser(std::string_view text, const UnitStyle& style, Choices* choices = nullptr)
      : text_(text), style_(style), choices_(choices) {}

  std::optional<Unit> parse() {
    Unit unit;
    unit.kind = UnitKind::kKnown;
    if (text_.starts_with("1/")) at_ = 1;
    if (!read_product(&unit, 0) || at_ != text_.size()) return std::nullopt;
    if (factors_ != 1 || !alone_) unit.offset = 0;
    unit.folded = folded_;
    unit.text = std::move(spelled_) + std::string(text_.substr(told_));
    return unit;
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  bool read_product(Unit* unit, int depth) {
    bool below = false;
    if (peek() != '/' && !read_factor(unit, depth, 1)) return false;
    for (;;) {
      const std::size_t before = at_;
      while (peek() == ' ' || peek() == '.') ++at_;
      if (peek() == '\0' || peek() == ')') return true;
      if (take('/') || take_per_word(before)) {
        below = true;
        take(' ');
        if (!read_factor(unit, depth, -1)) return false;
        continue;
      }
      const bool joined = take('*') || take('-') || at_ != before;
      take(' ');
      if (!joined || !read_factor(unit, depth, below && style_.slash_reaches_end ? -1 : 1)) return false;
    }
  }

  // "км в час", "km per hour": between spaces, so that `В` alone stays volt.
  bool take_per_word(std::size_t before) {
    if (at_ == before) return false;
    for (const std::string_view word : {"в ", "per "}) {
      if (!rest().starts_with(word)) continue;
      at_ += word.size();
      return true;
    }
    return false;
  }

  bool read_factor(Unit* product, int depth, int sign) {
    if (++factors_ > kMaxFactors) return false;
    Unit factor;
    int power = sign;
    if (take('(')) {
      if (depth == kMaxDepth || !read_product(&factor, depth + 1) || !take(')')) return false;
      alone_ = false;
    } else if (!read_symbol(&factor, &power)) {
      return false;
    }
    int written = 1;
    if (!read_power(&written)) return false;
    power *= written;
    if (power != 1) alone_ = false;
    multiply(product, factor, power);
    return true;
  }

  bool read_symbol(Unit* unit, int* power) {
    std::string_view symbol = rest().substr(0, symbol_length(rest()));
    if (symbol.empty()) return false;
    at_ += symbol.size();
    if (const int word = power_word(symbol); word != 0) {
      *power *= word;
      take('.');
      take(' ');
      symbol = rest().substr(0, symbol_length(rest()));
      at_ += symbol.size();
    }
    const std::size_t begin = at_ - symbol.size();
    std::string degree;
    if (symbol == "°" && peek() == ' ' && symbol_length(rest().substr(1)) > 0) {  // "20 ° C"
      const std::string_view scale = rest().substr(1, symbol_length(rest().substr(1)));
      degree = std::string(symbol) + std::string(scale);
      at_ += 1 + scale.size();
      symbol = degree;
    }
    if (!look_up(symbol, begin, unit)) return false;
    folded_ = folded_ || unit->folded;
    read_power_word_after(power);
    return true;
  }

  // `symbol` is what was read from `begin` on.
  bool look_up(std::string_view symbol, std::size_t begin, Unit* unit) {
    if (choices_ == nullptr) {
      std::optional<Unit> found = find_unit(symbol, style_.letters);
      if (!found) return false;
      *unit = std::move(*found);
    } else {
      std::vector<Unit> meanings = find_meanings(symbol, choices_->any_pair());
      if (meanings.empty()) return false;
      *unit = choices_->take(std::move(meanings));
    }
    if (!unit->folded) return true;
    spelled_ += text_.substr(told_, begin - told_);
    spelled_ += unit->text;
    told_ = at_;
    return true;
  }

  // "метров в секунду в квадрате"
  bool read_power_phrase(int* power) {
    static constexpr std::string_view kIn = " в ";
    if (!rest().starts_with(kIn)) return false;
    const std::string_view after = rest().substr(kIn.size());
    const std::string_view word = after.substr(0, symbol_length(after));
    if (word != "квадрате" && word != "кубе") return false;
    at_ += kIn.size() + word.size();
    *power *= word == "кубе" ? 3 : 2;
    return true;
  }

  // "м кв.", "см.куб"
  void read_power_word_after(int* power) {
    if (read_power_phrase(power)) return;
    const std::size_t before = at_;
    while (peek() == ' ' || peek() == '.') ++at_;
    const std::size_t length = symbol_length(rest());
    const int word = at_ == before ? 0 : power_word(rest().substr(0, length));
    at_ = word == 0 ? before : at_ + length;
    if (word == 0) return;
    const std::size_t after = at_;
    while (peek() == ' ' || peek() == '.') ++at_;
    if (symbol_length(rest()) > 0) {  // "м кв. см": the word belongs to what follows
      at_ = before;
      return;
    }
    at_ = after;
    *power *= word;
  }

  bool read_power(int* power) {
    const std::size_t before = at_;
    const bool marked = take('^');
    const bool bracket = marked && take('(');
    const bool negative = take('-');
    if (!negative && marked) take('+');
    if (!is_digit(peek())) {
      at_ = before;
      return !marked;
    }
    int size = 0;
    while (is_digit(peek()) && size <= kMaxPower) size = size * 10 + (text_[at_++] - '0');
    if (size > kMaxPower || size == 0 || (bracket && !take(')'))) return false;
    *power = negative ? -size : size;
    return true;
  }

  void multiply(Unit* product, const Unit& factor, int power) {
    for (std::size_t i = 0; i < kBaseCount; ++i) {
      product->dimension.powers[i] =
          static_cast<std::int16_t>(product->dimension.powers[i] + factor.dimension.powers[i] * power);
    }
    product->factor = power == 1 ? product->factor * factor.factor : product->factor * factor.factor.power(power);
    product->offset = factor.offset;
  }

  std::string_view text_;
  UnitStyle style_;
  std::size_t at_ = 0;
  int factors_ = 0;
  bool alone_ = true;
  Choices* choices_;
  bool folded_ = false;
  std::string spelled_;  // the text as far as told_, with folded symbols in their own letters
  std::size_t told_ = 0;
};

// Every reading, or every one of the wanted dimension, each once. When some keep the case, those that lose it do not count.
std::vector<Unit> all_meanings(std::string_view text, bool slash_reaches_end, const Unit* wanted) {
  std::vector<Unit> all;
  if (text.empty() || text.size() > kMaxUnitBytes) return all;
  Choices choices(wanted != nullptr);
  for (int i = 0; i < kMostParses; ++i) {
    auto unit = UnitParser(text, {slash_reaches_end, UnitStyle::Letters::kAsTyped}, &choices).parse();
    const bool fits = unit && (wanted == nullptr || unit->dimension == wanted->dimension);
    const bool is_new = fits && std::none_of(all.begin(), all.end(), [&](const Unit& other) {
      return other.dimension == unit->dimension && other.factor == unit->factor && other.offset == unit->offset;
    });
    if (is_new) all.push_back(std::move(*unit));
    if (!choices.next()) break;
  }
  const bool any_exact = std::any_of(all.begin(), all.end(), [](const Unit& unit) { return !unit.folded; });
  if (any_exact) std::erase_if(all, [](const Unit& unit) { return unit.folded; });
  if (all.size() > kMostReadings) all.resize(kMostReadings);
  return all;
}

}  // namespace

Unit parse_unit(std::string_view text, const UnitStyle& style) {
  Unit unit;
  if (!text.empty()) {
    unit.kind = UnitKind::kUnknown;
    if (text.size() <= kMaxUnitBytes) {
      std::string squeezed(text);
      std::erase_if(squeezed, [](char c) { return c == ' ' || c == '.'; });
      if (auto phrase = squeezed.size() == text.size() ? std::nullopt : find_phrase(squeezed)) {
        unit = std::move(*phrase);
      } else if (auto known = UnitParser(text, style).parse()) {
        unit = std::move(*known);
      }
    }
  }
  if (!unit.folded) unit.text = text;
  return unit;
}

std::vector<Unit> unit_readings(std::string_view text, const Unit& wanted) {
  Unit unit = parse_unit(text);
  if (wanted.kind != UnitKind::kKnown || unit.kind == UnitKind::kNone) return {std::move(unit)};
  if (is_comparable(unit, wanted) && !unit.folded) return {std::move(unit)};
  if (auto meant = unit_in_context(text, wanted)) return {std::move(*meant)};
  using Letters = UnitStyle::Letters;
  const bool has_slash = text.find('/') != std::string_view::npos;
  for (const UnitStyle& style : {UnitStyle{true, Letters::kAsTyped}, UnitStyle{false, Letters::kToCyrillic},
                                 UnitStyle{false, Letters::kToLatin}, UnitStyle{true, Letters::kToCyrillic}}) {
    if (style.slash_reaches_end && !has_slash) continue;
    Unit other = parse_unit(text, style);
    if (is_comparable(other, wanted) && !other.folded) return {std::move(other)};
  }
  for (const bool slash_reaches_end : {false, true}) {
    if (slash_reaches_end && !has_slash) continue;
    std::vector<Unit> all = all_meanings(text, slash_reaches_end, &wanted);
    if (!all.empty()) return all;
  }
  return {std::move(unit)};
}

Unit parse_unit_like(std::string_view text, const Unit& wanted) { return std::move(unit_readings(text, wanted).front()); }

std::vector<Unit> unit_meanings(std::string_view text) {
  Unit unit = parse_unit(text);
  if (unit.kind != UnitKind::kUnknown) return {std::move(unit)};
  std::vector<Unit> all = all_meanings(text, false, nullptr);
  return all.empty() ? std::vector<Unit>{std::move(unit)} : all;
}

bool is_comparable(const Unit& a, const Unit& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == UnitKind::kKnown) return a.dimension == b.dimension;
  return a.kind == UnitKind::kNone || word_in_common(a.text) == word_in_common(b.text);
}

Rational convert(const Rational& value, const Unit& from, const Unit& to) {
  assert(is_comparable(from, to));
  if (from.factor == to.factor && from.offset == to.offset) return value;
  const Rational base = from.offset.is_zero() ? value * from.factor : value * from.factor + from.offset;
  return (to.offset.is_zero() ? base : base - to.offset) / to.factor;
}

bool looks_like_unit(std::string_view text) {
  if (text.empty() || text.size() > kMaxUnitBytes) return false;
  char before = '\0';
  bool symbols = false;
  for (std::size_t i = text.starts_with("1/") ? 1 : 0; i < text.size();) {
    const std::size_t length = symbol_length(text.substr(i));
    if (length > 0) {
      symbols = true;
      before = 'a';
      i += length;
      continue;
    }
    const char c = text[i++];
    if (is_digit(c)) {
      if (!symbols || (before != 'a' && before != '^' && before != '-')) return false;
      if (i < text.size() && (is_digit(text[i]) || symbol_length(text.substr(i)) > 0)) return false;
    } else if (std::string_view("*/.-^() +").find(c) == std::string_view::npos || (!symbols && c != '/' && c != '(')) {
      return false;
    }
    before = before == '^' && c == '(' ? '^' : c;
  }
  return symbols;
}

}  // namespace otmetka::checkers::numeric
