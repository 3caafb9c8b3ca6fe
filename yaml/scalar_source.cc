#include "yaml/scalar_source.h"

#include <algorithm>

namespace otmetka::yaml {
namespace {

using Style = Node::Style;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_block(Style style) { return style == Style::kLiteral || style == Style::kFolded; }

struct Escape {
  std::size_t source = 0;  // bytes in the file
  std::size_t value = 0;   // bytes in the value
};

std::size_t utf8_length(unsigned long code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

unsigned hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a' + 10);
}

// The escape at text[at] == '\\' of a double-quoted scalar that yaml-cpp has accepted.
Escape escape_at(std::string_view text, std::size_t at) {
  const char kind = at + 1 < text.size() ? text[at + 1] : '\\';
  const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits > 0) {
    unsigned long code_point = 0;
    for (std::size_t i = at + 2; i < std::min(at + 2 + digits, text.size()); ++i) code_point = code_point * 16 + hex_value(text[i]);
    return {2 + digits, utf8_length(code_point)};
  }
  if (kind == '\n') return {2, 0};
  if (kind == '\r') return {3, 0};  // CRLF
  if (kind == 'N' || kind == '_') return {2, 2};
  if (kind == 'L' || kind == 'P') return {2, 3};
  return {2, 1};
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// Columns that every line of a block scalar gives up: the first line that is not blank, less the spaces its value keeps.
std::size_t block_indentation(std::string_view text, std::size_t body, std::string_view value) {
  std::size_t line = body;
  while (line < text.size()) {
    const std::size_t first = std::min(text.find_first_not_of(' ', line), text.size());
    if (first < text.size() && text[first] != '\n' && text[first] != '\r') {
      const std::size_t kept_line = value.find_first_not_of('\n');
      const std::size_t kept = kept_line == std::string_view::npos ? 0 : value.find_first_not_of(' ', kept_line) - kept_line;
      return first - line - std::min(kept, first - line);
    }
    line = std::min(text.find('\n', line), text.size() - 1) + 1;
  }
  return 0;
}

// Walks file and value side by side. Both are advanced over what corresponds; line ends and blanks that folding dropped
// are passed over in the file.
class Alignment {
 public:
  Alignment(std::string_view text, std::size_t start, Style style, std::string_view value)
      : text_(text), value_(value), style_(style), at_(start) {
    if (style == Style::kSingleQuoted || style == Style::kDoubleQuoted) ++at_;
    if (!is_block(style)) return;
    at_ = std::min(text.find('\n', start), text.size() - 1) + 1;
    indentation_ = block_indentation(text, at_, value);
    skip_indentation();
  }

  std::size_t advance_to(std::size_t target) {
    while (done_ < target && at_ < text_.size()) step();
    return at_;
  }

  // Past what the file holds and the value does not, up to what makes the value's next byte.
  std::size_t settle() {
    while (done_ < value_.size() && at_ < text_.size()) {
      const Alignment before = *this;
      step();
      if (done_ == before.done_) continue;
      at_ = before.at_;
      done_ = before.done_;
      break;
    }
    return at_;
  }

 private:
  void step() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    const char wanted = value_[done_];
    const char found = text_[at_];
    if (found == '\n') return step_line(wanted);
    if (style_ == Style::kDoubleQuoted && found == '\\') return step_escape();
    if (style_ == Style::kSingleQuoted && found == '\'' && wanted == '\'') {
      at_ += 2;
      ++done_;
      return;
    }
    if (found != wanted && is_blank(found)) {  // dropped before a folded line end
      ++at_;
    } else if (found != wanted && (wanted == ' ' || wanted == '\n')) {
      ++done_;
    } else {
      ++at_;
      ++done_;
    }
  }

  void step_line(char wanted) {
    if (wanted == ' ' || wanted == '\n') ++done_;
    ++at_;
    skip_indentation();
  }

  void step_escape() {
    const Escape escape = escape_at(text_, at_);
    at_ = std::min(at_ + escape.source, text_.size());
    done_ += escape.value;
    if (escape.value == 0) at_ = skip_blanks(text_, at_);
  }

  void skip_indentation() {
    if (!is_block(style_)) {
      at_ = skip_blanks(text_, at_);
      return;
    }
    for (std::size_t i = 0; i < indentation_ && at_ < text_.size() && text_[at_] == ' '; ++i) ++at_;
  }

  std::string_view text_;
  std::string_view value_;
  Style style_;
  std::size_t at_;
  std::size_t done_ = 0;
  std::size_t indentation_ = 0;
};

Extent quoted_extent(std::string_view text, std::size_t start) {
  const char quote = text[start];
  for (std::size_t at = start + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != '\'') return {at + 1, true};
      ++at;
    }
  }
  return {text.size(), false};
}

}  // namespace

Style style_at(std::string_view text, std::size_t start) {
  if (start >= text.size()) return Style::kPlain;
  switch (text[start]) {
    case '\'': return Style::kSingleQuoted;
    case '"': return Style::kDoubleQuoted;
    case '|': return Style::kLiteral;
    case '>': return Style::kFolded;
    default: return Style::kPlain;
  }
}

Extent scalar_extent(std::string_view text, std::size_t start, Style style, std::string_view value) {
  if (start >= text.size()) return {text.size(), true};
  if (style == Style::kSingleQuoted || style == Style::kDoubleQuoted) return quoted_extent(text, start);
  if (style == Style::kPlain && text.substr(start, value.size()) == value) return {start + value.size(), true};
  if (is_block(style) && value.find_first_not_of('\n') == std::string_view::npos) {
    return {std::min(text.find('\n', start), text.size()), true};
  }
  return {Alignment(text, start, style, value).advance_to(value.size()), true};
}

Span source_span(std::string_view text, std::size_t start, Style style, std::string_view value, std::size_t at,
                 std::size_t length) {
  if (start >= text.size()) return {text.size(), text.size()};
  Alignment alignment(text, start, style, value);
  alignment.advance_to(at);
  Span span;
  span.from = alignment.settle();
  span.to = std::max(span.from, alignment.advance_to(at + length));
  return span;
}

}  // namespace otmetka::yaml
