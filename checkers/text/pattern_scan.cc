#include "checkers/text/pattern_scan.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "model/text.h"

namespace otmetka::checkers::text {
namespace {

using Kind = Token::Kind;

bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// U+0400–04FF: every Cyrillic letter that anyone types.
bool is_cyrillic_lead(char c) { return c >= '\xD0' && c <= '\xD3'; }

std::size_t character_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

// From just past a `\`: how long the rest of the escape is.
std::size_t escape_length(std::string_view rest) {
  if (rest.empty()) return 0;
  const char c = rest[0];
  if (c == 'x' || c == 'p' || c == 'P') {
    if (rest.size() > 1 && rest[1] == '{') {
      const std::size_t end = rest.find('}');
      return end == std::string_view::npos ? rest.size() : end + 1;
    }
    return std::min<std::size_t>(rest.size(), c == 'x' ? 3 : 2);
  }
  return character_length(rest, 0);
}

class Scanner {
 public:
  explicit Scanner(std::string_view pattern) : pattern_(pattern) {}

  std::vector<Token> run() {
    while (at_ < pattern_.size()) step();
    return std::move(tokens_);
  }

 private:
  std::string_view rest() const { return pattern_.substr(at_); }

  void add(Kind kind, std::size_t length) {
    Token token{.kind = kind, .offset = at_, .length = std::min(length, pattern_.size() - at_)};
    if (kind == Kind::kLiteral) {
      token.latin = is_latin(pattern_[at_]);
      token.cyrillic = is_cyrillic_lead(pattern_[at_]);
    }
    tokens_.push_back(token);
    at_ += token.length;
  }

  void step() {
    switch (pattern_[at_]) {
      case '\\':
        return escape();
      case '[':
        return character_class();
      case '(':
        return group();
      case ')':
        return add(Kind::kClose, 1);
      case '.':
        return add(Kind::kDot, 1);
      case '*':
      case '+':
      case '?':
        return quantifier(1);
      case '{':
        if (const std::size_t length = repetition_length(); length > 0) return quantifier(length);
        return add(Kind::kLiteral, 1);
      case '|':
      case '^':
      case '$':
        return add(Kind::kOther, 1);
      default:
        return add(is_digit(pattern_[at_]) ? Kind::kDigit : Kind::kLiteral, character_length(pattern_, at_));
    }
  }

  void quantifier(std::size_t length) {
    const bool lazy = at_ + length < pattern_.size() && pattern_[at_ + length] == '?';
    add(Kind::kQuantifier, length + (lazy ? 1 : 0));
  }

  // `{2}`, `{2,}` or `{2,5}`; anything else is a literal brace, for RE2 too.
  std::size_t repetition_length() const {
    std::size_t i = at_ + 1;
    const std::size_t first = i;
    while (i < pattern_.size() && is_digit(pattern_[i])) ++i;
    if (i == first) return 0;
    if (i < pattern_.size() && pattern_[i] == ',') ++i;
    while (i < pattern_.size() && is_digit(pattern_[i])) ++i;
    return i < pattern_.size() && pattern_[i] == '}' ? i + 1 - at_ : 0;
  }

  void escape() {
    const std::string_view after = pattern_.substr(at_ + 1);
    if (after.starts_with('Q')) return quoted();
    const bool is_number = after.starts_with('d');
    add(is_number ? Kind::kDigit : Kind::kOther, 1 + escape_length(after));
  }

  void quoted() {
    add(Kind::kOther, 2);
    while (at_ < pattern_.size() && !rest().starts_with("\\E")) {
      add(is_digit(pattern_[at_]) ? Kind::kDigit : Kind::kLiteral, character_length(pattern_, at_));
    }
    if (at_ < pattern_.size()) add(Kind::kOther, 2);
  }

  void group() {
    if (!rest().starts_with("(?")) return add(Kind::kOpen, 1);
    if (rest().starts_with("(?P<") || rest().starts_with("(?<")) {
      const std::size_t end = rest().find('>');
      return add(Kind::kOpen, end == std::string_view::npos ? rest().size() : end + 1);
    }
    std::size_t length = 2;
    while (length < rest().size() && (is_latin(rest()[length]) || rest()[length] == '-')) ++length;
    const char end = length < rest().size() ? rest()[length] : ' ';
    add(end == ')' ? Kind::kOther : Kind::kOpen, end == ')' || end == ':' ? length + 1 : length);
  }

