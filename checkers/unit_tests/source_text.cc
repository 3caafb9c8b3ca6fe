#include "checkers/unit_tests/source_text.h"

#include <algorithm>

namespace otmetka::checkers::unit_tests {
namespace {

// Copies code and blanks what is none.
class CLike {
 public:
  explicit CLike(std::string_view source) : in_(source) {}

  std::string read() {
    while (at_ < in_.size()) {
      if (starts("//")) {
        blank_until("\n", false);
      } else if (starts("/*")) {
        blank_until("*/", true);
      } else if (starts("\"\"\"")) {
        out_ += "   ";
        at_ += 3;
        blank_until("\"\"\"", true);
      } else if (starts("R\"") && (at_ == 0 || !is_word(in_[at_ - 1]))) {
        raw_string();
      } else if (in_[at_] == '"' || (in_[at_] == '\'' && !parts_digits())) {
        quoted(in_[at_]);
      } else {
        out_ += in_[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  bool starts(std::string_view text) const { return in_.substr(at_).starts_with(text); }

  // 1'000 is a number.
  bool parts_digits() const { return at_ > 0 && is_word(in_[at_ - 1]) && at_ + 1 < in_.size() && is_word(in_[at_ + 1]); }

  void blank_one() {
    out_ += in_[at_] == '\n' ? '\n' : ' ';
    ++at_;
  }

  void blank_until(std::string_view end, bool with_end) {
    const auto found = in_.find(end, at_);
    const std::size_t stop = found == std::string_view::npos ? in_.size() : found + (with_end ? end.size() : 0);
    while (at_ < stop) blank_one();
  }

  void raw_string() {
    const auto open = in_.find('(', at_);
    if (open == std::string_view::npos || open - at_ > 20) return blank_one();
    const std::string end = ")" + std::string(in_.substr(at_ + 2, open - at_ - 2)) + "\"";
    while (at_ <= open) blank_one();
    blank_until(end, true);
  }

  void quoted(char quote) {
    out_ += in_[at_++];
    while (at_ < in_.size() && in_[at_] != quote && in_[at_] != '\n') {
      if (in_[at_] == '\\' && at_ + 1 < in_.size()) blank_one();
      blank_one();
    }
    if (at_ < in_.size()) out_ += in_[at_++];
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::string out_;
};

class Python {
 public:
  explicit Python(std::string_view source) : in_(source) {}

  std::vector<PythonLine> read() {
    while (at_ < in_.size()) line();
    return std::move(out_);
  }

 private:
  void line() {
    PythonLine line;
    for (; at_ < in_.size() && (in_[at_] == ' ' || in_[at_] == '\t' || in_[at_] == '\f'); ++at_) {
      line.indent = in_[at_] == '\t' ? line.indent / 8 * 8 + 8 : line.indent + 1;
    }
    int depth = 0;
    while (at_ < in_.size()) {
      const char c = in_[at_];
      if (c == '\n' && depth <= 0) break;
      if (c == '#') {
        skip_comment();
      } else if (c == '"' || c == '\'') {
        string(c);
        line.text += "\"\"";
      } else if (c == '\\' && at_ + 1 < in_.size() && (in_[at_ + 1] == '\n' || in_[at_ + 1] == '\r')) {
        at_ = std::min(in_.find('\n', at_), in_.size() - 1) + 1;
        line.text += ' ';
      } else {
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        line.text += c == '\n' || c == '\r' ? ' ' : c;
        ++at_;
      }
    }
    ++at_;
    const bool blank = line.text.find_first_not_of(" \t\f") == std::string::npos;
    if (!blank) out_.push_back(std::move(line));
  }

  void skip_comment() {
    while (at_ < in_.size() && in_[at_] != '\n') ++at_;
  }

  // A backslash keeps the quote after it from ending the string in raw strings too.
  void string(char quote) {
    const std::string three(3, quote);
    const bool is_long = in_.substr(at_).starts_with(three);
    at_ += is_long ? 3 : 1;
    while (at_ < in_.size()) {
      if (in_[at_] == '\\') {
        at_ = std::min(at_ + 2, in_.size());
      } else if (is_long ? in_.substr(at_).starts_with(three) : in_[at_] == quote) {
        at_ += is_long ? 3 : 1;
        return;
      } else if (!is_long && in_[at_] == '\n') {
        return;
      } else {
        ++at_;
      }
    }
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::vector<PythonLine> out_;
};

}  // namespace

std::string c_like_code(std::string_view source) { return CLike(source).read(); }

std::vector<PythonLine> python_lines(std::string_view source) { return Python(source).read(); }

bool is_word(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || u >= 0x80;
}

std::vector<std::string_view> tokens(std::string_view code) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < code.size();) {
    std::size_t end = at;
    while (end < code.size() && is_word(code[end])) ++end;
    if (end == at && static_cast<unsigned char>(code[at]) > ' ') end = at + 1;
    if (end > at) out.push_back(code.substr(at, end - at));
    at = end > at ? end : at + 1;
  }
  return out;
}

}  // namespace otmetka::checkers::unit_tests
