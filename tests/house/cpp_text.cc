#include "tests/house/cpp_text.h"

#include <algorithm>
#include <cctype>

namespace otmetka::house {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks the text once; each step marks what it consumed.
class Classifier {
 public:
  explicit Classifier(std::string_view text) : text_(text), parts_(text.size(), Part::kCode) {}

  std::vector<Part> run() {
    while (at_ < text_.size()) step();
    return std::move(parts_);
  }

 private:
  bool looking_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void step() {
    if (looking_at("//")) return mark_until(text_.find('\n', at_), Part::kComment);
    if (looking_at("/*")) return mark_until(after(text_.find("*/", at_ + 2), 2), Part::kComment);
    if (text_[at_] == '"') return at_ > 0 && text_[at_ - 1] == 'R' ? raw_string() : quoted('"');
    const bool in_a_number = at_ > 0 && is_word(text_[at_ - 1]) && at_ + 1 < text_.size() && is_word(text_[at_ + 1]);
    if (text_[at_] == '\'' && !in_a_number) return quoted('\'');
    ++at_;
  }

  static std::size_t after(std::size_t found, std::size_t more) { return found == std::string_view::npos ? found : found + more; }

  void mark_until(std::size_t end, Part part) {
    end = std::min(end, text_.size());
    std::fill(parts_.begin() + static_cast<std::ptrdiff_t>(at_), parts_.begin() + static_cast<std::ptrdiff_t>(end), part);
    at_ = end;
  }

  void quoted(char quote) {
    std::size_t end = ++at_;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    mark_until(end, Part::kLiteral);
    at_ = std::min(at_ + 1, text_.size());
  }

  void raw_string() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return mark_until(text_.size(), Part::kLiteral);
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t end = text_.find(close, open);
    ++at_;
    mark_until(end == std::string_view::npos ? text_.size() : end + close.size() - 1, Part::kLiteral);
    at_ = std::min(at_ + 1, text_.size());
  }

  std::string_view text_;
  std::vector<Part> parts_;
  std::size_t at_ = 0;
};

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  return line;
}

}  // namespace

std::vector<Part> classify(std::string_view cpp) { return Classifier(cpp).run(); }

std::string code_only(std::string_view cpp) {
  const std::vector<Part> parts = classify(cpp);
  std::string out(cpp);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (parts[i] != Part::kCode && out[i] != '\n') out[i] = ' ';
  }
  return out;
}

std::vector<Literal> string_literals(std::string_view cpp) {
  const std::vector<Part> parts = classify(cpp);
  std::vector<Literal> out;
  for (std::size_t i = 1; i < cpp.size(); ++i) {
    if (parts[i] != Part::kLiteral || parts[i - 1] == Part::kLiteral || cpp[i - 1] != '"') continue;
    std::size_t end = i;
    while (end < cpp.size() && parts[end] == Part::kLiteral) ++end;
    out.push_back({std::string(cpp.substr(i, end - i)), line_of(cpp, i), i});
    i = end;
  }
  return out;
}

std::vector<Include> includes(std::string_view cpp) {
  std::vector<Include> out;
  int line = 0;
  for (std::size_t at = 0; at < cpp.size();) {
    const std::size_t end = std::min(cpp.find('\n', at), cpp.size());
    std::string_view text = trimmed(cpp.substr(at, end - at));
    at = end + 1;
    ++line;
    if (!text.starts_with('#')) continue;
    text = trimmed(text.substr(1));
    if (!text.starts_with("include")) continue;
    text = trimmed(text.substr(7));
    const bool system = text.starts_with('<');
    const std::size_t close = text.find(system ? '>' : '"', 1);
    if (!text.empty() && close != std::string_view::npos) out.push_back({std::string(text.substr(1, close - 1)), system, line});
  }
  return out;
}

int line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n'));
}

}  // namespace otmetka::house