  void character_class() {
    Token token{.kind = Kind::kClass, .offset = at_, .closed = false};
    bool digits_only = true;
    std::size_t i = at_ + 1;
    if (i < pattern_.size() && pattern_[i] == '^') {
      digits_only = false;
      ++i;
    }
    for (const std::size_t first = i; i < pattern_.size();) {
      const char c = pattern_[i];
      if (c == ']' && i != first) {
        token.closed = true;
        ++i;
        break;
      }
      if (c == '\\') {
        digits_only = digits_only && i + 1 < pattern_.size() && pattern_[i + 1] == 'd';
        i += 1 + escape_length(pattern_.substr(i + 1));
      } else if (pattern_.substr(i).starts_with("[:") && pattern_.find(":]", i) != std::string_view::npos) {
        digits_only = false;
        i = pattern_.find(":]", i) + 2;
      } else {
        digits_only = digits_only && (is_digit(c) || (c == '-' && i != first));
        token.latin = token.latin || is_latin(c);
        token.cyrillic = token.cyrillic || is_cyrillic_lead(c);
        i += character_length(pattern_, i);
      }
    }
    if (digits_only) token.kind = Kind::kDigit;
    token.length = i - at_;
    tokens_.push_back(token);
    at_ = i;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

// The nearest token that takes up text, going by `step` from `i`: over parentheses, and backwards over quantifiers.
bool is_beside_digit(const std::vector<Token>& tokens, std::size_t i, std::ptrdiff_t step) {
  for (auto k = static_cast<std::ptrdiff_t>(i) + step; k >= 0 && k < static_cast<std::ptrdiff_t>(tokens.size()); k += step) {
    const Kind kind = tokens[static_cast<std::size_t>(k)].kind;
    if (kind == Kind::kOpen || kind == Kind::kClose || (kind == Kind::kQuantifier && step < 0)) continue;
    return kind == Kind::kDigit;
  }
  return false;
}

// `\w`, `\W`, `\b`, `\B`, by themselves or in a class.
bool knows_latin_only(std::string_view token) {
  for (std::size_t at = token.find('\\'); at != std::string_view::npos && at + 1 < token.size(); at = token.find('\\', at + 2)) {
    if (std::string_view("wWbB").find(token[at + 1]) != std::string_view::npos) return true;
  }
  return false;
}

// The token that every covered text ends with, where that is one character: past closing parentheses, and a `+`.
std::size_t last_character(std::string_view pattern, const std::vector<Token>& tokens) {
  std::size_t i = tokens.size();
  while (i > 0 && tokens[i - 1].kind == Kind::kClose) --i;
  if (i > 0 && tokens[i - 1].kind == Kind::kQuantifier && pattern[tokens[i - 1].offset] == '+') --i;
  return i == 0 || tokens[i - 1].kind == Kind::kQuantifier ? tokens.size() : i - 1;
}

}  // namespace

std::vector<Token> scan(std::string_view pattern) { return Scanner(pattern).run(); }

std::vector<PatternProblem> suspicious(std::string_view pattern) {
  std::vector<PatternProblem> problems;
  const std::vector<Token> tokens = scan(pattern);
  const bool cyrillic = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.cyrillic; });
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const std::string_view text = pattern.substr(token.offset, token.length);
    const bool escapes = token.kind == Kind::kClass || token.kind == Kind::kOther;
    if (cyrillic && escapes && knows_latin_only(text)) problems.push_back({{"OT273", {std::string(text)}}, token.offset, token.length});
    if (token.kind == Kind::kDot && is_beside_digit(tokens, i, -1) && is_beside_digit(tokens, i, 1)) {
      problems.push_back({{"OT271", {}}, token.offset, token.length});
    }
    if (token.kind == Kind::kClass && token.latin && token.cyrillic) {
      problems.push_back({{"OT272", {std::string(pattern.substr(token.offset, token.length))}}, token.offset, token.length});
    }
  }
  return problems;
}

std::vector<PatternProblem> forgotten_yo(std::string_view pattern, bool ignore_case) {
  std::vector<PatternProblem> problems;
  for (const Token& token : scan(pattern)) {
    const std::string_view text = pattern.substr(token.offset, token.length);
    const auto has = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
    const bool small = has("ё") || (ignore_case && has("Ё"));
    const bool capital = has("Ё") || (ignore_case && has("ё"));
    if (token.kind != Kind::kClass || !((has("а-я") && !small) || (has("А-Я") && !capital))) continue;
    problems.push_back({{"OT274", {std::string(text)}}, token.offset, token.length});
  }
  return problems;
}

std::vector<PatternProblem> never_met(std::string_view pattern, const Lost& lost) {
  std::vector<PatternProblem> problems;
  const std::vector<Token> tokens = scan(pattern);
  const auto text = [&](const Token& token) { return pattern.substr(token.offset, token.length); };
  const auto report = [&](const Token& token) {
    problems.push_back({{"OT275", {std::string(text(token))}}, token.offset, token.length});
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool repeats = i + 1 < tokens.size() && tokens[i + 1].kind == Kind::kQuantifier;
    const bool two_spaces = text(tokens[i]) == " " && i + 1 < tokens.size() && text(tokens[i + 1]) == " ";
    if (lost.spaces && two_spaces) report(tokens[i]);
    if (lost.eszett && text(tokens[i]) == "ß" && !repeats) report(tokens[i]);
  }
  if (const std::size_t last = last_character(pattern, tokens); lost.punctuation && last < tokens.size()) {
    std::string_view mark = text(tokens[last]);
    if (mark.size() == 2 && mark[0] == '\\') mark.remove_prefix(1);
    const bool literal = tokens[last].kind != Kind::kDot && mark.size() == 1;
    if (literal && std::string_view(".!?;,").find(mark) != std::string_view::npos) report(tokens[last]);
  }
  return problems;
}

std::size_t unclosed_parenthesis(std::string_view pattern) {
  std::vector<std::size_t> open;
  for (const Token& token : scan(pattern)) {
    if (token.kind == Kind::kOpen) open.push_back(token.offset);
    if (token.kind != Kind::kClose) continue;
    if (open.empty()) return token.offset;
    open.pop_back();
  }
  return open.empty() ? std::string_view::npos : open.back();
}

}  // namespace otmetka::checkers::text
